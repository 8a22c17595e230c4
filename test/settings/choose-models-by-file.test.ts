import { describe, expect, it } from "vitest";
import { ALL, GOOGLE, KEY, models, names, namesOf, problems } from "../support/reading-models.ts";

describe("with a models file", () => {
  it("of a known model the provider, the id and the tier are enough", () => {
    const { draft, final } = models(
      GOOGLE,
      "models: [{provider: google, id: gemini-3-pro-image, tier: final}]",
    );
    expect(names(final)).toEqual(["nano-banana-pro"]);
    expect(final[0].spec).toEqual(models(GOOGLE).final[0].spec);
    // Of what it lists nothing for, all stays as it was.
    expect(names(draft)).toEqual(["nano-banana-lite", "nano-banana-2.1"]);
  });

  it("everything can be said of one that nobody knows", () => {
    const { final } = models(
      { MY_KEY: KEY },
      `models:
  - provider: fal
    id: fal-ai/flux-2/turbo
    editId: fal-ai/flux-2/turbo/edit
    tier: final
    name: turbo
    sizes: [2K, 1K]
    aspects: [1:1, 16:9]
    imagesPerCall: 2
    references: 2
    seed: false
    strength: true
    mask: true
    price: {usd: {1K: 0.01, 2K: 0.02}, credits: {1K: 2, 2K: 3}}
    tokenPrices: {textIn: 1, imageIn: 2, textOut: 3, imageOut: 4}
    timeoutSeconds: 60
    atOnce: 3
    requestsPerMinute: 30
    options: {enable_safety_checker: true, loras: [{path: x, scale: 0.5}]}
    family: diffusion
    weaknesses: [counts]
providers:
  fal: {baseUrl: https://proxy.example/fal, keyFrom: MY_KEY}
`,
    );
    expect(final).toEqual([
      {
        provider: "fal",
        modelId: "fal-ai/flux-2/turbo",
        editId: "fal-ai/flux-2/turbo/edit",
        family: "diffusion",
        keyName: "MY_KEY",
        key: expect.anything(),
        baseUrl: new URL("https://proxy.example/fal/"),
        options: { enable_safety_checker: true, loras: [{ path: "x", scale: 0.5 }] },
        tokenPrices: { textIn: 1, imageIn: 2, textOut: 3, imageOut: 4 },
        spec: {
          name: "turbo",
          tier: "final",
          id: "fal/fal-ai/flux-2/turbo",
          abilities: {
            sizes: ["1K", "2K"],
            aspects: ["1:1", "16:9"],
            // Whoever names a model for pictures has one that takes them.
            guide: true,
            strength: true,
            references: 2,
            seed: false,
            mask: true,
          },
          // One call makes two images, and charges for both.
          prices: { credits: { "1K": 2, "2K": 3, "4K": 3 }, usd: { "1K": 0.02, "2K": 0.04, "4K": 0.04 } },
          limits: { atOnce: 3, perMinute: 30, timeoutMs: 60_000 },
          weaknesses: ["counts"],
          onAbort: "billed",
        },
      },
    ]);
    expect(final[0].key?.reveal()).toBe(KEY);
  });

  it("one of Replicate that is charged by time is not cut off for nothing", () => {
    const { draft } = models(
      { REPLICATE_API_TOKEN: KEY },
      `models:
  - {provider: replicate, id: "acme/paint:0a1b2c", tier: draft, sizes: [1K], aspects: ["1:1"]}
  - {provider: replicate, id: acme/paint, name: other, tier: draft, sizes: [1K], aspects: ["1:1"]}
`,
    );
    expect(draft.map(({ spec }) => spec.onAbort)).toEqual(["billed", "free"]);
  });

  it("an unknown one needs sizes and aspects; what was meant is said", () => {
    const said = problems(
      GOOGLE,
      `models:
  - {provider: google, id: gemini-3-pro-imge, tier: final}
  - {provider: fal, id: acme/paint, tier: final, sizes: [1K]}
`,
    );
    expect(said).toEqual([
      "models.yaml, line 2: models[0].id is not known here: did you mean gemini-3-pro-image? Else say its sizes and aspects too",
      "models.yaml, line 3: models[1].id is not known here: say its aspects too",
    ]);
  });

  it("without a name it has that of its id, without what stands before the first slash", () => {
    const file =
      "models: [{provider: fal, id: acme/Paint_v2/Fast!, tier: final, sizes: [1K], aspects: [1:1]}]";
    expect(names(models({ FAL_KEY: KEY }, file).final)).toEqual(["paint_v2-fast-"]);
    expect(models({ FAL_KEY: KEY }, file).final[0].spec.prices.usd).toBeUndefined();
  });

  it("a checkpoint of one's own needs nothing more, and costs nothing", () => {
    const file = "models: [{provider: sdapi, id: juggernautXL, tier: draft, options: {steps: 8}}]";
    const [own] = models({ SDAPI_URL: "http://127.0.0.1:7860" }, file).draft;
    expect(own).toMatchObject({
      modelId: "juggernautXL",
      options: { steps: 8 },
      spec: { name: "juggernautxl", prices: { usd: { "1K": 0, "2K": 0, "4K": 0 } } },
    });
  });

  it("no two of a tier have the same name; two tiers may share one", () => {
    const line = (tier: string) => `  - {provider: google, id: gemini-nano-banana-2.1, tier: ${tier}}\n`;
    expect(namesOf(GOOGLE, `models:\n${line("draft")}${line("final")}`)).toEqual({
      draft: ["nano-banana-2.1"],
      final: ["nano-banana-2.1"],
    });
    expect(problems(GOOGLE, `models:\n${line("final")}${line("final")}`)).toEqual([
      "models.yaml, line 3: models[1].name is nano-banana-2.1, as is another final model: give it a name of its own",
    ]);
  });

  it("credits are those of the settings, unless it says otherwise", () => {
    const env = { ...GOOGLE, DRAFTROOM_PRICE_TAKE: "2", DRAFTROOM_PRICE_FINAL_4K: "11" };
    const creditsOf = (tier: string, price: string) => {
      const file = `models: [{provider: google, id: gemini-nano-banana-2.1, tier: ${tier}, price: ${price}}]`;
      const { draft, final } = models(env, file);
      return (tier === "draft" ? draft : final)[0].spec.prices.credits;
    };
    expect(creditsOf("draft", "{}")).toEqual({ "1K": 2, "2K": 2, "4K": 2 });
    expect(creditsOf("final", "{usd: 1}")).toEqual({ "1K": 4, "2K": 4, "4K": 11 });
    expect(creditsOf("final", "{credits: 5}")).toEqual({ "1K": 5, "2K": 5, "4K": 5 });
    expect(creditsOf("final", "{credits: {1K: 5, 4K: 9}}")).toEqual({ "1K": 5, "2K": 5, "4K": 9 });
    expect(creditsOf("final", "{credits: {2K: 6}}")).toEqual({ "1K": 6, "2K": 6, "4K": 6 });
  });

  it("OpenAI's prices are those of the quality that is asked for", () => {
    const usd = (tier: string, options: string) => {
      const line = `{provider: openai, id: gpt-image-2.5-flare, tier: ${tier}, options: ${options}}`;
      const { draft, final } = models({ OPENAI_API_KEY: KEY }, `models: [${line}]`);
      return (tier === "draft" ? draft : final)[0].spec.prices.usd?.["1K"];
    };
    expect(usd("draft", "{}")).toBe(0.006);
    expect(usd("final", "{}")).toBe(0.053);
    expect(usd("draft", "{quality: medium}")).toBe(0.013);
    // Whatever that is: nobody knows.
    expect(usd("draft", "{quality: auto}")).toBeUndefined();
  });

  it("an order leads, and the rest follows; it may name known models too", () => {
    expect(namesOf(ALL, "draft: [flux-2-klein, nano-banana-2.1]").draft).toEqual([
      "flux-2-klein",
      "nano-banana-2.1",
      "sdapi",
      "nano-banana-lite",
      "gpt-image-flare",
      "flux-2-flash",
      "fal-nano-banana-2.1",
      "flux-schnell",
    ]);
    expect(problems(GOOGLE, "draft: [nano-banana-lit, x, nano-banana-2.1, nano-banana-2.1]")).toEqual([
      "models.yaml, line 1: draft[0] is no draft model: did you mean nano-banana-lite?",
      "models.yaml, line 1: draft[1] is no draft model: there are nano-banana-lite, nano-banana-2.1",
      "models.yaml, line 1: draft[3] is there already",
    ]);
  });

  it("the environment's address wins over the file's: machines differ", () => {
    const file = "providers: {google: {baseUrl: https://a.example}, sdapi: {baseUrl: http://gpu:1}}";
    const { draft } = models({ ...GOOGLE, GEMINI_API_URL: "https://b.example" }, file);
    expect(draft.map((each) => `${each.baseUrl}`).slice(0, 2)).toEqual([
      "http://gpu:1/",
      "https://b.example/",
    ]);
    expect(problems(GOOGLE, "models: [{provider: sdapi, id: loaded, tier: draft}]")).toEqual([
      "models.yaml, line 1: models[0].provider needs an address: set SDAPI_URL, or providers.sdapi.baseUrl",
    ]);
  });
});
