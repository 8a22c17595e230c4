import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ALL, GOOGLE, KEY, models, names, namesOf, problems, read } from "../support/reading-models.ts";

describe("without a models file", () => {
  it("nothing set: the sketch, in both tiers", () => {
    expect(namesOf({})).toEqual({ draft: ["sketch"], final: ["sketch"] });
    const [sketch] = models({}).final;
    expect(sketch).toMatchObject({
      provider: "sketch",
      keyName: undefined,
      key: undefined,
      spec: {
        id: "draftroom/sketch",
        tier: "final",
        onAbort: "free",
        prices: { credits: { "1K": 4, "2K": 4, "4K": 7 }, usd: { "1K": 0, "2K": 0, "4K": 0 } },
      },
    });
  });

  it.each([
    ["GEMINI_API_KEY", ["nano-banana-lite", "nano-banana-2.1"], ["nano-banana-pro", "nano-banana-2.1"]],
    ["OPENAI_API_KEY", ["gpt-image-flare"], ["gpt-image-sunburst"]],
    ["FAL_KEY", ["flux-2-flash", "fal-nano-banana-2.1"], ["fal-nano-banana-pro", "fal-nano-banana-2.1"]],
    ["REPLICATE_API_TOKEN", ["flux-schnell"], ["replicate-nano-banana-pro"]],
    ["BFL_API_KEY", ["flux-2-klein"], ["flux-2-pro"]],
  ])("%s alone is enough", (keyName, draft, final) => {
    expect(namesOf({ [keyName]: KEY })).toEqual({ draft, final });
    for (const each of Object.values(models({ [keyName]: KEY })).flat()) {
      expect(each).toMatchObject({ keyName });
      expect(each.key?.reveal()).toBe(KEY);
    }
  });

  it("so is the address of one's own server, also where there is no certificate", () => {
    const { draft, final } = models({ SDAPI_URL: "http://gpu.local:7860" });
    expect(names([...draft, ...final])).toEqual(["sdapi", "sdapi"]);
    expect(`${draft[0].baseUrl}`).toBe("http://gpu.local:7860/");
    expect(draft[0].spec).toMatchObject({ onAbort: "free", limits: { atOnce: 1 } });
  });

  it("several keys: one's own server leads, then Google, OpenAI, fal, Black Forest Labs and Replicate", () => {
    const { draft, final } = models(ALL);
    const order = ["sdapi", "google", "openai", "fal", "bfl", "replicate"];
    for (const tier of [draft, final]) expect([...new Set(tier.map((each) => each.provider))]).toEqual(order);
  });

  it("advice has somewhere to send people who want letters in the picture", () => {
    const [first, ...others] = models(GOOGLE).draft;
    expect(first.spec.weaknesses).toContain("lettering");
    expect(others.some((each) => !each.spec.weaknesses.includes("lettering"))).toBe(true);
  });

  it("what is cut off is paid for, but at home and at Replicate", () => {
    for (const { provider, spec } of Object.values(models(ALL)).flat()) {
      expect(spec.onAbort, provider).toBe(["sdapi", "replicate"].includes(provider) ? "free" : "billed");
    }
  });

  it("addresses: https, or this machine", () => {
    const [lite] = models({ ...GOOGLE, GEMINI_API_URL: "http://127.0.0.1:8/v1beta" }).draft;
    expect(`${lite.baseUrl}`).toBe("http://127.0.0.1:8/v1beta/");
    expect(models(GOOGLE).draft[0].baseUrl).toBeUndefined();
    expect(problems({ ...GOOGLE, GEMINI_API_URL: "http://example.com" }, "")).toEqual([
      "GEMINI_API_URL starts with https:// (http:// only for this machine)",
    ]);
  });

  it("a key is never quoted, and says what is wrong with it", () => {
    for (const key of ["hunter2", `${KEY} ${KEY}`, `${KEY}\n`]) {
      expect(problems({ FAL_KEY: key }, "")).toEqual(["FAL_KEY has at least 16 characters, and no spaces"]);
    }
    const { config } = read(ALL);
    for (const printed of [JSON.stringify(config), inspect(config, { depth: 9 })]) {
      expect(printed).toContain("[secret]");
      expect(printed).not.toContain("hunter2");
    }
  });

  it.each([
    ["GOOGLE_API_KEY", "GEMINI_API_KEY"],
    ["FAL_API_KEY", "FAL_KEY"],
    ["GEMINI_API_KYE", "GEMINI_API_KEY"],
    ["REPLICATE_API_TOKN", "REPLICATE_API_TOKEN"],
    ["SDAPI_URI", "SDAPI_URL"],
  ])("%s is said to be no setting", (name, meant) => {
    expect(read({ [name]: KEY }).hints).toEqual([`${name} is no setting: did you mean ${meant}?`]);
  });

  it("variables of other programs are left alone", () => {
    expect(read({ OPENAI_ORG_ID: "x", ...GOOGLE, GOOGLE_API_KEY: "x" }).hints).toEqual([]);
  });
});

describe("keys that are not set", () => {
  const FILE = `models:
  - {provider: google, id: gemini-3-pro-image, tier: final}
  - {provider: fal, id: fal-ai/nano-banana-pro, tier: final}
  - {provider: openai, id: gpt-image-2.5-sunburst, tier: final}
providers: {openai: {keyFrom: ART_KEY}}
`;

  it("of some models: the others are there, and it is said", () => {
    const { config, hints } = read({ FAL_KEY: KEY }, FILE);
    expect(names(config.models.final)).toEqual([
      "nano-banana-pro",
      "fal-nano-banana-pro",
      "gpt-image-sunburst",
    ]);
    expect(hints).toEqual([
      "GEMINI_API_KEY is not set, so these models cannot be asked: nano-banana-pro",
      "ART_KEY is not set, so these models cannot be asked: gpt-image-sunburst",
    ]);
    expect(read({ ...GOOGLE, FAL_KEY: KEY, ART_KEY: KEY }, FILE).hints).toEqual([]);
  });

  it("of a whole tier: nothing could be made, and which one to set is said", () => {
    expect(problems({}, FILE)).toEqual([
      "no final model has its key: set GEMINI_API_KEY or FAL_KEY or ART_KEY",
    ]);
    expect(problems({ ART_KEY: "hunter2" }, FILE)).toContain(
      "ART_KEY has at least 16 characters, and no spaces",
    );
  });

  it("a gateway asks no models and needs none", () => {
    const gateway = { DRAFTROOM_ROLE: "gateway", DATABASE_URL: "postgres://db/x" };
    expect(read(gateway, FILE).hints).toEqual([]);
    expect(names(models(gateway, FILE).final)).toEqual(names(models({ ...ALL, ART_KEY: KEY }, FILE).final));
  });
});
