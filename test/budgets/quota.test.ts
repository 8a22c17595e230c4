import { afterAll, beforeAll, expect, it } from "vitest";
import { createReadQuota } from "../../src/budgets/quota.ts";
import type { ChannelRef, UserRef } from "../../src/core/ids.ts";
import type { Drift } from "../../src/models/drift.ts";
import type { Models } from "../../src/models/models.ts";
import { T0 } from "../support/make-records.ts";
import { specOf, UNASKED } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { type Desk, MAX, MIA, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
beforeAll(async () => {
  bench = await openEmbedded();
  desk = openDesk(bench);
});
afterAll(() => bench.close());

const modelOf = (tier: "draft" | "final", name: string) => ({ spec: specOf(tier, { name }), image: UNASKED });
const MODELS: Models = {
  draft: [modelOf("draft", "quick"), modelOf("draft", "other")],
  final: [modelOf("final", "fine"), modelOf("final", "finer")],
};
const DRIFT: Drift = { tier: "final", name: "fine", ratio: 1.2, calls: 9 };

/** As that person sees it, and how often the drifts were read. */
async function read(channel: ChannelRef, person: UserRef) {
  let reads = 0;
  const readQuota = createReadQuota({
    database: bench.database,
    models: MODELS,
    readDrifts: async () => {
      reads++;
      return [DRIFT];
    },
    isIn: async () => false,
    clock: desk.clock,
  });
  const permit = await desk.gate.check({ verb: "read_budget", person, channel, requester: undefined });
  if (permit.status === "denied") throw new Error("everybody may");
  const { models, drifts, mayManage } = await readQuota(permit);
  return { names: [models.draft.name, models.final.name], drifts, mayManage, reads };
}

it("reads how far prices are off for managers alone", async () => {
  const channel = desk.channel();
  expect(await read(channel, MAX)).toMatchObject({ drifts: [DRIFT], mayManage: true, reads: 1 });
  expect(await read(channel, MIA)).toMatchObject({ drifts: [], mayManage: false, reads: 0 });
});

it("has the prices of the models of the channel, or of the first ones", async () => {
  const channel = desk.channel();
  expect((await read(channel, MIA)).names).toEqual(["quick", "fine"]);
  const { channels } = bench.database.records;
  await channels.setModel(channel, "final", "finer", MAX, T0);
  await channels.setModel(channel, "draft", "gone since", MAX, T0);
  expect((await read(channel, MIA)).names).toEqual(["quick", "finer"]);
});
