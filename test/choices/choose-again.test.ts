import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import type { ChannelRef, EventId } from "../../src/core/ids.ts";
import type { Round } from "../../src/core/round.ts";
import { failTake } from "../../src/rounds/fail-take.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { type Desk, inWords, MIA, NOOR, openDesk } from "../support/story-desk.ts";
import { createStrictLog } from "../support/strict-log.ts";

let bench: TestDatabase;
let desk: Desk;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
  channel = desk.channel();
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

async function latestRound(): Promise<Round> {
  const id = (await desk.roundsOf(channel)).at(-1);
  if (id === undefined) throw new Error("no round");
  return desk.roundOf(id);
}

/** A variation of take 2, with other words. */
async function variation(): Promise<Round> {
  const grid = await desk.grid(channel, MIA);
  await desk.inbox.submit({
    event: fresh<EventId>(),
    place: grid.post.place,
    person: MIA,
    form: `vary.${grid.round.id}`,
    answers: { take: "2", count: "2", prompt: "a red fox at night" },
    attachments: [],
    isLive: false,
  });
  const round = await latestRound();
  expect(round.origin).toEqual({ kind: "vary", of: grid.round.takes[1]?.id, number: 2 });
  return round;
}

async function failRound(round: Round): Promise<void> {
  const { database, clock } = desk;
  for (const take of round.takes)
    await failTake({ database, clock, log: createStrictLog([]) }, take.id, "overloaded");
  await database.records.rounds.fail(round.id, "overloaded", clock());
}

/** Presses the button of a round's message, and answers the round that comes of it. */
async function press(round: Round, kind: "reroll" | "retry_round"): Promise<Round> {
  const message = await desk.show(round.post);
  const { place } = await desk.findPost(round.post);
  const action = toActionId({ kind, round: round.id });
  await desk.inbox.press({ event: fresh<EventId>(), place, person: MIA, message, action });
  const next = await latestRound();
  expect(next.id).not.toBe(round.id);
  return next;
}

const headOf = async (round: Round) =>
  inWords(desk.platform.shown.get(await desk.show(round.post)) ?? { body: [] }).split("\n")[0];

describe("the same again of a variation", () => {
  it("that failed is a variation of the same take, with the same seed", async () => {
    const failed = await variation();
    await failRound(failed);
    const again = await press(failed, "retry_round");
    expect(again).toMatchObject({ origin: failed.origin, order: failed.order, concept: failed.concept });
    expect(await headOf(again)).toBe(`@${MIA} varies take 2: a red fox at night`);
    // And of that again.
    await failRound(again);
    expect(await press(again, "retry_round")).toMatchObject({ origin: failed.origin, order: failed.order });
  });

  it("by reroll is another variation of that take, with another seed", async () => {
    const first = await variation();
    const next = await press(first, "reroll");
    expect(next.origin).toEqual(first.origin);
    expect(next.order).toEqual({ ...first.order, seed: next.order.seed });
    expect(next.order.seed).not.toBe(first.order.seed);
    expect(await headOf(next)).toBe(`@${MIA} varies take 2: a red fox at night`);
  });
});

describe("the same again of a draft that is like an image", () => {
  it("is like it too, for whoever may reroll", async () => {
    const { round } = await desk.grid(channel, MIA);
    await desk.inbox.command({
      event: fresh<EventId>(),
      place: { channel, thread: undefined },
      person: MIA,
      name: "draft",
      text: `--like ${round.takes[1]?.id}`,
      options: undefined,
      mentions: [],
      attachments: [],
      isLive: false,
    });
    const like = await latestRound();
    expect(like.origin).toEqual({ kind: "like", of: round.takes[1]?.id });
    await failRound(like);
    expect(await press(like, "retry_round")).toMatchObject({ origin: like.origin, concept: like.concept });
    // To begin one is for everybody; this is about somebody's own.
    const message = await desk.show(like.post);
    const { place } = await desk.findPost(like.post);
    const action = toActionId({ kind: "reroll", round: like.id });
    const count = (await desk.roundsOf(channel)).length;
    const reply = await desk.inbox.press({ event: fresh<EventId>(), place, person: NOOR, message, action });
    expect(reply.kind === "whisper" && inWords(reply.card)).toMatch(/^Only @studio:mia or an art director/);
    expect(await desk.roundsOf(channel)).toHaveLength(count);
    expect((await press(like, "reroll")).origin).toEqual(like.origin);
  });
});

it("the same again of a draft is a reroll of it", async () => {
  const { round } = await desk.grid(channel, MIA);
  const next = await press(round, "reroll");
  expect(next.origin).toEqual({ kind: "reroll", of: round.id });
  expect(await headOf(next)).toBe(`@${MIA} rerolls a red fox in snow`);
});
