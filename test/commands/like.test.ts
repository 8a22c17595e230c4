import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import type { EventId } from "../../src/core/ids.ts";
import { type AskingDraft, openAskingDraft, wordsOf } from "../support/asking-draft.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { SEVERAL_MODELS } from "../support/several-models.ts";
import { ADA, MAX, NOOR } from "../support/story-desk.ts";

let bench: TestDatabase;
let here: AskingDraft;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  here = openAskingDraft(bench);
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

/** A grid, its round, and the id of its second take. */
async function drawn(text = "a red fox --seed 100 --aspect 16:9 --size 1K --keep exact --model swift-2.1") {
  await here.draft(text);
  const round = await here.latest();
  await here.desk.makeGrid(round.id);
  const take = round.takes[1]?.id ?? fresh<string>();
  return { round, take, message: await here.desk.show(round.post) };
}

describe("--like", () => {
  it("is the recipe of a take again, in a concept of its own, at once and for anybody", async () => {
    const { round, take } = await drawn();
    expect(wordsOf(await here.draft(`--like ${take.toLowerCase()}`, { who: NOOR }))).toMatch(/^Drafting 4/);
    const again = await here.latest();
    expect(again).toMatchObject({
      number: 1,
      requester: NOOR,
      origin: { kind: "like", of: take },
      model: "swift-2.1",
      order: { prompt: "a red fox", seed: 101, aspect: "16:9", finalSize: "1K", keep: "exact", count: 4 },
    });
    expect(again.concept.id).not.toBe(round.concept.id);
  });

  it("gives way to what is said with it", async () => {
    const { take } = await drawn();
    await here.draft(
      `a blue hare --like ${take} --seed 5 --aspect 1:1 --size 4K --keep loose --count 2 --model swift-mid`,
    );
    expect(await here.latest()).toMatchObject({
      origin: { kind: "like", of: take },
      model: "swift-mid",
      order: { prompt: "a blue hare", seed: 5, aspect: "1:1", finalSize: "4K", keep: "loose", count: 2 },
    });
  });

  it("starts at once where options are asked for, and tells the price of it", async () => {
    const { take } = await drawn();
    await here.draft("", { options: { like: take, count: "1" } });
    expect(await here.latest()).toMatchObject({ origin: { kind: "like" }, order: { count: 1, seed: 101 } });
    expect(wordsOf(await here.draft("", { options: { like: take, "dry-run": "yes" } }))).toMatch(
      /^4 takes by swift-2\.1 cost 8 credits, a 1K final/,
    );
  });

  it("of a final is by what drafted its take", async () => {
    const { round, message } = await drawn();
    await here.desk.inbox.press({
      event: fresh<EventId>(),
      place: { channel: here.channel, thread: undefined },
      person: ADA,
      message,
      action: toActionId({ kind: "number", round: round.id, number: 3 }),
    });
    const [picked] = await here.desk.finalsOf(round.id);
    const id = picked?.id ?? fresh<string>();
    expect(wordsOf(await here.draft(`--like ${id}`)), "not there yet").toMatch(
      /not an image of this channel/,
    );
    const { final } = await here.desk.deliverFinal(round.id);
    await here.draft(`--like ${id}`);
    expect(await here.latest()).toMatchObject({
      origin: { kind: "like", of: id },
      model: "swift-2.1",
      order: { prompt: "a red fox", seed: final.seed, finalSize: "1K", keep: "exact" },
    });
  });

  it("goes by the channel's model when the one that drew it is gone", async () => {
    const { take } = await drawn();
    const [first, ...others] = SEVERAL_MODELS.draft;
    const left = others.filter(({ spec }) => spec.name !== "swift-2.1");
    const later = openAskingDraft(bench, { ...SEVERAL_MODELS, draft: [first, ...left] });
    // The same channel, after the settings have changed.
    await later.desk.inbox.command({
      event: fresh<EventId>(),
      place: { channel: here.channel, thread: undefined },
      person: NOOR,
      name: "draft",
      text: `--like ${take}`,
      options: undefined,
      mentions: [],
      attachments: [],
      isLive: false,
    });
    expect(await here.latest()).toMatchObject({ origin: { kind: "like", of: take }, model: "swift-lite" });
  });

  it("is of an image of that channel, and nothing else", async () => {
    const { round, take } = await drawn();
    await here.draft("another --count 1");
    const undrawn = (await here.latest()).takes[0]?.id;
    const rounds = (await here.desk.roundsOf(here.channel)).length;
    const elsewhere = openAskingDraft(bench);
    const NOT_HERE = "That is not an image of this channel.";
    const NO_ID = "That is not the id of an image: it has 26 letters and digits.";
    expect(wordsOf(await elsewhere.draft(`--like ${take}`))).toBe(NOT_HERE);
    expect(await elsewhere.desk.roundsOf(elsewhere.channel)).toEqual([]);
    for (const [id, sentence] of [
      [undrawn, NOT_HERE],
      [round.id, NOT_HERE],
      [fresh(), NOT_HERE],
      ["7", NO_ID],
      [`${take}0`, NO_ID],
      ["../../etc/passwd", NO_ID],
      ["U".repeat(26), NO_ID],
    ] as const)
      expect(wordsOf(await here.draft(`--like ${id}`))).toBe(sentence);
    expect(await here.desk.roundsOf(here.channel)).toHaveLength(rounds);
  });

  it("gives no advice: the recipe was chosen", async () => {
    const { take } = await drawn('a sign that says "Open" --model swift-lite');
    expect((await here.draft(`--like ${take}`)).kind).toBe("started");
    await here.say("quota", "models draft swift-2.1", { who: MAX });
    expect((await here.draft(`--like ${take}`)).kind).toBe("started");
    expect((await here.latest()).model).toBe("swift-lite");
  });
});
