import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import {
  channelRef,
  messageIdOf,
  messageRef,
  threadRef,
  userRef,
} from "../../../adapters/web/studio-refs.ts";
import { type Card, plainCard } from "../../../src/core/card.ts";
import type { ChannelRef, MessageRef, UserRef } from "../../../src/core/ids.ts";
import { FINAL, GRID, gridCard } from "./scripted-inbox.ts";
import { openStudioDatabase, type RunningStudio, startStudio } from "./studio-setup.ts";

const place = { channel: channelRef("spring-launch"), thread: undefined };
const once = (key: string) => ({ key, inDoubtSince: undefined });

const postgresUrl = inject("postgresUrl");
const databases: readonly [name: string, open: () => Promise<Pool>][] = [
  ["PGlite", () => openStudioDatabase()],
  ...(postgresUrl === undefined
    ? []
    : [["PostgreSQL", () => openStudioDatabase(postgresUrl)] as [string, () => Promise<Pool>]]),
];

describe.each(databases)("the studio's sender on %s", (_name, open) => {
  let run: RunningStudio;
  beforeAll(async () => {
    run = await startStudio({ pool: await open() });
  });
  afterAll(async () => {
    await run.stop();
    await run.pool.end();
  });

  test("posts the same key once, even when two tries run at the same time", async () => {
    const { sender } = run.studio;
    const first = await sender.post(place, plainCard("info", "first"), once("k1"));
    const repeat = await sender.post(place, plainCard("info", "second"), {
      key: "k1",
      inDoubtSince: new Date(0),
    });
    const raced = await Promise.all(
      [1, 2, 3, 4].map((n) => sender.post(place, plainCard("info", `raced ${n}`), once("k2"))),
    );
    expect(repeat).toBe(first);
    expect(new Set(raced).size).toBe(1);
    const messages = await run.client.as("mia").messages({ channel: "spring-launch" });
    expect(messages.filter((one) => first.endsWith(one.id))).toMatchObject([
      { content: { card: { summary: "first" } } },
    ]);
    expect(messages.filter((one) => raced[0]?.endsWith(one.id))).toHaveLength(1);
  });

  test("an edit replaces the card, with the size of its picture", async () => {
    const { sender } = run.studio;
    const message = await sender.post(place, plainCard("busy", "drafting"), once("k3"));
    const card = gridCard({ person: userRef("mia"), text: "a bottle" });
    await sender.edit(message, card);
    const { message: id } = messageIdOf(message);
    const edited = (await run.client.as("mia").messages({ channel: "spring-launch" })).find(
      (one) => one.id === id,
    );
    // JSON leaves out what is undefined.
    expect(edited?.content).toEqual({
      kind: "card",
      card: JSON.parse(JSON.stringify(card)),
      pixels: { width: 1040, height: 1040 },
    });
    const picture = await run.client.picture(GRID);
    expect(picture).toMatchObject({ mime: "image/png" });
    expect(Buffer.from(picture.bytes.subarray(1, 4)).toString()).toBe("PNG");
  });

  test("seeds reactions in order, repeatably, and does not count them as people's", async () => {
    const { sender } = run.studio;
    const message = await sender.post(place, plainCard("info", "choose"), once("k4"));
    await sender.seed(message, ["n2", "n1", "reroll"]);
    await sender.seed(message, ["n2", "n1", "reroll"]);
    expect(await sender.reactions(message)).toEqual([]);
    const { message: id } = messageIdOf(message);
    await run.client.as("noor").react(id, "n1");
    await run.client.as("ada").react(id, "n1");
    await run.client.as("ada").react(id, "approve");
    await run.client.as("noor").unreact(id, "n1");
    expect(await sender.reactions(message)).toEqual([
      { emoji: "n1", people: [userRef("ada")] },
      { emoji: "approve", people: [userRef("ada")] },
    ]);
    const shown = (await run.client.as("mia").messages({ channel: "spring-launch" })).find(
      (one) => one.id === id,
    );
    expect(shown?.reactions.map((one) => one.emoji)).toEqual(["n2", "n1", "reroll", "approve"]);
  });

  test("a thread hangs under its root, which counts the replies everybody sees", async () => {
    const { sender } = run.studio;
    const root = await sender.post(place, plainCard("info", "root"), once("k5"));
    const thread = await sender.thread(root, "Draft");
    const reply = await sender.post({ ...place, thread }, plainCard("ok", "final"), once("k6"));
    expect(await sender.thread(reply, "again")).toBe(thread);
    await sender.whisper({ ...place, thread }, userRef("mia"), plainCard("info", "psst"));
    const { message: rootId } = messageIdOf(root);
    const messages = await run.client.as("noor").messages({ thread: rootId });
    expect(messages.map((one) => one.content)).toMatchObject([
      { card: { summary: "root" } },
      { card: { summary: "final" } },
    ]);
    expect(messages[0]?.replies).toMatchObject({
      count: 1,
      authors: ["draftroom"],
      lastContent: { card: { summary: "final" } },
    });
    expect(await run.client.as("mia").messages({ thread: rootId })).toHaveLength(3);
  });

  test("a whisper is one person's until they dismiss it", async () => {
    const { sender } = run.studio;
    const home = { channel: channelRef("playground"), thread: undefined };
    expect(await sender.whisper(home, userRef("mia"), plainCard("warn", "only you"))).toBe(true);
    const [whisper] = await run.client.as("mia").messages({ channel: "playground" });
    expect(whisper).toMatchObject({ isPrivate: true, content: { card: { summary: "only you" } } });
    expect(await run.client.as("noor").messages({ channel: "playground" })).toEqual([]);
    const id = whisper?.id ?? "";
    await expect(run.client.as("noor").dismiss(id)).rejects.toThrow("404");
    await expect(run.client.as("noor").press(id, "x")).rejects.toThrow("404");
    await run.client.as("mia").dismiss(id);
    expect(await run.client.as("mia").messages({ channel: "playground" })).toEqual([]);
  });

  test("knows who directs and manages", async () => {
    const { sender } = run.studio;
    expect(await sender.staff(channelRef("spring-launch"))).toEqual({
      directors: [userRef("ada")],
      managers: [userRef("max")],
    });
    expect(await sender.staff(channelRef("playground"))).toEqual({
      directors: [],
      managers: [userRef("max")],
    });
  });

  test("what does not exist is gone for good", async () => {
    const { sender } = run.studio;
    const card = plainCard("info", "hello");
    const elsewhere = [
      sender.post({ channel: channelRef("nowhere"), thread: undefined }, card, once("k7")),
      sender.post({ channel: "slack:T1:C1" as ChannelRef, thread: undefined }, card, once("k8")),
      sender.post({ ...place, thread: threadRef("spring-launch", "NONE") }, card, once("k9")),
      sender.edit(messageRef("spring-launch", "NONE"), card),
      sender.edit("studio:local:spring-launch:../../x" as MessageRef, card),
      sender.whisper(place, userRef("nobody"), card),
      sender.whisper(place, "slack:T1:U1" as UserRef, card),
      sender.whisper({ channel: channelRef("nowhere"), thread: undefined }, userRef("mia"), card),
      sender.whisper({ ...place, thread: threadRef("spring-launch", "NONE") }, userRef("mia"), card),
      sender.seed(messageRef("spring-launch", "NONE"), ["n1"]),
      sender.reactions(messageRef("spring-launch", "NONE")),
      sender.staff(channelRef("nowhere")),
    ];
    const ended = await Promise.allSettled(elsewhere);
    expect(ended.map((one) => (one.status === "rejected" ? one.reason.kind : "resolved"))).toEqual(
      elsewhere.map(() => "gone"),
    );
  });

  test("a message is not found under another channel's ref", async () => {
    const { sender } = run.studio;
    const message = messageIdOf(await sender.post(place, plainCard("info", "here"), once("k10"))).message;
    await expect(
      sender.edit(messageRef("playground", message), plainCard("info", "x")),
    ).rejects.toMatchObject({ kind: "gone" });
  });

  test("hostile words are kept as they are", async () => {
    const words = `<script>alert(1)</script> <!channel> *x* \u0000 \u202e '; drop table studio_people; --`;
    await run.studio.sender.post(place, plainCard("info", words), once("k11"));
    const messages = await run.client.as("mia").messages({ channel: "spring-launch" });
    expect(messages.at(-1)?.content).toMatchObject({ card: { summary: words } });
  });

  test("a database that is away is worth another try", async () => {
    const alone = await startStudio({ pool: await openStudioDatabase() });
    await alone.stop();
    await alone.pool.end();
    const { sender } = alone.studio;
    const card: Card = {
      ...plainCard("info", "x"),
      picture: { asset: FINAL, name: "f.png", alt: "", full: undefined },
    };
    await expect(sender.post(place, card, once("k"))).rejects.toMatchObject({ kind: "unavailable" });
    await expect(sender.whisper(place, userRef("mia"), card)).rejects.toMatchObject({ kind: "unavailable" });
  });
});
