import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Choice, toActionId } from "../../src/choices/choice.ts";
import type { AssetId, ChannelRef, EventId, PostId, TakeId, UserRef } from "../../src/core/ids.ts";
import type { Round } from "../../src/core/round.ts";
import { takeReservation } from "../../src/rounds/take-reservation.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { onlyModel, PRICES, UNASKED } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, inWords, MIA, NOOR, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  // A model that is paid for what it has begun.
  desk = openDesk(bench, undefined, onlyModel(UNASKED, { onAbort: "billed" }));
  channel = desk.channel();
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

/** A click, and what is said to whoever clicked. */
async function press(choice: Choice, post: PostId, who: UserRef, event = fresh<EventId>()): Promise<string> {
  const message = await desk.show(post);
  const { place } = await desk.findPost(post);
  const reply = await desk.press({ event, place, person: who, message, action: toActionId(choice) });
  return reply.kind === "whisper" ? inWords(reply.card) : reply.kind;
}

async function cardOf(post: PostId): Promise<string> {
  const card = desk.platform.shown.get(await desk.show(post));
  return card ? [inWords(card), ...card.actions.map(({ label }) => `[${label}]`)].join("\n") : "";
}

const begin = (take: TakeId) => desk.database.records.rounds.beginTake(take, desk.clock());

describe("a round", () => {
  const cancel = ({ id, post }: Round, who: UserRef, event?: EventId) =>
    press({ kind: "cancel_round", round: id }, post, who, event);

  it("is cancelled by whoever asked for it or an art director, and its credits go back", async () => {
    for (const who of [MIA, ADA]) {
      const round = await desk.start(channel, MIA, 3);
      expect(await cardOf(round.post)).toMatch(/3 takes in 1:1, in line…\n\[Cancel\]$/);
      expect(await cancel(round, NOOR)).toMatch(/^Only @studio:mia or an art director can do that here/);
      expect(await desk.balance(channel)).toEqual({ available: 47, reserved: 3, spent: 0 });
      expect(await cancel(round, who)).toBe("Cancelled 3 takes. 3 credits given back.");
      expect(await desk.balance(channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
      expect((await desk.roundOf(round.id)).state).toEqual({ status: "failed", failure: "cancelled" });
      expect(await cardOf(round.post)).toMatch(
        /\nCancelled\.\nNothing was charged\. Start it again .*\n\[Start again\]$/,
      );
    }
  });

  it("under way comes as far as its provider charges for it anyway", async () => {
    const round = await desk.start(channel, MIA, 4);
    const [first] = round.takes;
    if (first === undefined) throw new Error("a round has takes");
    await begin(first.id);
    expect(await cancel(round, MIA)).toBe(
      "Cancelled 3 takes. 3 credits given back. 1 take is being made already: the provider charges for that anyway, so it comes.",
    );
    expect(await cardOf(round.post)).toMatch(
      /\nDrafting 1 take in 1:1…\nTakes 2, 3, 4 were cancelled\. Credits returned\.\n\[Cancel\]$/,
    );
    expect(await cancel(round, MIA)).toMatch(
      /^Too late to cancel: it is being made already, and the provider/,
    );
    await desk.database.transact(async (records) => {
      await records.rounds.takeMade(first.id, first.id as string as AssetId, desk.clock());
      await records.ledger.spend(takeReservation(first.id), PRICES.take, desk.clock());
    });
    await desk.database.records.rounds.offer(round.id, fresh<AssetId>(), desk.clock());
    expect(await cancel(round, MIA)).toBe("Too late to cancel: this is over already.");
    expect(await cardOf(round.post)).toContain("Takes 2, 3, 4 were cancelled. Credits returned.");
  });

  it("cancelled twice, by one click or two, is cancelled once", async () => {
    const round = await desk.start(channel, MIA, 2);
    const event = fresh<EventId>();
    expect(await cancel(round, MIA, event)).toBe("Cancelled 2 takes. 2 credits given back.");
    expect(await cancel(round, MIA, event)).toBe("done");
    expect(await cancel(round, ADA)).toBe("done");
    expect(await cancel(round, NOOR)).toMatch(/^Only/);
    expect(await desk.balance(channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
  });

  it("starts again with the same seed", async () => {
    const round = await desk.start(channel, MIA, 2);
    await cancel(round, MIA);
    expect(await press({ kind: "retry_round", round: round.id }, round.post, MIA)).toBe("done");
    const [, again] = await desk.roundsOf(channel);
    expect(await desk.roundOf(again ?? round.id)).toMatchObject({
      order: round.order,
      model: round.model,
      state: { status: "queued" },
    });
  });
});

describe("a final", () => {
  async function picked(who: UserRef) {
    const grid = await desk.grid(channel, MIA);
    await press({ kind: "number", round: grid.round.id, number: 2 }, grid.round.post, who);
    const [line] = await desk.finalsOf(grid.round.id);
    const final = line && (await desk.database.records.finals.find(line.id));
    if (final === undefined) throw new Error("nothing was picked");
    const cancel = (by: UserRef) => press({ kind: "cancel_final", final: final.id }, final.post, by);
    return { final, cancel, round: grid.round };
  }

  it("is cancelled by whoever picked it or an art director: its grid is open again", async () => {
    desk.platform.staff.set(channel, { directors: [ADA, NOOR], managers: [] });
    for (const who of [ADA, NOOR]) {
      const before = await desk.balance(channel);
      const { final, cancel, round } = await picked(ADA);
      expect(await cardOf(final.post)).toMatch(/\nFinishing it in 2K…\n\[Cancel\]$/);
      // Who asked for the takes did not ask for the final.
      expect(await cancel(MIA)).toMatch(/^Only @studio:ada or an art director/);
      expect(await cancel(who)).toBe("Cancelled. 4 credits given back, and the grid is open again.");
      const { available, reserved } = await desk.balance(channel);
      expect([available, reserved]).toEqual([before.available - 4, 0]);
      expect((await desk.roundOf(round.id)).state.status).toBe("choosing");
      expect(await cardOf(final.post)).toMatch(/ is not made\.\nCancelled\.\n.*\n\[Start again\]$/);
      expect(await cancel(who)).toBe("done");
    }
  });

  it("that has begun comes, because its provider charges for it anyway", async () => {
    const { final, cancel, round } = await picked(ADA);
    await desk.database.records.finals.begin(final.id, desk.clock());
    expect(await cancel(ADA)).toMatch(
      /^Too late to cancel: it is being made already, and the provider charges/,
    );
    expect((await desk.roundOf(round.id)).state.status).toBe("closed");
    await desk.deliverFinal(round.id);
    expect(await cancel(ADA)).toBe("Too late to cancel: this is over already.");
  });

  it("starts again as it was", async () => {
    const { final, cancel, round } = await picked(ADA);
    await cancel(ADA);
    expect(await press({ kind: "retry_final", final: final.id }, final.post, ADA)).toBe("done");
    const [, again] = await desk.finalsOf(round.id);
    expect(again && (await desk.database.records.finals.find(again.id))).toMatchObject({
      take: final.take,
      seed: final.seed,
      state: { status: "queued" },
    });
  });
});

it("belongs to its own message: others cancel nothing", async () => {
  const round = await desk.start(channel, MIA, 2);
  const other = await desk.start(channel, MIA, 2);
  expect(await press({ kind: "cancel_round", round: other.id }, round.post, MIA)).toMatch(/does not belong/);
  expect(await desk.balance(channel)).toEqual({ available: 46, reserved: 4, spent: 0 });
});
