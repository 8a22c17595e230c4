import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AskingDraft, formOf, openAskingDraft, wordsOf } from "../support/asking-draft.ts";
import { sentFile } from "../support/attachments.ts";
import { audit } from "../support/audit.ts";
import { onlyModel, specOf, UNASKED } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { MAX, MIA, NOOR } from "../support/story-desk.ts";

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

const SIGN = "a shop with a sign that says Luna";
const ADVICE = "Fast models often misspell words in pictures. swift-2.1 does better, for 2 credits a take.";

describe("advice before spending", () => {
  it("is the form, filled in, with the better model chosen, and nothing is held", async () => {
    const { form, given } = formOf(
      await here.draft(`${SIGN} --count 6 --aspect 16x9 --seed 7 --size 4k --keep exact`),
    );
    expect(form.intro).toBe(ADVICE);
    expect(given).toEqual({ prompt: SIGN, model: "swift-2.1", count: "6", advice: "show" });
    expect(await here.desk.roundsOf(here.channel)).toEqual([]);
    expect(await here.desk.balance(here.channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
    const words = wordsOf(await here.submit(form.id, given));
    expect(words).toBe("Drafting 6 takes. 12 credits held, 38 left.");
    expect(await here.latest()).toMatchObject({
      model: "swift-2.1",
      origin: { kind: "draft" },
      order: { prompt: SIGN, count: 6, aspect: "16:9", seed: 7, finalSize: "4K", keep: "exact" },
    });
    expect((await here.draft(SIGN)).kind, "as long as nobody has had enough of it").toBe("form");
  });

  it("need not be followed, and is given no more to whoever has had enough of it, there", async () => {
    const { form, given } = formOf(await here.draft(SIGN));
    const answers = { ...given, model: "swift-lite", advice: "never" };
    expect(wordsOf(await here.submit(form.id, { ...answers, count: "17" }))).toMatch(/^Count is/);
    expect((await here.draft(SIGN)).kind, "a form that was refused dismisses nothing").toBe("form");
    await here.submit(form.id, answers);
    expect((await here.latest()).model).toBe("swift-lite");
    expect((await here.draft(SIGN)).kind).toBe("started");
    expect((await here.draft(SIGN, { who: NOOR })).kind).toBe("form");
    expect((await openAskingDraft(bench).draft(SIGN)).kind).toBe("form");
  });

  it("is a sentence of a dry run", async () => {
    const dry = async () => wordsOf(await here.draft(`${SIGN} --dry-run`)).split("\n");
    expect(await dry()).toEqual([expect.stringMatching(/^4 takes by swift-lite cost 4/), ADVICE]);
    await here.say("quota", "models advice off", { who: MAX });
    expect(await dry()).toHaveLength(1);
  });

  it("is not given where it is off, to who has named a model, in a form, or of what no model gets wrong", async () => {
    expect((await here.draft(`${SIGN} --model swift-lite`)).kind).toBe("started");
    expect((await here.draft("a red fox in snow")).kind).toBe("started");
    expect((await here.draft("a bottle in #ff6600")).kind).toBe("started");
    expect((await here.submit("draft", { prompt: SIGN })).kind).toBe("started");
    await here.say("quota", "models advice off", { who: MAX });
    expect((await here.draft(SIGN)).kind).toBe("started");
    await here.say("quota", "models advice on", { who: MAX });
    expect((await here.draft(SIGN)).kind).toBe("form");
    await here.say("quota", "models draft swift-2.1", { who: MAX });
    expect((await here.draft(SIGN)).kind, "the channel's model spells well").toBe("started");
  });

  it.each([
    [
      "three lemons",
      "swift-mid",
      "Fast models often draw more or fewer things than asked. swift-mid does better, for 1 credit a take.",
    ],
    [
      "three lemons on a sign that says Luna",
      "swift-2.1",
      "Fast models often misspell words in pictures and draw more or fewer things than asked. swift-2.1 does better, for 2 credits a take.",
    ],
    [
      "three lemons above a plate, in front of a sign that says Luna",
      "swift-mid",
      "Fast models often misspell words in pictures, draw more or fewer things than asked and mix up what stands where. swift-mid does better, for 1 credit a take.",
    ],
  ])("of %s names %s", async (prompt, model, words) => {
    const { form, given } = formOf(await here.draft(prompt));
    expect([form.intro, given.model]).toEqual([words, model]);
  });

  it("leaves the pictures that came along to whoever shows the form", async () => {
    const file = sentFile(Buffer.alloc(1));
    const { form } = formOf(await here.draft(SIGN, { options: { seed: "7" }, attachments: [file] }));
    expect(form.id).toBe("draft?seed=7");
    expect(file.reads).toEqual([]);
  });

  it("says who does better where no model that drafts does", async () => {
    const weak = { weaknesses: ["lettering"] } as const;
    const one = onlyModel(UNASKED, weak);
    const only = openAskingDraft(bench, one);
    const { form, given } = formOf(await only.draft(SIGN));
    expect(form.intro).toBe("Fast models often misspell words in pictures. Look closely before you pick.");
    expect(given).toEqual({ prompt: SIGN, count: "4", advice: "show" });
    await only.submit(form.id, given, { who: MIA });
    expect((await only.latest()).order.prompt).toBe(SIGN);
    const final = { spec: specOf("final", { name: "grand" }), image: UNASKED };
    const { form: other } = formOf(await openAskingDraft(bench, { ...one, final: [final] }).draft(SIGN));
    expect(other.intro).toBe(
      "Fast models often misspell words in pictures. The final does better: grand makes it.",
    );
  });
});
