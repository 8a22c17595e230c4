import { afterAll, beforeAll, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import { createChoose } from "../../src/choices/choose.ts";
import { credits } from "../../src/core/credits.ts";
import { createIdSource } from "../../src/core/id-source.ts";
import type { EventId, PostId } from "../../src/core/ids.ts";
import { createCancelFinal } from "../../src/finals/cancel-final.ts";
import { createDecideFinal } from "../../src/finals/decide-final.ts";
import { createPickTake } from "../../src/finals/pick-take.ts";
import { createRedoFinal } from "../../src/finals/redo-final.ts";
import type { Models } from "../../src/models/models.ts";
import { createCancelRound } from "../../src/rounds/cancel-round.ts";
import { createStartRound } from "../../src/rounds/start-round.ts";
import { plain } from "../images/pictures.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { PRICES, specOf, UNASKED } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, sends } from "../support/scripted-model.ts";
import { ADA, type Desk, MIA, openDesk } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";

let bench: TestDatabase;
let shop: Workshop;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

const DEARER = { take: credits(3), final: credits(9) };
const CHEAPER = { take: credits(0), final: credits(1) };
type Prices = typeof DEARER;

function modelsAt({ take, final }: Prices): Models {
  const at = (price: typeof take) => ({
    prices: { credits: { "1K": price, "2K": price, "4K": price }, usd: undefined },
  });
  return {
    draft: [{ spec: specOf("draft", at(take)), image: UNASKED }],
    final: [{ spec: specOf("final", at(final)), image: UNASKED }],
  };
}

/** The story as a program with other prices tells it; the desk's own, which shows and pays, has `PRICES`. */
function storyAt(desk: Desk, prices: Prices) {
  const parts = {
    ...desk,
    models: modelsAt(prices),
    ids: createIdSource(() => new Date()),
    random: Math.random,
    poke: () => {},
  };
  const startRound = createStartRound(parts);
  const choose = createChoose({
    ...parts,
    startRound,
    cancelRound: createCancelRound(parts),
    pickTake: createPickTake(parts),
    cancelFinal: createCancelFinal(parts),
    redoFinal: createRedoFinal(parts),
    decideFinal: createDecideFinal(parts),
  });
  return { startRound, choose };
}

it.each([
  ["lowered", DEARER],
  ["raised", CHEAPER],
])("a price %s while work is under way: what was held is spent, and said", async (_, prices) => {
  const desk = openDesk(bench);
  const story = storyAt(desk, prices);
  const channel = desk.channel();
  const { take, final } = prices;
  const noteOf = async (post: PostId) => desk.platform.shown.get(await desk.show(post))?.note ?? "";
  const model = createScriptedModel([sends(await plain(64, 64, "#f00").png().toBuffer())]);
  const inWords = (amount: number) => `${amount} credit${amount === 1 ? "" : "s"}`;

  const started = await story.startRound({
    event: fresh<EventId>(),
    place: { channel, thread: undefined },
    person: MIA,
    origin: { kind: "draft" },
    concept: undefined,
    formerRequester: undefined,
    model: undefined,
    order: {
      prompt: "a red fox in snow",
      seed: 7,
      aspect: "1:1",
      count: 2,
      finalSize: "2K",
      keep: "close",
      references: [],
    },
    attachments: [],
    isLive: false,
  });
  if (started.status !== "started") throw new Error(started.status);
  const round = await desk.roundOf(started.round);
  expect(await noteOf(round.post)).toBe(`${inWords(2 * take)} held · ${50 - 2 * take} left`);

  await shop.loseAll();
  for (const each of round.takes) await shop.makeTake(desk, each.id, model);
  expect(await desk.balance(channel)).toEqual({ available: 50 - 2 * take, reserved: 0, spent: 2 * take });
  await shop.composeGrid(desk, round.id);
  expect(await noteOf(round.post)).toMatch(`${inWords(2 * take)} · ${50 - 2 * take} left`);

  const picked = await story.choose({
    event: fresh<EventId>(),
    person: ADA,
    post: await desk.findPost(round.post),
    choice: { kind: "number", round: round.id, number: 1 },
    mode: "toggle",
  });
  if (picked.status !== "picked") throw new Error(picked.status);
  const found = await desk.database.records.finals.find(picked.final);
  if (found === undefined) throw new Error("no final");
  const left = 50 - 2 * take - final;
  expect(await noteOf(found.post)).toBe(`${inWords(final)} held · ${left} left`);
  await shop.makeFinal(desk, found.id, model);
  expect(await desk.balance(channel)).toEqual({ available: left, reserved: 0, spent: 2 * take + final });
  expect(await noteOf(found.post)).toMatch(`${inWords(final)} · ${left} left`);

  // What comes now has today's price.
  const again = toActionId({ kind: "reroll", round: round.id });
  const { ref: message, place } = await desk.findPost(round.post);
  if (message === undefined) throw new Error("the grid is not shown");
  await desk.inbox.press({ event: fresh<EventId>(), place, person: MIA, message, action: again });
  expect(await desk.balance(channel)).toMatchObject({ reserved: 2 * PRICES.take });
});
