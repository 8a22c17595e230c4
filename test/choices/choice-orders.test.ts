import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Choice, toActionId } from "../../src/choices/choice.ts";
import { credits } from "../../src/core/credits.ts";
import type { Final } from "../../src/core/final.ts";
import type { EventId } from "../../src/core/ids.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { T0 } from "../support/make-records.ts";
import { PRICES } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { START_CREDITS } from "../support/open-story.ts";
import { ADA, type Desk, MIA, NOOR, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
beforeAll(async () => {
  bench = await openEmbedded();
});
afterAll(() => bench.close());

const KINDS = ["approve", "send_back", "redo", "retry_final"] as const;

type Act =
  /** A click on the grid, delivered so many times. */
  | { readonly on: "grid"; readonly number: number; readonly who: typeof ADA; readonly times: number }
  /** A click on the latest final, or on one so many before it. */
  | {
      readonly on: "final";
      readonly kind: (typeof KINDS)[number];
      readonly back: number;
      readonly who: typeof ADA;
      readonly times: number;
    }
  /** The final under way comes, or comes to nothing. */
  | { readonly on: "work"; readonly comes: boolean };

const who = fc.constantFrom(ADA, NOOR, MIA);
const times = fc.integer({ min: 1, max: 3 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ on: fc.constant("grid" as const), number: fc.constantFrom(1, 2), who, times }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      on: fc.constant("final" as const),
      kind: fc.constantFrom(...KINDS),
      back: fc.constantFrom(0, 0, 0, 1, 2),
      who,
      times,
    }),
  },
  { weight: 3, arbitrary: fc.record({ on: fc.constant("work" as const), comes: fc.boolean() }) },
);

it("any order of clicks on a grid and its finals: one final at a time, each event once, exact money", {
  timeout: 120_000,
}, async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 5, maxLength: 25, size: "max" }),
      fc.integer({ min: 0, max: 60 }),
      async (acts, extra) => {
        const desk = openDesk(bench);
        const channel = desk.channel({ directors: [ADA, NOOR], managers: [] });
        const { round } = await desk.grid(channel, MIA);
        const account = await desk.account(channel);
        const more = { id: fresh<string>(), account, amount: credits(extra), by: ADA, memo: "", at: T0 };
        await desk.database.records.ledger.grant(more);
        for (const each of [{ on: "grid", number: 2, who: ADA, times: 1 } as const, ...acts]) {
          const before = (await desk.finalsOf(round.id)).length;
          await happen(desk, round.id, each);
          const finals = await finalsOf(desk, round.id);
          expect(finals.length - before).toBeLessThanOrEqual(each.on === "work" ? 0 : 1);
          await check(desk, round.id, finals, START_CREDITS + extra);
          for (const { state } of finals) seen.add(state.status);
          if (each.on === "final" && each.kind === "redo" && finals.length > before) seen.add("redone");
        }
        await audit(bench.pool, account);
      },
    ),
    { numRuns: 25 },
  );
  // Histories in which nothing of it happened would prove little.
  expect([...seen]).toEqual(
    expect.arrayContaining(["delivered", "sent_back", "approved", "failed", "redone"]),
  );
});

async function happen(desk: Desk, round: Final["round"], act: Act): Promise<void> {
  const finals = await finalsOf(desk, round);
  const latest = finals.at(-1);
  if (act.on === "work") {
    if (latest?.state.status !== "queued") return;
    await (act.comes ? desk.deliverFinal(round) : desk.loseFinal(round));
    return;
  }
  const final = act.on === "final" ? finals.at(-1 - act.back) : undefined;
  if (act.on === "final" && final === undefined) return;
  const post = final ? final.post : (await desk.roundOf(round)).post;
  const choice: Choice =
    act.on === "grid"
      ? { kind: "number", round, number: act.number }
      : { kind: act.kind, final: final?.id ?? fresh() };
  const event = fresh<EventId>();
  const message = await desk.show(post);
  const { place } = await desk.findPost(post);
  for (let time = 0; time < act.times; time++) {
    await desk.press({ event, place, person: act.who, message, action: toActionId(choice) });
  }
}

/** At most one is alive, the round says which; made ones differ; and what they cost is what is gone. */
async function check(
  desk: Desk,
  id: Final["round"],
  finals: readonly Final[],
  credits: number,
): Promise<void> {
  const alive = finals.filter(({ state }) => state.status !== "failed" && state.status !== "sent_back");
  expect(alive.length).toBeLessThanOrEqual(1);
  const round = await desk.roundOf(id);
  expect(round.state).toMatchObject(
    alive[0] ? { status: "closed", final: alive[0].id } : { status: "choosing" },
  );
  const made = finals.filter(({ state }) => "asset" in state);
  expect(new Set(made.map((each) => `${each.take} ${each.seed}`)).size).toBe(made.length);
  const price = PRICES.final["2K"];
  const spent = round.takes.length * PRICES.take + made.length * price;
  const reserved = alive.filter(({ state }) => state.status === "queued").length * price;
  expect(await desk.balance(round.concept.channel)).toEqual({
    available: credits - spent - reserved,
    reserved,
    spent,
  });
}

async function finalsOf(desk: Desk, round: Final["round"]): Promise<readonly Final[]> {
  const lines = await desk.finalsOf(round);
  const found = await Promise.all(lines.map((each) => desk.database.records.finals.find(each.id)));
  return found.filter((each) => each !== undefined);
}
