import type { ImageRequest } from "../../../src/ports/image-model.ts";
import { filesOf } from "../files-of.ts";
import { promptFor } from "../hand-off.ts";
import type { HostedModel, VendorCall } from "../vendor.ts";
import { fitPixels, idFor, shapeOf } from "./model-shape.ts";

/** The options are in Black Forest Labs' own words, not in the package's; see `amend`. */
export function toCall(model: HostedModel, request: ImageRequest): VendorCall {
  const files = filesOf(request);
  const { pixels, pictures } = shapeOf(idFor(model, files !== undefined));
  const { width, height } = pixels === undefined ? request.dimensions : fitPixels(request.dimensions, pixels);
  return {
    prompt: promptFor(model.family, request),
    size: pixels === undefined ? undefined : `${width}x${height}`,
    aspectRatio: pixels === undefined ? request.aspect : undefined,
    seed: request.seed,
    files,
    providerOptions: {
      bfl: {
        // Nothing is lost on the way; without a word it would be JPEG.
        output_format: "png",
        image_prompt_strength: pictures === "image_prompt" ? request.guide?.strength : undefined,
        ...model.options,
      },
    },
  };
}
