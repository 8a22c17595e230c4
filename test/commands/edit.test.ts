import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import type { ChannelRef, EventId, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, inWords, MIA, NOOR, openDesk } from "../support/story-desk.ts";

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

const wordsOf = (reply: Reply) => ("card" in reply ? inWords(reply.card) : reply.kind);

type Grid = Awaited<ReturnType<Desk["grid"]>>;

const ask = ({ round, message, post }: Grid, who: UserRef) =>
  desk.inbox.press({
    event: fresh<EventId>(),
    place: post.place,
    person: who,
    message,
    action: toActionId({ kind: "edit", round: round.id }),
  });

const submit = (
  form: string,
  answers: Record<string, string>,
  { who = MIA, where = channel, event = fresh<EventId>() } = {},
) =>
  desk.inbox.submit({
    event,
    place: { channel: where, thread: undefined },
    person: who,
    form,
    answers,
    attachments: [],
    isLive: false,
  });

async function formOf(grid: Grid, who: UserRef) {
  const reply = await ask(grid, who);
  if (reply.kind !== "form") throw new Error(wordsOf(reply));
  return reply.form;
}

describe("the prompt of a grid", () => {
  it("is edited by whoever may reroll, with everything filled in as it was", async () => {
    const grid = await desk.grid(channel, MIA, { count: 2 });
    expect(wordsOf(await ask(grid, NOOR))).toMatch(/Only @studio:mia or an art director/);
    for (const who of [MIA, ADA]) {
      const { fields } = await formOf(grid, who);
      expect(Object.fromEntries(fields.map((each) => [each.name, each.value]))).toEqual({
        prompt: "a red fox in snow",
        count: "2",
        aspect: "1:1",
        size: "2K",
      });
    }
  });

  it("starts a round in the same concept, under the first grid, once an event", async () => {
    const grid = await desk.grid(channel, MIA);
    const { id } = await formOf(grid, MIA);
    const answers = { prompt: "a red fox at night", count: "6", aspect: "16:9", size: "4K" };
    const event = fresh<EventId>();
    expect(wordsOf(await submit(id, answers, { event }))).toMatch(/^Drafting 6 takes/);
    expect(wordsOf(await submit(id, answers, { event }))).toBe("done");
    const [, second, ...more] = await desk.roundsOf(channel);
    expect(more).toEqual([]);
    const round = await desk.roundOf(second ?? grid.round.id);
    expect(round).toMatchObject({
      number: 2,
      concept: { id: grid.round.concept.id },
      origin: { kind: "reroll", of: grid.round.id },
      order: { prompt: "a red fox at night", count: 6, aspect: "16:9", finalSize: "4K", references: [] },
    });
    expect((await desk.findPost(round.post)).under).toBe(grid.round.post);
    expect(await desk.balance(channel)).toMatchObject({ reserved: 6 });
  });

  it("is a reroll also where the grid was a variation", async () => {
    const grid = await desk.grid(channel, MIA);
    await submit(`vary.${grid.round.id}`, { take: "2", count: "1" });
    const [, varied] = await desk.roundsOf(channel);
    await submit(`edit.${varied}`, { prompt: "a hare" });
    const [, , edited] = await desk.roundsOf(channel);
    expect((await desk.roundOf(edited ?? grid.round.id)).origin).toEqual({ kind: "reroll", of: varied });
  });

  it("is refused when it is none, or not theirs, and nothing changes", async () => {
    const grid = await desk.grid(channel, MIA);
    const { id } = await formOf(grid, MIA);
    expect(await submit(id, { prompt: " " })).toMatchObject({ kind: "refused" });
    expect(wordsOf(await submit(id, { prompt: "x".repeat(1001) }))).toMatch(/1001 characters/);
    expect(wordsOf(await submit(id, { prompt: "a fox", count: "17" }))).toMatch(/^Count is/);
    expect(wordsOf(await submit(id, { prompt: "a fox" }, { who: NOOR }))).toMatch(/Only @studio:mia/);
    const elsewhere = desk.channel();
    expect(wordsOf(await submit(id, { prompt: "a fox" }, { where: elsewhere }))).toMatch(/not one of this/);
    expect(wordsOf(await submit(`edit.${fresh()}`, { prompt: "a fox" }))).toMatch(/not one of this/);
    expect(await desk.roundsOf(channel)).toHaveLength(1);
  });
});
