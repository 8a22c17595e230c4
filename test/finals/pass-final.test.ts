import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createMakeImage } from "../../src/assets/make-image.ts";
import { createFewAtOnce } from "../../src/core/few-at-once.ts";
import type { FinalId } from "../../src/core/ids.ts";
import type { ModelName } from "../../src/core/model.ts";
import type { Size } from "../../src/core/recipe.ts";
import { passFinal } from "../../src/finals/pass-final.ts";
import { createRenderFinal } from "../../src/finals/render-final.ts";
import { createAskModel } from "../../src/models/ask-model.ts";
import type { Model, Models } from "../../src/models/models.ts";
import { finalJob } from "../../src/outbox/jobs.ts";
import { type ImageModel, ModelError, type ModelFailureKind } from "../../src/ports/image-model.ts";
import { plain } from "../images/pictures.ts";
import { ATTEMPT } from "../support/attempt.ts";
import { audit } from "../support/audit.ts";
import { specOf, UNASKED } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, fails, sends } from "../support/scripted-model.ts";
import { ADA, type Desk, inWords, MIA, openDesk } from "../support/story-desk.ts";
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

/** Those after the first make no 2K. */
function modelsOf(finals: readonly (readonly [string, ImageModel])[]): Models {
  const { abilities } = specOf("final");
  const [first, ...others] = finals.map(([name, image], index): Model => {
    const sizes: readonly Size[] = index === 0 ? abilities.sizes : ["1K"];
    return { spec: specOf("final", { name: named(name), abilities: { ...abilities, sizes } }), image };
  });
  if (first === undefined) throw new Error("no model");
  return { draft: [{ spec: specOf("draft"), image: UNASKED }], final: [first, ...others] };
}

/** A pick that waits for its final, and the workers. */
async function picked(models: Models) {
  const desk = openDesk(bench, shop.blobs, models);
  const channel = desk.channel();
  const round = await desk.start(channel, MIA, 1);
  for (const take of round.takes) await shop.makeTake(desk, take.id, createScriptedModel([sends(red)]));
  await shop.loseAll();
  await shop.composeGrid(desk, round.id);
  await desk.react(await desk.show(round.post), ADA, "n1");
  const [line] = await desk.finalsOf(round.id);
  const id = line?.id ?? ("" as FinalId);
  return { desk, channel, round, id, run: runOf(desk, id) };
}

function runOf(desk: Desk, final: FinalId) {
  const parts = {
    ...desk,
    blobs: shop.blobs,
    log: createStrictLog([]),
    poke: () => {},
    fewDecoded: createFewAtOnce(2),
  };
  const makeImage = createMakeImage({ ...parts, askModel: createAskModel(parts) });
  const render = createRenderFinal({ ...parts, makeImage });
  return (model: string) => render({ v: 2, final, model: named(model) }, ATTEMPT);
}

const refuses = (kind: ModelFailureKind) =>
  createScriptedModel([fails(new ModelError(kind, "no", { retryable: false, billed: "no" }))]);

async function finalOf(desk: Desk, id: FinalId) {
  const final = await desk.database.records.finals.find(id);
  if (final === undefined) throw new Error("no final");
  return final;
}
const jobsOf = async (id: FinalId, model: string) =>
  (await shop.decided(finalJob({ id, model: named(model) }, 0).job.id)).map(({ job }) => job.model);

describe("a final that goes from model to model", () => {
  it("costs what was said, and says of the one that was asked first why it could not", async () => {
    const between = refuses("rate_limited");
    const last = createScriptedModel([sends(red)]);
    const models = modelsOf([
      ["first", refuses("quota")],
      ["between", between],
      ["last", last],
    ]);
    const { desk, channel, id, run } = await picked(models);
    expect(await desk.balance(channel)).toEqual({ available: 45, reserved: 4, spent: 1 });

    await run("first");
    const insteadOf = { model: named("first"), because: "quota" };
    const first = await finalOf(desk, id);
    expect(first).toMatchObject({ model: named("between"), insteadOf, state: { status: "queued" } });
    // Its process died between the commit and the end of the job, which another one then runs.
    await run("first");
    expect(await jobsOf(id, "between")).toEqual([named("between")]);
    expect(between.calls).toEqual([]);

    await run("between");
    expect(await finalOf(desk, id)).toMatchObject({ model: named("last"), insteadOf });
    for (const before of ["first", "between"]) await run(before);
    expect(await jobsOf(id, "last")).toEqual([named("last")]);

    for (const name of ["last", "first", "between", "last"]) await run(name);
    expect([between.calls.length, last.calls.length]).toEqual([1, 1]);
    const { state, post } = await finalOf(desk, id);
    expect(state.status).toBe("delivered");
    expect(await desk.balance(channel)).toEqual({ available: 45, reserved: 0, spent: 5 });
    const card = desk.platform.shown.get(await desk.show(post));
    const words = card && inWords(card);
    expect(words).toContain(`Made by ${named("last")}, because the quota for ${named("first")} is used up.`);
    const recipe =
      state.status === "delivered"
        ? (await desk.database.records.assets.find(state.asset))?.recipe
        : undefined;
    expect(recipe).toMatchObject({ name: named("last"), size: "2K" });
    expect(recipe?.shortfalls).toContainEqual({ kind: "size", asked: "2K", got: "1K" });
  });

  it("and from all of them, comes to nothing and opens its grid again", async () => {
    const models = modelsOf([
      ["first", refuses("overloaded")],
      ["last", refuses("auth")],
    ]);
    const { desk, channel, round, id, run } = await picked(models);
    for (const name of ["first", "last", "first", "last"]) await run(name);
    expect((await finalOf(desk, id)).state).toEqual({ status: "failed", failure: "auth" });
    expect(await desk.balance(channel)).toEqual({ available: 49, reserved: 0, spent: 1 });
    expect((await desk.roundOf(round.id)).state.status).toBe("choosing");
  });

  it("is not said to have gone, when it ended before", async () => {
    const models = modelsOf([
      ["first", refuses("blocked")],
      ["last", UNASKED],
    ]);
    const { desk, round, id, run } = await picked(models);
    const before = await finalOf(desk, id);
    await run("first");
    const said: string[] = [];
    const log = { ...createStrictLog([]), info: (event: string) => void said.push(event) };
    await passFinal({ ...desk, log }, before, round, { to: named("last"), because: "overloaded" });
    expect(said).toEqual([]);
    expect(await jobsOf(id, "last")).toEqual([]);
  });

  it("stays with the other one, though a worker that was thought dead is still at it", async () => {
    const asked = Promise.withResolvers<void>();
    const refused = Promise.withResolvers<never>();
    const first = createScriptedModel([
      () => {
        asked.resolve();
        return refused.promise;
      },
      fails(new ModelError("overloaded", "no", { retryable: false, billed: "no" })),
    ]);
    const models = modelsOf([
      ["first", first],
      ["last", createScriptedModel([sends(red)])],
    ]);
    const { desk, id, run } = await picked(models);
    const late = run("first");
    await asked.promise;
    await run("first");
    refused.reject(new ModelError("blocked", "no", { retryable: false, billed: "no" }));
    await late;
    expect(await finalOf(desk, id)).toMatchObject({ model: named("last"), state: { status: "queued" } });
    await run("last");
    expect((await finalOf(desk, id)).state.status).toBe("delivered");
  });
});
