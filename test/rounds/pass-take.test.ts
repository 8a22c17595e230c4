import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createMakeImage } from "../../src/assets/make-image.ts";
import { createFewAtOnce } from "../../src/core/few-at-once.ts";
import type { TakeId } from "../../src/core/ids.ts";
import type { ModelName, ModelSpec } from "../../src/core/model.ts";
import type { Round, Take } from "../../src/core/round.ts";
import { createAskModel } from "../../src/models/ask-model.ts";
import type { Model, Models } from "../../src/models/models.ts";
import { takeJob } from "../../src/outbox/jobs.ts";
import { type ImageModel, ModelError, type ModelFailureKind } from "../../src/ports/image-model.ts";
import type { JobQueue } from "../../src/ports/jobs.ts";
import { createComposeGrid } from "../../src/rounds/compose-grid.ts";
import { passTake } from "../../src/rounds/pass-take.ts";
import { createRenderTake } from "../../src/rounds/render-take.ts";
import { plain } from "../images/pictures.ts";
import { ATTEMPT } from "../support/attempt.ts";
import { audit } from "../support/audit.ts";
import { specOf, UNASKED } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, fails, sends } from "../support/scripted-model.ts";
import { type Desk, inWords, MIA, openDesk } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";
import { createStrictLog } from "../support/strict-log.ts";

