import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emoji, numberOf } from "../../src/core/card.ts";
import { credits } from "../../src/core/credits.ts";
import type { UserRef } from "../../src/core/ids.ts";
import { audit } from "../support/audit.ts";
import { person } from "../support/fresh.ts";
import { T0 } from "../support/make-records.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, MIA, NOOR, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
beforeAll(async () => {
  bench = await openEmbedded();
});
afterAll(() => bench.close());

type Grid = Awaited<ReturnType<Desk["grid"]>>;

interface Change {
  readonly who: UserRef;
  readonly emoji: Emoji;
  readonly on: boolean;
  /** How often Draftroom hears of it: not at all, once, or again and again. */
  readonly heard: number;
  /** Whether the messages are looked over after it. */
  readonly reconcile: boolean;
}

const changes = (people: readonly UserRef[], emojis: readonly Emoji[]): fc.Arbitrary<readonly Change[]> =>
  fc.array(
    fc.record({
      who: fc.constantFrom(...people),
      emoji: fc.constantFrom(...emojis),
      on: fc.boolean(),
      heard: fc.nat({ max: 2 }),
      reconcile: fc.oneof(
        { weight: 5, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    }),
    { minLength: 3, maxLength: 20, size: "max" },
  );

describe("any order of reactions", () => {
  it("of members: the votes are what is on", { timeout: 60_000 }, async () => {
    const members = [MIA, NOOR, person("zoe")];
    await fc.assert(
      fc.asyncProperty(
        changes(members, ["n1", "n2", "n3", "n4"]),
        fc.boolean(),
        async (history, shuffled) => {
          const desk = openDesk(bench);
          const grid = await desk.grid(desk.channel(), ADA);
          for (const each of history) await happen(desk, grid, each);
          // Late events, in the wrong order, repeated: the sweep puts them right.
          if (shuffled) for (const each of history.toReversed()) await hear(desk, grid, each);
          await desk.reconcile();
          const votes = await desk.database.records.rounds.votes(grid.round.id);
          for (const who of members) {
            const numbers = desk.platform.levels(grid.message, who).map(numberOf);
            const mine = votes.filter((each) => each.person === who).map((each) => each.number);
            expect(mine).toHaveLength(Math.min(1, numbers.length));
            for (const number of mine) expect(numbers).toContain(number);
          }
          const account = await desk.account(grid.round.concept.channel);
          await audit(bench.pool, account);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("of everybody, on grids and finals: one final at a time, and the money is exact", {
    timeout: 90_000,
  }, async () => {
    const people = [ADA, MIA, NOOR];
    const act: fc.Arbitrary<Act> = fc.record({
      onGrid: changes(people, ["n1", "n2", "n4", "approve", "reroll"]),
      onFinal: changes(people, ["approve", "reject"]),
      comes: fc.oneof(
        { weight: 3, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
    });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 3 }), async (acts) => {
        const desk = openDesk(bench);
        const channel = desk.channel({ directors: [ADA, NOOR], managers: [] });
        const grid = await desk.grid(channel, MIA, { failed: [4] });
        const amount = credits(1000);
        const account = await desk.account(channel);
        await desk.database.records.ledger.grant({ id: account, account, amount, by: ADA, memo: "", at: T0 });
        for (const each of acts) for (const status of await play(desk, grid, each)) seen.add(status);
        await audit(bench.pool, account);
        await checkWishes(desk, grid);
      }),
      { numRuns: 20 },
    );
    // Histories in which nothing was picked or decided would prove little.
    expect([...seen]).toEqual(expect.arrayContaining(["queued", "sent_back", "approved", "failed"]));
  });
});

interface Act {
  readonly onGrid: readonly Change[];
  readonly onFinal: readonly Change[];
  /** Whether the final comes, or comes to nothing. */
  readonly comes: boolean;
}

/** Plays an act, and answers the states of finals that were seen on the way. */
async function play(desk: Desk, grid: Grid, act: Act): Promise<readonly string[]> {
  const { round } = grid;
  const seen: string[] = [];
  const happenAll = async (on: Pick<Grid, "message" | "post">, history: readonly Change[]) => {
    for (const each of history) {
      await happen(desk, on, each);
      seen.push(...(await checkFinals(desk, grid)));
    }
    await desk.reconcile();
    seen.push(...(await checkFinals(desk, grid)));
  };
  await happenAll(grid, act.onGrid);
  const latest = (await desk.finalsOf(round.id)).at(-1);
  if (latest?.status !== "queued") return seen;
  await happenAll(
    act.comes ? await desk.deliverFinal(round.id) : await desk.loseFinal(round.id),
    act.onFinal,
  );
  return seen;
}

/** At most one final of a round is alive, and the round says so. */
async function checkFinals(desk: Desk, { round }: Grid): Promise<readonly string[]> {
  const finals = await desk.finalsOf(round.id);
  const alive = finals.filter((each) => each.status !== "failed" && each.status !== "sent_back");
  expect(alive.length).toBeLessThanOrEqual(1);
  const { state } = await desk.roundOf(round.id);
  expect(state).toMatchObject(alive[0] ? { status: "closed", final: alive[0].id } : { status: "choosing" });
  return finals.map((each) => each.status);
}

/** What is on for everybody to see was done. */
async function checkWishes(desk: Desk, { round, message, post }: Grid): Promise<void> {
  const wishes = [ADA, NOOR].flatMap((who) => desk.platform.levels(message, who));
  const finals = await desk.finalsOf(round.id);
  if (wishes.includes("n1") || wishes.includes("n2")) expect(finals.length).toBeGreaterThan(0);
  // Each time that 🔄 was put on made one round.
  const sql =
    "select coalesce(sum(adds), 0)::int as n from draftroom.reactions where post = $1 and emoji = 'reroll'";
  const [added] = (await bench.pool.query(sql, [post.id])).rows;
  expect((await desk.roundsOf(round.concept.channel)).length - 1).toBe(added.n);
}

/** Something happens on the platform; Draftroom hears of it or not. */
async function happen(desk: Desk, on: Pick<Grid, "message" | "post">, change: Change): Promise<void> {
  desk.platform.react(on.message, change.who, change.emoji, change.on);
  for (let times = 0; times < change.heard; times++) await hear(desk, on, change);
  if (change.reconcile) await desk.reconcile();
}

async function hear(
  desk: Desk,
  { message, post }: Pick<Grid, "message" | "post">,
  { who, emoji, on }: Change,
): Promise<void> {
  await desk.inbox.reaction({ message, place: post.place, person: who, emoji, on });
}
