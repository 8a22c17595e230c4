import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCommandSpecs } from "../../commands/command-specs.ts";
import { createDraftSpec } from "../../commands/draft.ts";
import type { ChannelRef, EventId } from "../../src/core/ids.ts";
import { REFERENCES_MAX } from "../../src/core/round.ts";
import { TIME_ZONES, toTimeZone } from "../../src/core/time-zone.ts";
import type { CommandCall, Reply } from "../../src/ports/chat.ts";
import type { OptionSpec } from "../../src/ports/command-spec.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { type Desk, inWords, MAX, MIA, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
  channel = desk.channel();
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

const call = (said: Pick<CommandCall, "name" | "text" | "options">, person = MIA) =>
  desk.inbox.command({
    event: fresh<EventId>(),
    place: { channel, thread: undefined },
    person,
    mentions: [],
    attachments: [],
    isLive: false,
    ...said,
  });
const draft = (text: string, options: CommandCall["options"] = {}) => call({ name: "draft", text, options });
const wordsOf = (reply: Reply) => ("card" in reply ? inWords(reply.card) : reply.kind);

async function ordered() {
  const [id] = await desk.roundsOf(channel);
  if (id === undefined) throw new Error("no round was started");
  return (await desk.roundOf(id)).order;
}

describe("options that are asked for one by one", () => {
  it("are what the round is made of", async () => {
    const options = { count: "6", aspect: "16:9", seed: "7", size: "4K", model: "test" };
    expect((await draft("a red fox", options)).kind).toBe("started");
    expect(await ordered()).toMatchObject({ count: 6, aspect: "16:9", seed: 7, finalSize: "4K" });
  });

  it("leave the words alone, whatever is in them", async () => {
    await draft('"quoted" --count 2 —seed=9 --nonsense', { count: "1" });
    expect(await ordered()).toMatchObject({ prompt: '"quoted" --count 2 —seed=9 --nonsense', count: 1 });
  });

  it("are no less believed in than what is typed", async () => {
    for (const [options, sentence] of [
      [{ count: "17" }, /^Count is a whole number from 1 to 16, such as 4\. You gave 17\.$/],
      [{ aspect: "5:1" }, /^Aspect is one of/],
      [{ seed: "-1" }, /^Seed is a whole number/],
      [{ size: "8K" }, /^Size is one of/],
      [{ model: "tset" }, /^There is no model tset\. Did you mean test\?/],
    ] as const) {
      expect(wordsOf(await draft("a fox", options))).toMatch(sentence);
    }
    expect(await desk.roundsOf(channel)).toEqual([]);
  });

  it("may be a question about the price", async () => {
    const words = wordsOf(await draft("a fox", { count: "6", "dry-run": "yes" }));
    expect(words).toMatch(/^6 takes by test cost 6 credits.* Leave out dry-run to start\.$/m);
    expect(wordsOf(await draft("", { "dry-run": "yes" })).trim()).toBe(
      "Say what to draft, for example: a red fox in snow",
    );
    expect(await desk.roundsOf(channel)).toEqual([]);
  });

  it("without words open the form, with what was said in it", async () => {
    const reply = await draft(" ", { count: "6", aspect: "9:16", size: "1K", seed: "7" });
    if (reply.kind !== "form") throw new Error(reply.kind);
    const values = Object.fromEntries(reply.form.fields.map((each) => [each.name, each.value]));
    expect(values).toEqual({ prompt: "", count: "6", aspect: "9:16", size: "1K", seed: "7" });
    const odd = await draft("", { count: "99", aspect: "wide" });
    if (odd.kind !== "form") throw new Error(odd.kind);
    expect(odd.form.fields.slice(1, 3).map((each) => each.value)).toEqual(["4", "1:1"]);
  });
});

