import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Choice, toActionId } from "../../src/choices/choice.ts";
import type { ChannelRef, EventId, FinalId, MessageRef, RoundId, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { plain } from "../images/pictures.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, sends } from "../support/scripted-model.ts";
import { ADA, type Desk, inWords, MIA, NOOR, openDesk } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";

let bench: TestDatabase;
let shop: Workshop;
let desk: Desk;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
});
beforeEach(() => {
  desk = openDesk(bench, shop.blobs);
  channel = desk.channel();
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

async function press(message: MessageRef, who: UserRef, choice: Choice, where = channel): Promise<Reply> {
  const place = { channel: where, thread: undefined };
  return desk.press({ event: fresh<EventId>(), place, person: who, message, action: toActionId(choice) });
}

const wordsOf = (reply: Reply) => (reply.kind === "whisper" ? inWords(reply.card) : reply.kind);

const picture = async () => sends(await plain(64, 64, "#a33").png().toBuffer());

/** A grid of two takes that a model has really made. */
async function madeGrid() {
  const { id, post, takes } = await desk.start(channel, MIA, 2);
  for (const take of takes) await shop.makeTake(desk, take.id, createScriptedModel([await picture()]));
  await shop.composeGrid(desk, id);
  return { id, message: await desk.show(post), takes };
}

async function madeFinal(round: RoundId, grid: MessageRef) {
  await press(grid, ADA, { kind: "number", round, number: 2 });
  const id = (await desk.finalsOf(round)).at(-1)?.id as FinalId;
  await shop.makeFinal(desk, id, createScriptedModel([await picture()]));
  const final = await desk.database.records.finals.find(id);
  if (final === undefined) throw new Error("nothing was picked");
  return { id, message: await desk.show(final.post) };
}

describe("a recipe", () => {
  it("of a round is shown to anybody in the channel, privately, with ids to draft like", async () => {
    const { id, message, takes } = await madeGrid();
    for (const who of [NOOR, MIA]) {
      const words = wordsOf(await press(message, who, { kind: "recipe_round", round: id }));
      const [headline, ...lines] = words.split("\n");
      expect(headline).toBe("Recipe: a red fox in snow");
      for (const { number, seed, id: take } of takes) {
        expect(lines.join("\n")).toContain(`\n${number} seed ${seed} · ${take}`);
      }
    }
    const draft = await desk.inbox.command({
      event: fresh<EventId>(),
      place: { channel, thread: undefined },
      person: NOOR,
      name: "draft",
      text: `--like ${takes[0]?.id}`,
      options: undefined,
      mentions: [],
      attachments: [],
      isLive: false,
    });
    expect(draft.kind).toBe("started");
    const again = await desk.roundOf((await desk.roundsOf(channel)).at(-1) ?? id);
    expect(again).toMatchObject({ origin: { kind: "like", of: takes[0]?.id }, order: { seed: 7 } });
  });

  it("of a final says which take it followed", async () => {
    const grid = await madeGrid();
    const { id, message } = await madeFinal(grid.id, grid.message);
    const words = wordsOf(await press(message, NOOR, { kind: "recipe_final", final: id }));
    expect(words).toMatch(/\n1:1 · 64×64 · follows take 2 closely \(0\.85\) · seed 8\n/);
    expect(words).toContain(`To draft like it, use this id as the option like of /draft: ${id}`);
  });

  it("whose images are not kept any more says so", async () => {
    const { round, message } = await desk.grid(channel, MIA);
    expect(wordsOf(await press(message, MIA, { kind: "recipe_round", round: round.id }))).toMatch(
      /\n1 seed 7\. Nothing more is kept of it\.\n/,
    );
    await press(message, ADA, { kind: "number", round: round.id, number: 1 });
    const delivered = await desk.deliverFinal(round.id);
    expect(
      wordsOf(await press(delivered.message, MIA, { kind: "recipe_final", final: delivered.final.id })),
    ).toMatch(/\nNothing is kept of how it was made\.$/);
  });

  it("belongs to its message and its channel", async () => {
    const { id, message } = await madeGrid();
    const other = await desk.grid(channel, MIA);
    const elsewhere = desk.channel();
    for (const reply of [
      await press(other.message, MIA, { kind: "recipe_round", round: id }),
      await press(message, MIA, { kind: "recipe_round", round: fresh<RoundId>() }),
      await press(message, MIA, { kind: "recipe_final", final: id as string as FinalId }),
      await press(message, MIA, { kind: "recipe_round", round: id }, elsewhere),
    ]) {
      expect(wordsOf(reply)).toMatch(/does not belong to this message/);
    }
  });

  it("changes nothing and costs nothing", async () => {
    const { id, message } = await madeGrid();
    const before = [await desk.balance(channel), await desk.roundOf(id)];
    await press(message, MIA, { kind: "recipe_round", round: id });
    expect([await desk.balance(channel), await desk.roundOf(id)]).toEqual(before);
  });
});
