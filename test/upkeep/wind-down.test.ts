import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ModelImage } from "../../src/ports/image-model.ts";
import { purgeJob } from "../../src/upkeep/purge-job.ts";
import { plain } from "../images/pictures.ts";
import { audit } from "../support/audit.ts";
import { type Departing, DUE, hoursLater, openDeparting, PAST_GRACE } from "../support/departing.ts";
import { findMentions } from "../support/mentions.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, sends } from "../support/scripted-model.ts";
import { ADA, MIA } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";

let bench: TestDatabase;
let shop: Workshop;
let red: Buffer;
let here: Departing;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
  red = await plain(64, 64, "#f00").png().toBuffer();
});
beforeEach(async () => {
  await shop.loseAll();
  here = openDeparting(bench, shop, red);
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

describe("work for a workspace that left", () => {
  it("does not begin any more, and its credits go back; what has begun ends", async () => {
    const channel = here.channelIn(here.workspace);
    const waiting = await here.desk.roundOf(await here.started(channel));
    const running = await here.desk.roundOf(await here.started(channel));
    const [begun] = running.takes;
    if (begun === undefined) throw new Error("a round of two");
    await here.desk.database.records.rounds.beginTake(begun.id, here.desk.clock());
    const grid = await here.desk.grid(channel, MIA);
    await here.desk.react(grid.message, ADA, "n1");
    expect(await here.desk.balance(channel)).toEqual({ available: 38, reserved: 8, spent: 4 });

    await here.leave();
    expect(await shop.decided(purgeJob.id)).toHaveLength(1);
    const late = await here.desk.roundOf(await here.started(channel));
    await shop.loseAll();
    await here.purge(hoursLater(0));
    const nobody = createScriptedModel([]);
    for (const take of waiting.takes) await shop.makeTake(here.desk, take.id, nobody);
    await shop.composeGrid(here.desk, waiting.id);
    expect((await here.desk.roundOf(waiting.id)).state).toEqual({ status: "failed", failure: "interrupted" });
    expect((await here.desk.finalsOf(grid.round.id)).map((final) => final.status)).toEqual(["failed"]);
    expect((await here.desk.roundOf(running.id)).takes.map((take) => take.state.status)).toEqual([
      "rendering",
      "failed",
    ]);
    // An event that was under way when it left: it is answered as any other.
    expect((await here.desk.roundOf(late.id)).takes.map((take) => take.state.status)).toEqual([
      "queued",
      "queued",
    ]);
    expect(await here.desk.balance(channel)).toEqual({ available: 43, reserved: 3, spent: 4 });
    await shop.makeTake(here.desk, begun.id, createScriptedModel([sends(red)]));
    expect(await here.desk.balance(channel)).toEqual({ available: 43, reserved: 2, spent: 5 });
    await audit(bench.pool);
  });

  it("that ends after everything was deleted leaves nothing behind", async () => {
    const channel = here.channelIn(here.workspace);
    const round = await here.desk.roundOf(await here.started(channel));
    const [take] = round.takes;
    if (take === undefined) throw new Error("a round of two");
    const [reference = ""] = round.order.references;
    expect(await here.files()).toContain(reference);
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<ModelImage>();
    const model = createScriptedModel([
      () => {
        asked.resolve();
        return answer.promise;
      },
    ]);
    const making = shop.makeTake(here.desk, take.id, model);
    await asked.promise;
    await here.leave();
    await here.purge(DUE);
    await here.sweep(DUE);
    expect(await findMentions(bench.pool, [here.workspace])).toEqual({});
    answer.resolve({ bytes: red, modelVersion: undefined, seed: 7, requestId: undefined, cost: undefined });
    await making;
    expect((await here.files()).filter((name) => name.startsWith(take.id))).toHaveLength(3);
    await here.purge(PAST_GRACE);
    expect((await here.files()).filter((name) => name.startsWith(take.id))).toEqual([]);
    expect(await findMentions(bench.pool, [take.id])).toEqual({});
    expect(await here.files()).not.toContain(reference);
  });
});
