import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import type { EventId } from "../../src/core/ids.ts";
import type { Round } from "../../src/core/round.ts";
import { type AskingDraft, formOf, openAskingDraft, wordsOf } from "../support/asking-draft.ts";
import { sentFile } from "../support/attachments.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { MAX, MIA } from "../support/story-desk.ts";

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

describe("the model of a draft", () => {
  it("is the first, the channel's, or the one that was named, each at its price", async () => {
    expect(wordsOf(await here.draft("a red fox"))).toBe("Drafting 4 takes. 4 credits held, 46 left.");
    expect((await here.latest()).model).toBe("swift-lite");
    await here.say("quota", "models draft swift-2.1", { who: MAX });
    await here.draft("a red fox");
    expect((await here.latest()).model).toBe("swift-2.1");
    expect(wordsOf(await here.draft("a red fox --model swift-mid --count 1"))).toMatch(/1 credit held/);
    expect((await here.latest()).model).toBe("swift-mid");
    expect(await here.desk.balance(here.channel)).toEqual({ available: 37, reserved: 13, spent: 0 });
  });

  it("that is not there is asked about, and nothing is started", async () => {
    for (const [text, sentence] of [
      ["a fox --model swift-lit", "There is no model swift-lit. Did you mean swift-lite?"],
      [
        "a fox --model grand",
        "There is no model grand. Drafts are made by swift-lite, swift-mid, swift-2.1.",
      ],
    ] as const)
      expect(wordsOf(await here.draft(text))).toBe(sentence);
    expect(await here.desk.roundsOf(here.channel)).toEqual([]);
  });
});

describe("the form, where there are several models", () => {
  it("asks for the model and for how closely the final follows", async () => {
    const { form, given } = formOf(await here.draft(""));
    expect(form).toMatchObject({ id: "draft", intro: undefined });
    expect(given).toEqual({ prompt: "", count: "4", aspect: "1:1", final: "2K close", model: "*" });
    const model = form.fields.find(({ name }) => name === "model");
    expect(model?.type === "choice" && model.options).toEqual([
      { value: "*", label: "The channel's own" },
      { value: "swift-lite", label: "swift-lite, 1 credit a take" },
      { value: "swift-mid", label: "swift-mid, 1 credit a take" },
      { value: "swift-2.1", label: "swift-2.1, 2 credits a take" },
    ]);
    await here.submit(form.id, { ...given, prompt: "a fox", final: "4K exact", model: "swift-2.1" });
    expect(await here.latest()).toMatchObject({
      model: "swift-2.1",
      order: { prompt: "a fox", finalSize: "4K", keep: "exact", aspect: "1:1" },
    });
    await here.say("quota", "models draft swift-mid", { who: MAX });
    await here.submit(form.id, { ...given, prompt: "a fox" });
    expect((await here.latest()).model, "the channel's, as it is then").toBe("swift-mid");
  });

  it("brings along what was given and has no field", async () => {
    const options = { seed: "7", keep: "exact", size: "1K", aspect: "16:9", model: "swift-2.1" };
    const { form, given } = formOf(await here.draft(" ", { options }));
    expect(given).toMatchObject({ aspect: "16:9", final: "1K exact", model: "swift-2.1" });
    await here.submit(form.id, { ...given, prompt: "a fox" });
    expect(await here.latest()).toMatchObject({
      model: "swift-2.1",
      order: { seed: 7, keep: "exact", finalSize: "1K", aspect: "16:9" },
    });
  });

  it("is believed in no more than what is typed", async () => {
    const bad: readonly (readonly [string, Record<string, string>, RegExp])[] = [
      ["draft", { prompt: "a fox", model: "grand" }, /^There is no model grand\./],
      ["draft", { prompt: "a fox", final: "8K close" }, /^Size is one of/],
      ["draft", { prompt: "a fox", final: "2K tight" }, /^Keep is one of/],
      ["draft?seed=-1", { prompt: "a fox" }, /^Seed is a whole number/],
      ["draft?prompt=x", {}, /^Drafting/],
      ["drafty", { prompt: "a fox" }, /not one of ours/],
    ];
    for (const [form, answers, words] of bad)
      expect(wordsOf(await here.submit(form, answers))).toMatch(words);
  });
});

describe("a grid's Edit… and Vary…", () => {
  async function askEdit(round: Round) {
    const message = await here.desk.show(round.post);
    return here.desk.inbox.press({
      event: fresh<EventId>(),
      place: { channel: here.channel, thread: undefined },
      person: MIA,
      message,
      action: toActionId({ kind: "edit", round: round.id }),
    });
  }

  it("keep the model and how closely the final follows, unless another is chosen", async () => {
    await here.draft("a red fox --model swift-2.1 --keep exact --count 1");
    const round = await here.latest();
    await here.desk.makeGrid(round.id);
    const { form, given } = formOf(await askEdit(round));
    expect(given).toEqual({
      prompt: "a red fox",
      count: "1",
      aspect: "1:1",
      size: "2K",
      model: "swift-2.1",
    });
    await here.submit(form.id, { ...given, prompt: "a hare" });
    expect(await here.latest()).toMatchObject({ model: "swift-2.1", order: { keep: "exact" } });
    await here.submit(form.id, { ...given, prompt: "a hare", model: "swift-mid" });
    expect(await here.latest()).toMatchObject({ model: "swift-mid", order: { keep: "exact" } });
    await here.submit(form.id, { ...given, prompt: "a hare", model: "*" });
    expect((await here.latest()).model).toBe("swift-lite");
    expect(wordsOf(await here.submit(form.id, { ...given, model: "grand" }))).toMatch(/no model grand/);
    await here.submit(`vary.${round.id}`, { take: "1", count: "1" });
    expect(await here.latest()).toMatchObject({
      model: "swift-2.1",
      origin: { kind: "vary" },
      order: { keep: "exact" },
    });
  });
});

describe("a dry run", () => {
  const dry = async (text: string, attachments: readonly ReturnType<typeof sentFile>[] = []) =>
    wordsOf(await here.draft(`${text} --dry-run`, { attachments })).split("\n");

  it("names both models and their prices, and what they cannot do of it", async () => {
    expect(await dry("a red fox")).toEqual([
      "4 takes by swift-lite cost 4 credits, a 2K final by grand 5 more. This channel has 50. Leave out --dry-run to start.",
    ]);
    const pictures = [sentFile(Buffer.alloc(1)), sentFile(Buffer.alloc(1)), sentFile(Buffer.alloc(1))];
    expect(await dry("a red fox --size 4K --aspect 2:3", pictures)).toEqual([
      "4 takes by swift-lite cost 4 credits, a 4K final by grand 5 more. This channel has 50. Leave out --dry-run to start.",
      "By swift-lite a take will be 3:4 instead of 2:3, by 1 of 3 references.",
      "By grand the final will be 2K instead of 4K.",
    ]);
    expect(await dry("a red fox --model swift-mid --count 1 --seed 7")).toEqual([
      "1 take by swift-mid costs 1 credit, a 2K final by grand 5 more. This channel has 50. Leave out --dry-run to start.",
      "swift-mid has no seeds: yours changes nothing.",
    ]);
    await here.say("quota", "models final grand-pro", { who: MAX });
    expect(await dry("a red fox --size 4K --model swift-2.1")).toEqual([
      "4 takes by swift-2.1 cost 8 credits, a 4K final by grand-pro 9 more. This channel has 50. Leave out --dry-run to start.",
    ]);
    expect(await here.desk.roundsOf(here.channel)).toEqual([]);
    expect(await here.desk.balance(here.channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
  });
});
