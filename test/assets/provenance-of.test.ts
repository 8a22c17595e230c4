import { describe, expect, it } from "vitest";
import { provenanceOf } from "../../src/assets/provenance-of.ts";
import type { AssetId } from "../../src/core/ids.ts";

const by = (model: string, ...references: string[]) => ({ model, references: references as AssetId[] });

describe("where a picture comes from", () => {
  it.each([
    ["a model", [by("google/a")], "trainedAlgorithmicMedia", "google/a"],
    [
      "a model and what people sent",
      [by("google/a", "photo")],
      "compositeWithTrainedAlgorithmicMedia",
      "google/a",
    ],
    ["our own algorithm", [by("draftroom/sketch")], "algorithmicMedia", "draftroom/sketch"],
    [
      "the same, which looks at nothing that people sent",
      [by("draftroom/sketch", "photo")],
      "algorithmicMedia",
      "draftroom/sketch",
    ],
    [
      "the takes of a grid, of which one went to another model",
      [by("google/a"), by("google/a"), by("openai/b")],
      "trainedAlgorithmicMedia",
      "google/a, openai/b",
    ],
    [
      "takes of which one is a model's",
      [by("draftroom/sketch", "photo"), by("openai/b")],
      "trainedAlgorithmicMedia",
      "draftroom/sketch, openai/b",
    ],
    [
      "takes of which one has gone by what people sent",
      [by("google/a"), by("openai/b", "photo")],
      "compositeWithTrainedAlgorithmicMedia",
      "google/a, openai/b",
    ],
  ])("%s", (_, recipes, source, system) => {
    expect(provenanceOf(recipes)).toEqual({ source, system });
  });

  it("of pictures without recipes is not said", () => {
    expect(provenanceOf([])).toBeUndefined();
  });
});