describe("--model", () => {
  const typed = (text: string) => call({ name: "draft", text, options: undefined });

  it("names the model that drafts", async () => {
    expect((await typed("a fox --model TEST")).kind).toBe("started");
  });

  it.each([
    ["a fox --model tes", "There is no model tes. Did you mean test?"],
    ["a fox --model dalle", "There is no model dalle. Drafts are made by test."],
    ["a fox --model", "--model needs a value, such as --model test."],
  ])("%s: %s", async (text, sentence) => {
    expect(wordsOf(await typed(text))).toBe(sentence);
    expect(await desk.roundsOf(channel)).toEqual([]);
  });

  it("is in the help", async () => {
    const words = wordsOf(await call({ name: "help", text: "", options: undefined }));
    expect(words).toContain("--size, --keep, --model, --like, --dry-run");
  });
});

describe("/help", () => {
  const help = (options: CommandCall["options"]) => call({ name: "help", text: "", options }).then(wordsOf);

  it("names options as they are asked for", async () => {
    const words = await help({});
    expect(words).toContain("Also: count, aspect, seed, size, keep, model, like, dry-run.");
    expect(words).toContain("/draft prompt: a red fox in snow count: 6 aspect: 16:9");
    expect(words).not.toContain("--");
    expect(await help(undefined)).toContain("/draft a red fox in snow --count 6 --aspect 16:9");
  });

  it("leaves a gap between how it works and what there is", async () => {
    for (const options of [{}, undefined]) expect(await help(options)).toMatch(/\n\n\/draft {2}/);
  });
});

describe("/quota", () => {
  const quota = (text: string) => call({ name: "quota", text, options: {} }, MAX).then(wordsOf);

  it("show is what it says alone", async () => {
    expect(await quota("show")).toBe(await quota(""));
    expect(await quota("shwo")).toBe("There is no /quota shwo. Did you mean /quota show?");
  });

  it("shows managers what there is by name", async () => {
    const noteOf = async (text: string, person = MAX) => {
      const reply = await call({ name: "quota", text, options: {} }, person);
      return "card" in reply ? reply.card.note : undefined;
    };
    expect(await noteOf("show")).toMatch(
      /^For managers: \/quota grant · \/quota set · .* · \/quota roles · \/quota models$/,
    );
    expect(await noteOf("show", MIA)).toBeUndefined();
    expect(await noteOf("roles")).toMatch(/^\/quota roles role: directors who: @ada, or nobody/);
  });

  it("says what cannot be, without words to type", async () => {
    expect((await quota("grant 0 spring")).trim()).toBe("Say how many credits, 1 to 1,000,000, and why.");
    expect(await quota("roles directors whoever")).toMatch(/^Say who: \/quota roles role: directors/);
  });

  it("takes what follows a subcommand in the order of its options", async () => {
    expect(await quota("grant 100 spring launch")).toMatch(/^Added 100 credits: spring launch\./);
    expect(await quota("set 500 month Asia/Tokyo")).toMatch(
      /^The allowance is 500 per month\..*\(Asia\/Tokyo\)/,
    );
    expect(await quota("roles directors nobody")).toContain("Art directors: nobody");
  });
});

describe("what can be asked for", () => {
  const specs = createCommandSpecs(["sketch"]);
  const options = specs.flatMap((spec): readonly OptionSpec[] => [
    ...spec.options,
    ...spec.subcommands.flatMap((each) => each.options),
  ]);

  it("has names, and what each may be", () => {
    expect(options.length).toBeGreaterThan(10);
    for (const { name, summary, value } of options) {
      expect(name).toMatch(/^[a-z-]{1,32}$/);
      expect(summary.length).toBeGreaterThan(5);
      expect(summary.length).toBeLessThanOrEqual(100);
      if (value.kind === "choice") expect(value.values.length).toBeGreaterThan(0);
      if (value.kind === "number") expect(value.max).toBeGreaterThan(value.min);
    }
    expect(createDraftSpec([]).attachmentsMax).toBe(REFERENCES_MAX);
  });

  it("comes with required options before the others, as they are typed", () => {
    for (const { options } of specs.flatMap((spec) => spec.subcommands)) {
      const required = options.map((each) => each.required);
      expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)));
    }
  });

  it("offers zones that are zones", () => {
    expect(TIME_ZONES.length).toBeGreaterThan(300);
    expect(TIME_ZONES.filter((zone) => toTimeZone(zone) === undefined)).toEqual([]);
    expect(new Set(TIME_ZONES).size).toBe(TIME_ZONES.length);
  });
});
