import type { Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { channelRef, messageRef, threadRef, userRef } from "../../../adapters/web/studio-refs.ts";
import type { MessagePage, MessageView } from "../../../adapters/web/wire.ts";
import { plainCard } from "../../../src/core/card.ts";
import { forgetMessages, openStudioDatabase, type RunningStudio, startStudio } from "./studio-setup.ts";

let pool: Pool;
let run: RunningStudio;
beforeAll(async () => {
  pool = await openStudioDatabase();
});
afterAll(() => pool.end());
beforeEach(async () => {
  await forgetMessages(pool);
  run = await startStudio({ pool });
});
afterEach(() => run.stop());

const EVENT = "0192f0c1-2a3b-4c4d-8e5f-60718293a4b5";
const place = { channel: channelRef("spring-launch"), thread: undefined };
const summaries = (messages: readonly MessageView[]) =>
  messages.map((one) => (one.content.kind === "card" ? one.content.card.summary : one.content.lines));

test("people talk: words without a slash are no event", async () => {
  await run.client.as("mia").say("spring-launch", "Shall we, @Ada?\nor @nobody, me@ada.example");
  const [message] = await run.client.as("noor").messages({ channel: "spring-launch" });
  expect(message).toMatchObject({
    author: "mia",
    content: {
      kind: "text",
      lines: [
        [{ text: "Shall we, " }, { type: "user", user: "studio:ada" }, { text: "?" }],
        [{ text: "or @nobody, me@ada.example" }],
      ],
    },
  });
  expect(run.inbox.heard).toEqual([]);
});

test("a command arrives as typed, with the people it names", async () => {
  await run.client.as("mia").command("spring-launch", "/quota “for” @max, @Ada —now", { eventId: EVENT });
  expect(run.inbox.heard).toEqual([
    {
      event: `studio:${EVENT}`,
      place,
      person: userRef("mia"),
      name: "quota",
      text: "“for” @max, @Ada —now",
      mentions: [
        { typed: "@max", who: userRef("max") },
        { typed: "@Ada", who: userRef("ada") },
      ],
      attachments: [],
      isLive: false,
    },
  ]);
});

test("only the name of a person is a mention, whatever is typed around it", async () => {
  const words = "<@studio:ada> studio:ada @studio:ada @nobody me@ada.example @adams @ada_x @@ada <!channel>";
  await run.client.as("mia").command("spring-launch", `/quota ${words}`);
  expect(run.inbox.heard).toMatchObject([{ text: words, mentions: [] }]);
});

test("a prompt keeps its words, and the command is not posted", async () => {
  await run.client.as("mia").command("spring-launch", "/draft a fox like @ada's");
  expect(run.inbox.heard).toMatchObject([
    { name: "draft", text: "a fox like @ada's", mentions: [{ typed: "@ada", who: userRef("ada") }] },
  ]);
  expect(summaries(await run.client.as("noor").messages({ channel: "spring-launch" }))).toEqual([
    "4 takes of a fox like @ada's. React with a number to pick one.",
  ]);
});

test("a repeated POST is the same event, and answers once", async () => {
  const mia = run.client.as("mia");
  const first = await mia.command("spring-launch", "/quota", { eventId: EVENT });
  const again = await mia.command("spring-launch", "/quota", { eventId: EVENT });
  await mia.say("spring-launch", "hello", { eventId: EVENT });
  await mia.say("spring-launch", "hello", { eventId: EVENT });
  expect(again).toEqual(first);
  expect(run.inbox.heard.map((one) => "event" in one && one.event)).toEqual([
    `studio:${EVENT}`,
    `studio:${EVENT}`,
  ]);
  expect(await mia.messages({ channel: "spring-launch" })).toHaveLength(2);
});

test("an unknown command gets a private hint with the nearest one", async () => {
  const answer = await run.client.as("mia").command("spring-launch", "/darft a fox");
  expect(answer).toMatchObject({ kind: "message", message: { isPrivate: true } });
  expect(summaries(await run.client.as("mia").messages({ channel: "spring-launch" }))).toEqual([
    "There is no /darft. Did you mean /draft?",
  ]);
  await run.client.as("mia").command("spring-launch", "/xyzzy");
  expect(summaries(await run.client.as("mia").messages({ channel: "spring-launch" })).at(-1)).toBe(
    "There is no /xyzzy. Try /draft /quota /policy?",
  );
  expect(run.inbox.heard).toEqual([]);
});

test("a press names the message as the studio knows it, in its thread", async () => {
  const mia = run.client.as("mia");
  await mia.command("spring-launch", "/draft a fox");
  const grid = await mia.until((messages) => messages[0]);
  await run.client.as("ada").press(grid.id, "pick:3", { eventId: EVENT });
  const final = await mia.until((messages) => messages.find((one) => one.thread === grid.id));
  await run.client.as("ada").press(final.id, "final-approve");
  const at = threadRef("spring-launch", grid.id);
  expect(run.inbox.heard.slice(1)).toMatchObject([
    { event: `studio:${EVENT}`, place, message: messageRef("spring-launch", grid.id), action: "pick:3" },
    {
      place: { ...place, thread: at },
      message: messageRef("spring-launch", final.id),
      action: "final-approve",
    },
  ]);
});

test("a form comes back with its answers; refused ones leave no message", async () => {
  const max = run.client.as("max");
  expect(await max.command("spring-launch", "/quota grant")).toMatchObject({
    kind: "form",
    form: { id: "grant" },
  });
  const refused = await max.submit("spring-launch", "grant", { amount: "lots" });
  expect(refused).toMatchObject({ kind: "refused", card: { summary: "Credits must be a whole number." } });
  expect(await max.messages({ channel: "spring-launch" })).toEqual([]);
  expect(await max.submit("spring-launch", "grant", { amount: "100" })).toEqual({ kind: "done" });
  expect(run.inbox.heard.at(-1)).toMatchObject({
    form: "grant",
    answers: { amount: "100" },
    person: userRef("max"),
  });
  expect(summaries(await max.messages({ channel: "spring-launch" }))).toEqual(["100 credits granted."]);
});

test("a reaction is a level: told with its place, on and off", async () => {
  const message = await run.studio.sender.post(place, plainCard("info", "choose"), {
    key: "k",
    inDoubtSince: undefined,
  });
  const id = message.split(":").at(-1) ?? "";
  await run.client.as("noor").react(id, "n2");
  await run.client.as("noor").unreact(id, "n2");
  const change = { message, place, person: userRef("noor"), emoji: "n2" };
  expect(run.inbox.heard).toEqual([
    { ...change, on: true },
    { ...change, on: false },
  ]);
});

test("what the inbox did not record is not there: the person may try again", async () => {
  const mia = run.client.as("mia");
  const message = await run.studio.sender.post(place, plainCard("info", "choose"), {
    key: "k",
    inDoubtSince: undefined,
  });
  const id = message.split(":").at(-1) ?? "";
  run.inbox.before = () => Promise.reject(new Error("the database is away"));
  await expect(mia.command("spring-launch", "/draft a fox", { eventId: EVENT })).rejects.toThrow(
    "503: That could not be confirmed",
  );
  await expect(mia.press(id, "1")).rejects.toThrow("503");
  await expect(mia.submit("spring-launch", "grant", {})).rejects.toThrow("503");
  await expect(mia.react(id, "n1")).rejects.toThrow("503");
  expect(await run.studio.sender.reactions(message)).toEqual([]);
  expect(await mia.messages({ channel: "spring-launch" })).toHaveLength(1);
  run.inbox.before = async () => {};
  await mia.command("spring-launch", "/draft a fox", { eventId: EVENT });
  await mia.react(id, "n1");
  expect(run.inbox.heard).toMatchObject([{ event: `studio:${EVENT}` }, { emoji: "n1", on: true }]);
});

test("unknown people, channels, threads and messages are told apart", async () => {
  const mia = run.client.as("mia");
  await expect(run.client.as("nobody").say("spring-launch", "x")).rejects.toThrow(
    "404: There is no such person.",
  );
  await expect(mia.say("nowhere", "x")).rejects.toThrow("404: There is no such channel.");
  await expect(mia.say("spring-launch", "x", { thread: "NONE" })).rejects.toThrow(
    "404: There is no such thread.",
  );
  await expect(mia.react("NONE", "n1")).rejects.toThrow("404: There is no such message.");
  await expect(mia.messages({ channel: "nowhere" })).rejects.toThrow("404");
  await expect(mia.messages({ thread: "NONE" })).rejects.toThrow("404");
  expect((await run.client.fetch("/api/stream?as=nobody")).status).toBe(404);
  expect(run.inbox.heard).toEqual([]);
});

test("long channels come in pages", async () => {
  const mia = run.client.as("mia");
  for (let n = 1; n <= 60; n += 1) await mia.say("playground", `line ${n}`);
  const read = async (query: string) => {
    const response = await run.client.fetch(`/api/channels/playground/messages?as=mia${query}`);
    return (await response.json()) as MessagePage;
  };
  const newest = await read("");
  expect([newest.more, newest.messages.length]).toEqual([true, 50]);
  const oldest = await read(`&before=${newest.messages[0]?.position}`);
  expect([oldest.more, oldest.messages.length]).toEqual([false, 10]);
});
