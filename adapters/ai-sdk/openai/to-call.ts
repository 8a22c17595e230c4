import type { ImageRequest } from "../../../src/ports/image-model.ts";
import { filesOf } from "../files-of.ts";
import { promptFor } from "../hand-off.ts";
import type { HostedModel, VendorCall } from "../vendor.ts";
import { allowedSize } from "./allowed-size.ts";

/** There are no seeds and no aspects: pixels say both shape and size. */
export function toCall(model: HostedModel, request: ImageRequest): VendorCall {
  const { width, height } = allowedSize(request.dimensions);
  return {
    prompt: promptFor(model.family, request),
    size: `${width}x${height}`,
    aspectRatio: undefined,
    seed: undefined,
    files: filesOf(request),
    providerOptions: {
      openai: { quality: request.tier === "draft" ? "low" : "high", outputFormat: "png" },
    },
  };
}
