import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import type { Card } from "../../src/core/card.ts";
import type { ChannelRef, EventId, MessageRef, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { type Ground, layEmbeddedGround, layServerGround } from "../crash/grounds.ts";
import { readRecords } from "../crash/records-after.ts";
import { untilSettled } from "../crash/settled.ts";
import { gridOf, wordsOf } from "../support/cards.ts";
import { type CountingModelProgram, startCountingModelProgram } from "../support/counting-model-program.ts";
import { type CountingModelServer, startCountingModel } from "../support/counting-model-server.ts";
import { connectStudio } from "../support/studio-client.ts";

const STORM_MS = 120_000;
const CHANNEL = "spring-launch";

const channelRef = (channel: string) => `studio:local:${channel}` as ChannelRef;
const messageRef = (channel: string, id: string) => `studio:local:${channel}:${id}` as MessageRef;
const person = (name: string) => `studio:${name}` as UserRef;
const freshEvent = () => `studio:${crypto.randomUUID()}` as EventId;
const crowd = (count: number) => Array.from({ length: count }, (_, index) => person(`p${index + 1}`));
const whisperOf = (reply: Reply): Card | undefined => (reply.kind === "whisper" ? reply.card : undefined);

const postgresUrl = inject("postgresUrl") ?? "";
const redisUrl = inject("redisUrl") ?? "";

describe("storms on the embedded database", () => storms(() => layEmbeddedGround(undefined)));
describe.skipIf(postgresUrl === "" || redisUrl === "")("storms on PostgreSQL and Redis", () =>
  storms(() => layServerGround(postgresUrl)),
);

function storms(lay: () => Promise<Ground>): void {
  let ground: Ground;
  let model: CountingModelServer;
  let program: CountingModelProgram;

  beforeEach(async () => {
    ground = await lay();
  });
  afterEach(async () => {
    await program.stop();
    await model.stop();
    await ground.remove();
  });

  async function start(takesMs: number, env: Readonly<Record<string, string>> = {}): Promise<void> {
    model = await startCountingModel(takesMs);
    program = await startCountingModelProgram({ ...ground.env, ...env }, model.url);
  }

  const say = (text: string, who: UserRef, event = freshEvent(), channel = CHANNEL) =>
    program.inbox.command({
      event,
      place: { channel: channelRef(channel), thread: undefined },
      person: who,
      name: "draft",
      text,
      options: undefined,
      mentions: [],
      attachments: [],
      isLive: false,
    });

  /** Drafts four takes and waits for their grid. */
  async function draftGrid(prompt: string): Promise<{ click(who: UserRef, number: number): Promise<Reply> }> {
    await say(prompt, person("mia"));
    const studio = await connectStudio(program.url);
    const grid = await studio.as("mia").until(gridOf(prompt), STORM_MS);
    const card = grid.content.kind === "card" ? grid.content.card : undefined;
    return {
      click: (who, number) =>
        program.inbox.press({
          event: freshEvent(),
          place: { channel: channelRef(CHANNEL), thread: undefined },
          person: who,
          message: messageRef(CHANNEL, grid.id),
          action: card?.actions.find((each) => each.label === `${number}`)?.id ?? "",
        }),
    };
  }

  async function endAndRead() {
    await untilSettled(program.adapters);
    await program.stop();
    const pool = await ground.openPool();
    const records = await readRecords(pool);
    await pool.end();
    return records;
  }

  test(
    "two hundred directors click one take: one pick, and everybody else hears who was first",
    async () => {
      await start(5);
      const directors = crowd(200);
      const grid = await draftGrid("a stormy sea");
      const { channels } = program.adapters.database.records;
      await channels.setRole(channelRef(CHANNEL), "director", directors, person("max"), new Date());
      const replies = await Promise.all(directors.map((who) => grid.click(who, 2)));
      const first = directors[replies.findIndex((reply) => reply.kind === "done")];
      expect(replies.filter((reply) => reply.kind === "done")).toHaveLength(1);
      const others = replies.map(whisperOf).filter((card) => card !== undefined);
      expect(others).toHaveLength(199);
      for (const card of others) expect(wordsOf(card)).toContain(`@${first} picked 2 first.`);
      const records = await endAndRead();
      expect(records).toMatchObject({
        rounds: ["closed"],
        finals: ["delivered"],
        shown: ["channel", "thread"],
        outbox: 0,
      });
      expect(records.reservations.toSorted()).toEqual(Array(5).fill("spent, reserve spend"));
    },
    STORM_MS,
  );

  test(
    "a director clicks among two hundred members: their clicks are votes or come too late",
    async () => {
      await start(5);
      const grid = await draftGrid("a calm sea");
      const people = crowd(200).toSpliced(120, 0, person("ada"));
      const replies = await Promise.all(people.map((who, index) => grid.click(who, 1 + (index % 4))));
      const answered = replies.map((reply) => wordsOf(whisperOf(reply)));
      expect(replies[120]?.kind).toBe("done");
      expect(new Set(answered.filter((words) => words !== ""))).toEqual(
        answered.every((words) => words === "")
          ? new Set()
          : new Set(["@studio:ada picked 1 first. Sent back, the grid opens again.\n"]),
      );
      const records = await endAndRead();
      expect(records).toMatchObject({
        rounds: ["closed"],
        finals: ["delivered"],
        shown: ["channel", "thread"],
        outbox: 0,
      });
    },
    STORM_MS,
  );

  test(
    "a thousand drafts at once on credits for a hundred: a hundred made, nine hundred told",
    async () => {
      await start(1, { DRAFTROOM_START_CREDITS: "100" });
      const cast = ["mia", "noor", "ada", "max"].map(person);
      const startedAt = performance.now();
      const replies = await Promise.all(
        Array.from({ length: 1_000 }, (_, index) =>
          say(`storm ${index} --count 1`, cast[index % cast.length] as UserRef),
        ),
      );
      const answeredMs = performance.now() - startedAt;
      expect(replies.filter((reply) => reply.kind === "started")).toHaveLength(100);
      const told = replies.map(whisperOf).filter((card) => card !== undefined);
      expect(told).toHaveLength(900);
      for (const card of told) {
        expect(card.summary).toBe("This channel has 0 credits left; this costs 1.");
        expect(wordsOf(card)).toContain("Nothing was started.");
      }
      const records = await endAndRead();
      console.log(
        `1,000 drafts answered in ${Math.round(answeredMs)} ms, 100 shown after ${Math.round(performance.now() - startedAt)} ms`,
      );
      expect(records.periods).toEqual(["100 0 0 100"]);
      expect(records.rounds).toEqual(Array(100).fill("choosing"));
      expect(records.posts).toEqual(Array(100).fill("round sent 0"));
      expect(records.shown).toEqual(Array(100).fill("channel"));
      expect(model.calls).toHaveLength(100);
      expect(model.countByKey().size).toBe(100);
    },
    STORM_MS,
  );

  test(
    "one event delivered fifty times at once is one round",
    async () => {
      await start(5);
      const event = freshEvent();
      const replies = await Promise.all(
        Array.from({ length: 50 }, () => say("an echo", person("mia"), event)),
      );
      expect(replies.filter((reply) => reply.kind === "started")).toHaveLength(1);
      expect(replies.filter((reply) => reply.kind === "done")).toHaveLength(49);
      const records = await endAndRead();
      expect(records).toMatchObject({
        rounds: ["choosing"],
        periods: ["400 396 0 4"],
        shown: ["channel"],
        outbox: 0,
      });
      expect(model.calls).toHaveLength(4);
    },
    STORM_MS,
  );

  test(
    "ten rounds of sixteen in one channel hold up four takes in another by eight takes at most",
    async () => {
      await start(100, { DRAFTROOM_TAKES_AT_ONCE: "4" });
      for (let round = 0; round < 10; round++) await say(`backlog ${round} --count 16`, person("mia"));
      await untilWaiting(program, 100);
      await say("urgent", person("noor"), freshEvent(), "product-shots");
      const asked = model.calls.length;
      await untilSettled(program.adapters);
      const last = model.calls.findLastIndex((call) => call.prompt === "urgent");
      const between = model.calls.slice(asked, last).filter((call) => call.prompt !== "urgent");
      console.log(`${between.length} takes of the backlog were begun before the other's last`);
      expect(model.calls).toHaveLength(164);
      expect(between.length).toBeLessThanOrEqual(8);
    },
    STORM_MS,
  );
}

/** Resolves when so many takes are in the queue, so that what comes now really comes behind them. */
async function untilWaiting({ adapters }: CountingModelProgram, count: number): Promise<void> {
  for (;;) {
    const depths = await adapters.queue.depths();
    if ((depths.find((depth) => depth.queue === "takes-sketch")?.waiting ?? 0) >= count) return;
  }
}
