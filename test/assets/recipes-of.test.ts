import { afterAll, beforeAll, expect, it } from "vitest";
import { recipesOf } from "../../src/assets/recipes-of.ts";
import type { AssetId } from "../../src/core/ids.ts";
import { plain } from "../images/pictures.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, sends } from "../support/scripted-model.ts";
import { MIA, openDesk } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";

let bench: TestDatabase;
let shop: Workshop;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
});
afterAll(async () => {
  await shop.close();
  await bench.close();
});

it("the recipes of a round are those of the takes that are there, in their order", async () => {
  const desk = openDesk(bench, shop.blobs);
  const { records } = desk.database;
  const { id, takes } = await desk.start(desk.channel(), MIA, 5);
  const [first, failed, second, withoutRow, waiting] = takes;
  if (!first || !failed || !second || !withoutRow || !waiting) throw new Error("a round of five");
  const model = createScriptedModel([sends(await plain(64, 64, "#f00").png().toBuffer())]);
  for (const take of [second, first]) await shop.makeTake(desk, take.id, model);
  await records.rounds.takeFailed(failed.id, "blocked", desk.clock());
  await records.rounds.takeMade(withoutRow.id, "nowhere" as AssetId, desk.clock());
  const recipes = await recipesOf(records, await desk.roundOf(id));
  expect(recipes.map((each) => each.seed)).toEqual([first.seed, second.seed]);
});