let bench: TestDatabase;
let shop: Workshop;
let red: Buffer;
let runs = 0;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
  red = await plain(64, 64, "#f00").png().toBuffer();
});
beforeEach(async () => {
  runs += 1;
  await shop.loseAll();
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

/** Its breaker is no other test's. */
const named = (name: string): ModelName => `${name}-${runs}`;

function modelsOf(drafts: readonly (readonly [string, ImageModel, Partial<ModelSpec>?])[]): Models {
  const [first, ...others] = drafts.map(
    ([name, image, changes = {}]): Model => ({
      spec: specOf("draft", { ...changes, name: named(name) }),
      image,
    }),
  );
  if (first === undefined) throw new Error("no model");
  return { draft: [first, ...others], final: [{ spec: specOf("final"), image: UNASKED }] };
}

function workOf(desk: Desk, said: string[] = []) {
  const parts = { ...desk, blobs: shop.blobs, log: createStrictLog(said), poke: () => {} };
  const makeImage = createMakeImage({
    ...parts,
    askModel: createAskModel(parts),
    fewDecoded: createFewAtOnce(2),
  });
  const render = createRenderTake({ ...parts, makeImage });
  return {
    run: (take: Pick<Take, "id">, model: string, attempt = ATTEMPT) =>
      render({ v: 2, take: take.id, model: named(model) }, attempt),
    compose: (round: Round, queue: JobQueue = shop.queue) =>
      createComposeGrid({ ...parts, queue })({ v: 1, round: round.id }, ATTEMPT),
  };
}

const refuses = (kind: ModelFailureKind) =>
  createScriptedModel([fails(new ModelError(kind, "no", { retryable: false, billed: "no" }))]);

const takeOf = async (desk: Desk, round: Round, number = 1) => {
  const take = (await desk.roundOf(round.id)).takes[number - 1];
  if (take === undefined) throw new Error(`no take ${number}`);
  return take;
};
const jobsOf = async (id: TakeId, model: string) =>
  (await shop.decided(takeJob({ id, turn: 0, model: named(model) }).id)).map(({ job }) => job.model);

describe("a take that goes from model to model", () => {
  it("says of the one that was asked first why it could not, whatever ailed those between", async () => {
    const last = createScriptedModel([sends(red)]);
    const between = refuses("auth");
    const models = modelsOf([
      ["first", refuses("overloaded")],
      ["between", between],
      ["last", last],
    ]);
    const desk = openDesk(bench, shop.blobs, models);
    const channel = desk.channel();
    const round = await desk.start(channel, MIA, 1);
    const work = workOf(desk);
    const { id } = await takeOf(desk, round);

    await work.run({ id }, "first");
    const insteadOf = { model: named("first"), because: "overloaded" };
    expect(await takeOf(desk, round)).toMatchObject({
      model: named("between"),
      insteadOf,
      state: { status: "queued" },
    });
    expect(await jobsOf(id, "between")).toEqual([named("between")]);
    // Its process died between the commit and the end of the job, which another one then runs.
    await work.run({ id }, "first");
    expect(await jobsOf(id, "between")).toHaveLength(1);
    expect(between.calls).toEqual([]);

    await work.run({ id }, "between");
    expect(await takeOf(desk, round)).toMatchObject({ model: named("last"), insteadOf });
    for (const before of ["first", "between"]) await work.run({ id }, before);
    expect(await jobsOf(id, "last")).toEqual([named("last")]);

    await work.run({ id }, "last");
    for (const before of ["first", "between", "last"]) await work.run({ id }, before);
    expect([between.calls.length, last.calls.length]).toEqual([1, 1]);
    expect(await desk.balance(channel)).toEqual({ available: 49, reserved: 0, spent: 1 });
    await shop.loseAll();
    await work.compose(round);
    const card = desk.platform.shown.get(await desk.show(round.post));
    expect(card && inWords(card)).toContain(
      `Made by ${named("last")}, because ${named("first")} is overloaded.`,
    );
  });

  it("and from all of them, comes back with its credits and what the last one said", async () => {
    const models = modelsOf([
      ["first", refuses("overloaded")],
      ["last", refuses("quota")],
    ]);
    const desk = openDesk(bench, shop.blobs, models);
    const channel = desk.channel();
    const round = await desk.start(channel, MIA, 1);
    const work = workOf(desk);
    for (const name of ["first", "last", "first", "last"]) await work.run(await takeOf(desk, round), name);
    expect((await takeOf(desk, round)).state).toEqual({ status: "failed", failure: "quota" });
    expect(await desk.balance(channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
  });

  it("stays with the other one, though a worker that was thought dead is still at it", async () => {
    const asked = Promise.withResolvers<void>();
    const first = createScriptedModel([
      (signal) => {
        asked.resolve();
        return new Promise((_, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason as Error)),
        );
      },
      fails(new ModelError("overloaded", "no", { retryable: false, billed: "no" })),
    ]);
    const last = createScriptedModel([sends(red)]);
    const models = modelsOf([
      ["first", first],
      ["last", last],
    ]);
    const desk = openDesk(bench, shop.blobs, models);
    const round = await desk.start(desk.channel(), MIA, 1);
    const work = workOf(desk);
    const { id } = await takeOf(desk, round);
    const late = work.run({ id }, "first");
    await asked.promise;
    await work.run({ id }, "first");
    await late;
    expect(await takeOf(desk, round)).toMatchObject({ model: named("last"), state: { status: "queued" } });
    await work.run({ id }, "last");
    expect((await takeOf(desk, round)).state.status).toBe("made");
  });

  it("is not said to have gone, when it ended before", async () => {
    const desk = openDesk(
      bench,
      shop.blobs,
      modelsOf([
        ["first", UNASKED],
        ["last", UNASKED],
      ]),
    );
    const round = await desk.start(desk.channel(), MIA, 1);
    const { id } = await takeOf(desk, round);
    const found = await desk.database.records.rounds.findTake(id);
    if (found === undefined) throw new Error("no take");
    await desk.database.records.rounds.takeFailed(id, "cancelled", desk.clock());
    await desk.database.records.ledger.release(`take.${id}` as never, "cancelled", desk.clock());
    const said: string[] = [];
    const log = { ...createStrictLog([]), info: (event: string) => void said.push(event) };
    await passTake({ ...desk, log, poke: () => {} }, found, { to: named("last"), because: "overloaded" });
    expect(said).toEqual([]);
    expect(await jobsOf(id, "last")).toEqual([]);
  });
});

describe("a grid, of which a take has just gone to another model", () => {
  async function passed() {
    const models = modelsOf([
      [
        "first",
        createScriptedModel([
          sends(red),
          fails(new ModelError("auth", "no", { retryable: false, billed: "no" })),
        ]),
      ],
      ["last", createScriptedModel([sends(red)])],
    ]);
    const desk = openDesk(bench, shop.blobs, models);
    const channel = desk.channel();
    const round = await desk.start(channel, MIA, 2);
    const work = workOf(desk);
    await work.run(await takeOf(desk, round, 1), "first");
    return { desk, channel, round, work };
  }

  it("waits for it, though its job is not in the queue yet", async () => {
    const { desk, channel, round, work } = await passed();
    await work.run(await takeOf(desk, round, 2), "first");
    // The job of the first model has ended: nothing holds the grid back any more.
    expect(await work.compose(round)).toMatchObject({ kind: "snooze" });
    expect((await takeOf(desk, round, 2)).state).toEqual({ status: "queued" });
    await work.run(await takeOf(desk, round, 2), "last");
    expect(await work.compose(round)).toEqual({ kind: "done" });
    expect((await desk.roundOf(round.id)).takes.map((take) => take.state.status)).toEqual(["made", "made"]);
    expect(await desk.balance(channel)).toEqual({ available: 48, reserved: 0, spent: 2 });
  });

  it("has its job queued again when it was lost", async () => {
    const { desk, round, work } = await passed();
    const { id } = await takeOf(desk, round, 2);
    await work.run({ id }, "first");
    await shop.loseAll();
    expect(await work.compose(round)).toMatchObject({ kind: "snooze" });
    expect(await jobsOf(id, "last")).toEqual([named("last")]);
    await work.run({ id }, "last");
    expect(await work.compose(round)).toEqual({ kind: "done" });
  });

  it("waits for it, when it goes while the grid looks after it", async () => {
    const { desk, round, work } = await passed();
    const { id } = await takeOf(desk, round, 2);
    await desk.database.records.rounds.beginTake(id, desk.clock());
    const queue: JobQueue = {
      ...shop.queue,
      isLive: async (job) => {
        // The take was read before this, and its job is over after it.
        await work.run({ id }, "first");
        return shop.queue.isLive(job);
      },
    };
    expect(await work.compose(round, queue)).toMatchObject({ kind: "snooze" });
    expect(await takeOf(desk, round, 2)).toMatchObject({ model: named("last"), state: { status: "queued" } });
  });
});
