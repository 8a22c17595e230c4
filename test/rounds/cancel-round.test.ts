import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import { credits } from "../../src/core/credits.ts";
import type { EventId, FinalId } from "../../src/core/ids.ts";
import type { ModelSpec } from "../../src/core/model.ts";
import type { Round } from "../../src/core/round.ts";
import { createCancelFinal } from "../../src/finals/cancel-final.ts";
import { type CancelRoundResult, createCancelRound } from "../../src/rounds/cancel-round.ts";
import { plain } from "../images/pictures.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { onlyModel, UNASKED } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, sends } from "../support/scripted-model.ts";
import { ADA, type Desk, MIA, openDesk } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";

let bench: TestDatabase;
let shop: Workshop;
let red: Buffer;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
  red = await plain(64, 64, "#f00").png().toBuffer();
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

const BILLED: Partial<ModelSpec> = { onAbort: "billed" };

async function cancel(desk: Desk, round: Round): Promise<CancelRoundResult> {
  const permit = await desk.gate.check({
    verb: "cancel",
    person: MIA,
    channel: round.concept.channel,
    requester: MIA,
  });
  if (permit.status === "denied") throw new Error(permit.reason);
  return createCancelRound({ ...desk, poke: () => {} })(round, permit);
}

const openOver = (changes: Partial<ModelSpec> = {}) =>
  openDesk(bench, shop.blobs, onlyModel(UNASKED, changes));

describe("a round that is cancelled", () => {
  it("before anything was made is over at once, and costs nothing", async () => {
    const desk = openOver(BILLED);
    const channel = desk.channel();
    const round = await desk.start(channel, MIA);
    expect(await desk.balance(channel)).toEqual({ available: 46, reserved: 4, spent: 0 });
    expect(await cancel(desk, round)).toEqual({ status: "cancelled", stopped: 4, underWay: 0 });
    expect(await desk.balance(channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
    expect((await desk.roundOf(round.id)).state).toEqual({ status: "failed", failure: "cancelled" });
    // Its jobs come, and find nothing to do.
    const model = createScriptedModel([]);
    for (const take of round.takes) await shop.makeTake(desk, take.id, model, BILLED);
    expect(await cancel(desk, round)).toEqual({ status: "too_late" });
  });

  it("while a take is being made that is paid for anyway gets that one", async () => {
    const desk = openOver(BILLED);
    const channel = desk.channel();
    const round = await desk.start(channel, MIA);
    const [first] = round.takes;
    if (first === undefined) throw new Error("no take");
    const model = createScriptedModel([
      async (signal) => {
        expect(await cancel(desk, round)).toEqual({ status: "cancelled", stopped: 3, underWay: 1 });
        return sends(red)(signal);
      },
    ]);
    await shop.makeTake(desk, first.id, model, BILLED);
    expect(await desk.balance(channel)).toEqual({ available: 49, reserved: 0, spent: 1 });
    for (const take of round.takes.slice(1)) await shop.makeTake(desk, take.id, model, BILLED);
    await shop.loseAll();
    await shop.composeGrid(desk, round.id);
    expect((await desk.roundOf(round.id)).state.status).toBe("choosing");
    expect(model.calls).toHaveLength(1);
  });

  it("while a take is being made that can be cut off for nothing is cut off", async () => {
    const desk = openOver();
    const channel = desk.channel();
    const round = await desk.start(channel, MIA);
    const [first] = round.takes;
    if (first === undefined) throw new Error("no take");
    const model = createScriptedModel([
      async (signal) => {
        expect(await cancel(desk, round)).toEqual({ status: "cancelled", stopped: 4, underWay: 0 });
        return new Promise((_, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason as Error)),
        );
      },
    ]);
    await shop.makeTake(desk, first.id, model);
    expect(await desk.balance(channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
    expect((await desk.roundOf(round.id)).state).toEqual({ status: "failed", failure: "cancelled" });
  });

  it("whose grid is there is past cancelling", async () => {
    const desk = openOver();
    const { round } = await desk.grid(desk.channel(), MIA);
    expect(await cancel(desk, round)).toEqual({ status: "too_late" });
  });
});

describe("a final that is cancelled", () => {
  async function pick(desk: Desk) {
    const channel = desk.channel();
    const { round, message } = await desk.grid(channel, MIA);
    const action = toActionId({ kind: "number", round: round.id, number: 1 });
    await desk.inbox.press({
      event: fresh<EventId>(),
      place: { channel, thread: undefined },
      person: ADA,
      message,
      action,
    });
    const [line] = await desk.finalsOf(round.id);
    const final = await desk.database.records.finals.find(line?.id ?? ("" as FinalId));
    if (final === undefined) throw new Error("nothing was picked");
    const permit = await desk.gate.check({ verb: "cancel", person: ADA, channel, requester: ADA });
    if (permit.status === "denied") throw new Error(permit.reason);
    const cancelFinal = createCancelFinal({ ...desk, poke: () => {} });
    return { channel, round, final, cancel: () => cancelFinal(final, round, permit) };
  }

  it("before it was begun costs nothing, and opens its grid again", async () => {
    const desk = openOver(BILLED);
    const { channel, round, final, cancel } = await pick(desk);
    expect(await desk.balance(channel)).toMatchObject({ reserved: credits(4) });
    expect(await cancel()).toEqual({ status: "cancelled" });
    expect(await desk.balance(channel)).toEqual({ available: 46, reserved: 0, spent: 4 });
    expect((await desk.roundOf(round.id)).state.status).toBe("choosing");
    await shop.makeFinal(desk, final.id, createScriptedModel([]), BILLED);
    expect(await cancel()).toEqual({ status: "too_late" });
  });

  it("while it is being made comes, where it is paid for anyway", async () => {
    const desk = openOver(BILLED);
    const { final, cancel } = await pick(desk);
    await desk.database.records.finals.begin(final.id, desk.clock());
    expect(await cancel()).toEqual({ status: "under_way" });
  });

  it("while it is being made is given up, where that costs nothing", async () => {
    const desk = openOver();
    const { channel, final, cancel } = await pick(desk);
    await desk.database.records.finals.begin(final.id, desk.clock());
    expect(await cancel()).toEqual({ status: "cancelled" });
    expect(await desk.balance(channel)).toMatchObject({ reserved: 0, spent: 4 });
  });
});
