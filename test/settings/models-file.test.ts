import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { parseModelsFile } from "../../src/settings/read-models-file.ts";

const problems = (source: string) => {
  const read = parseModelsFile("models.yaml", source);
  return read.status === "bad" ? read.problems : [];
};

describe("what is wrong with a models file", () => {
  it("is said all at once, each with its line and its place, what would be right and what was meant", () => {
    const said = problems(`models:
  - {provider: gogle, id: hunter2, teir: final}
  - provider: fal
    id: hunter2
    tier: Final
    name: Hunter 2
    sizes: [1K, 8K]
    aspects: []
    seed: yes
    prise: {usd: 1}
    price: {usd: {1K: -1}, credits: 1.5}
    tokenPrices: {textIn: 1, imageIn: hunter2, textOut: 1}
    timeoutSeconds: 0
    references: 5
    weaknesses: [spelling]
    options: hunter2
  - hunter2
darft: [hunter2]
final: hunter2
providers:
  google: {baseUrl: http://hunter2.example, keyFrom: hunter2-hunter2}
  fall: {}
`);
    expect(said).toEqual([
      "models.yaml, line 2: models[0].provider is sketch, google, openai, fal, replicate, bfl or sdapi: did you mean google?",
      "models.yaml, line 2: models[0].tier is missing: it is draft or final",
      "models.yaml, line 2: models[0].teir is no setting: did you mean tier?",
      "models.yaml, line 5: models[1].tier is draft or final: did you mean final?",
      "models.yaml, line 6: models[1].name is a short name: small letters, digits, “.”, “-” and “_”, 40 at most",
      "models.yaml, line 7: models[1].sizes[1] is 1K, 2K or 4K",
      "models.yaml, line 8: models[1].aspects names at least one aspect",
      "models.yaml, line 14: models[1].references is a whole number from 0 to 4",
      "models.yaml, line 9: models[1].seed is true or false",
      "models.yaml, line 11: models[1].price.usd.1K is a number of US dollars up to 1000",
      "models.yaml, line 11: models[1].price.credits is a whole number of credits up to 10000, or one for each size, such as {1K: 4, 4K: 7}",
      "models.yaml, line 12: models[1].tokenPrices.imageIn is a number of US dollars for a million tokens",
      "models.yaml, line 12: models[1].tokenPrices.imageOut is missing: it is a number of US dollars for a million tokens",
      "models.yaml, line 13: models[1].timeoutSeconds is a whole number from 1 to 3600",
      "models.yaml, line 16: models[1].options has settings in the provider's own words, by name",
      "models.yaml, line 15: models[1].weaknesses[0] is lettering, counts, relations or colors",
      "models.yaml, line 10: models[1].prise is no setting: did you mean price?",
      "models.yaml, line 17: models[2] has provider, id and tier",
      "models.yaml, line 19: final is a list of names of models",
      "models.yaml, line 21: providers.google.baseUrl starts with https:// (http:// only for this machine)",
      "models.yaml, line 21: providers.google.keyFrom is the name of an environment variable, not a key",
      "models.yaml, line 22: providers.fall is no setting: did you mean fal?",
      "models.yaml, line 18: darft is no setting: did you mean draft?",
    ]);
  });

  it.each([
    ["models:\n  - {provider: fal\n  - x", /^models\.yaml, line 3: /],
    ["models: []\nmodels: []", /^models\.yaml, line 2: Map keys must be unique/],
    ["models: *nobody", /^models\.yaml: its aliases \(\*\) name nothing, or too much$/],
    ["- draft", /^models\.yaml: the file has models, draft, final and providers$/],
    ["models:", /^models\.yaml, line 1: models is a list of models$/],
    ["models: []\n---\nmodels: []", /^models\.yaml, line 2: /],
  ])("%j", (source, said) => {
    expect(problems(source)[0]).toMatch(said);
  });

  it("nothing, when it says nothing", () => {
    for (const source of ["", "# later\n", "models: []", "{}"]) expect(problems(source)).toEqual([]);
  });

  it("reading never throws", () => {
    const word = fc.constantFrom("models", "draft", "final", "providers", "provider", "id", "tier", "price");
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom("fal", "draft", "1K"),
      fc.integer(),
      fc.constant(null),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof({ maxDepth: 5 }, value, fc.array(tie("tree")), fc.dictionary(word, tie("tree"))),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          tree.map((each) => JSON.stringify(each)),
        ),
        (source) => {
          expect(["ok", "bad"]).toContain(readConfig({}, () => source).status);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("where it is", () => {
  it("models.yaml is read if it is there; another has to be there", () => {
    const asked: string[] = [];
    const without = (path: string) => {
      asked.push(path);
      return undefined;
    };
    expect(readConfig({}, without).status).toBe("ok");
    expect(readConfig({ DRAFTROOM_MODELS_FILE: "models.yaml" }, without).status).toBe("ok");
    expect(readConfig({ DRAFTROOM_MODELS_FILE: "/etc/draftroom.yaml" }, without)).toMatchObject({
      problems: ["DRAFTROOM_MODELS_FILE names a file that is not there"],
    });
    expect(asked).toEqual(["models.yaml", "models.yaml", "/etc/draftroom.yaml"]);
    // A folder, of all things.
    expect(readConfig({ DRAFTROOM_MODELS_FILE: "test" })).toMatchObject({
      problems: ["DRAFTROOM_MODELS_FILE names a file that cannot be read"],
    });
  });

  it("what is wrong with it is said together with what else is wrong", () => {
    const read = readConfig({ DRAFTROOM_PORT: "x" }, () => "darft: []");
    expect(read).toMatchObject({
      problems: [
        "DRAFTROOM_PORT is a whole number",
        "models.yaml, line 1: darft is no setting: did you mean draft?",
      ],
    });
  });
});
