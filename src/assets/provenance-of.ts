import type { Recipe } from "../core/asset.ts";
import type { Provenance } from "../images/provenance.ts";

/** Models of our own are algorithms: nothing has trained them. */
const OWN = "draftroom/";

/**
 * Where a picture comes from that was made by these recipes: one, or those of a grid's takes. Pictures that
 * people sent have gone into it when a recipe has references: then it is a composite of theirs and the model's.
 */
export function provenanceOf(
  recipes: readonly Pick<Recipe, "model" | "references">[],
): Provenance | undefined {
  if (recipes.length === 0) return undefined;
  const system = [...new Set(recipes.map((each) => each.model))].join(", ");
  const trained = recipes.filter((each) => !each.model.startsWith(OWN));
  if (trained.length === 0) return { source: "algorithmicMedia", system };
  const isComposite = trained.some((each) => each.references.length > 0);
  return {
    source: isComposite ? "compositeWithTrainedAlgorithmicMedia" : "trainedAlgorithmicMedia",
    system,
  };
}
