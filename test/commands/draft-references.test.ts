import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assetKey } from "../../src/assets/keys.ts";
import { toActionId } from "../../src/choices/choice.ts";
import type { AssetId, EventId } from "../../src/core/ids.ts";
import { noise, plain } from "../images/pictures.ts";
import { sentFile } from "../support/attachments.ts";
import { audit } from "../support/audit.ts";
import { type Drafting, openDrafting, referencesOf } from "../support/drafting.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, sends } from "../support/scripted-model.ts";
import { ADA, inWords, MIA } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";

const SECRET = "taken at home";

let bench: TestDatabase;
let shop: Workshop;
let photo: Buffer;
let blue: Buffer;
let here: Drafting;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
  photo = await noise(40, 30)
    .withExif({ IFD0: { ImageDescription: SECRET } })
    .jpeg()
    .toBuffer();
  blue = await plain(20, 20, "#00f").png().toBuffer();
});
beforeEach(() => {
  here = openDrafting(bench, shop);
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

describe("a draft that comes with pictures", () => {
  it("goes by them from its takes to its final, and so does what comes of it", async () => {
    const event = fresh<EventId>();
    const reply = await here.draft([sentFile(photo), sentFile(blue)], event);
    expect(reply.kind).toBe("started");
    const round = await here.roundAt(0);
    const references = await referencesOf(event, 2);
    expect(round.order.references).toEqual(references);
    const card = here.desk.platform.shown.get(await here.desk.show(round.post));
    expect(card && inWords(card)).toContain(`@${MIA} drafts a red fox in snow with 2 references`);

    // What is kept is pixels alone.
    const [first] = references;
    const kept = (await shop.blobs.find(assetKey(first as AssetId))) ?? Buffer.alloc(0);
    expect(photo.includes(SECRET)).toBe(true);
    expect(Buffer.from(kept).includes(SECRET)).toBe(false);
    expect(await here.desk.database.records.assets.find(first as AssetId)).toEqual({
      id: first,
      kind: "reference",
      mime: "image/jpeg",
      width: 40,
      height: 30,
      bytes: kept.length,
      recipe: undefined,
      parents: [],
    });

    const model = createScriptedModel([sends(blue)]);
    await here.make(round, model);
    expect(model.requests).toHaveLength(4);
    for (const { references: seen } of model.requests) expect(seen.map((each) => each.bytes)).toHaveLength(2);
    expect(Buffer.from(model.requests[3]?.references[0]?.bytes ?? []).equals(kept)).toBe(true);
    const take = await here.desk.database.records.assets.find(round.takes[0]?.id as string as AssetId);
    expect(take).toMatchObject({ recipe: { references }, parents: references });

    const message = await here.desk.show(round.post);
    const place = { channel: here.channel, thread: undefined };
    const press = (person: typeof MIA, action: string) =>
      here.desk.inbox.press({ event: fresh<EventId>(), place, person, message, action });
    await press(ADA, toActionId({ kind: "number", round: round.id, number: 1 }));
    const [final] = await here.desk.finalsOf(round.id);
    const finisher = createScriptedModel([sends(blue)]);
    await shop.makeFinal(here.desk, final?.id ?? fresh(), finisher);
    expect(finisher.requests[0]?.references).toEqual(model.requests[0]?.references);
    const guide = { asset: round.takes[0]?.id, strength: 0.85 };
    expect(await here.desk.database.records.assets.find(final?.id as string as AssetId)).toMatchObject({
      recipe: { references, guide },
      parents: [guide.asset, ...references],
    });

    await press(MIA, toActionId({ kind: "reroll", round: round.id }));
    await here.desk.inbox.submit({
      event: fresh<EventId>(),
      place,
      person: MIA,
      form: `vary.${round.id}`,
      answers: { take: "2", count: "1" },
      attachments: [],
      isLive: false,
    });
    const [reroll, variation] = [await here.roundAt(1), await here.roundAt(2)];
    expect([reroll.origin.kind, variation.origin.kind]).toEqual(["reroll", "vary"]);
    expect([reroll.order.references, variation.order.references]).toEqual([references, references]);
    const varier = createScriptedModel([sends(blue)]);
    await here.make(variation, varier);
    const [varied] = varier.requests;
    expect(varied?.references).toEqual(model.requests[0]?.references);
    expect(varied?.guide).toBeDefined();
  });

  it("by a form goes by those that the form was opened with", async () => {
    const file = sentFile(blue);
    expect((await here.draft([file], fresh<EventId>(), " ")).kind).toBe("form");
    expect(file.reads).toEqual([]);
    const event = fresh<EventId>();
    await here.desk.inbox.submit({
      event,
      place: { channel: here.channel, thread: undefined },
      person: MIA,
      form: "draft",
      answers: { prompt: "a fox" },
      attachments: [file],
      isLive: false,
    });
    expect((await here.roundAt(0)).order.references).toEqual(await referencesOf(event, 1));
  });

  it("and asks for the price only reads none of them", async () => {
    const file = sentFile(blue);
    const event = fresh<EventId>();
    await here.draft([file], event, "a fox --dry-run");
    expect(file.reads).toEqual([]);
    expect(await here.desk.roundsOf(here.channel)).toEqual([]);
    expect(await here.keptOf(event)).toEqual([0, 0]);
  });

  it("delivered again is the same round with the same pictures, though they are there no more", async () => {
    const event = fresh<EventId>();
    const files = [sentFile(photo), sentFile(blue)];
    await here.draft(files, event);
    for (const file of files) file.set("gone");
    expect(await here.draft(files, event)).toEqual({ kind: "done" });
    expect(files.map((file) => file.reads.length)).toEqual([1, 1]);
    expect(await here.desk.roundsOf(here.channel)).toHaveLength(1);
  });

  it("delivered many times at once is one round with one set of pictures", async () => {
    const event = fresh<EventId>();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => here.draft([sentFile(photo), sentFile(blue)], event)),
    );
    expect(replies.filter((reply) => reply.kind === "started")).toHaveLength(1);
    expect(replies.filter((reply) => reply.kind === "done")).toHaveLength(7);
    expect(await here.desk.roundsOf(here.channel)).toHaveLength(1);
    expect(await here.keptOf(event)).toEqual([2, 2]);
    expect(await here.desk.balance(here.channel)).toEqual({ available: 46, reserved: 4, spent: 0 });
  });
});
