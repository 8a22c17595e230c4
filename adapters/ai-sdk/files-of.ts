import type { ImageModelV4File } from "@ai-sdk/provider";
import type { ImageRequest } from "../../src/ports/image-model.ts";

/** The pictures that go along: the guide first, then those to go by, in their order. Undefined: none. */
export function filesOf({ guide, references }: ImageRequest): ImageModelV4File[] | undefined {
  const pictures = [...(guide === undefined ? [] : [guide.bytes]), ...references.map((each) => each.bytes)];
  if (pictures.length === 0) return undefined;
  return pictures.map((data) => ({ type: "file", mediaType: mediaTypeOf(data), data }));
}

/** By the first byte, which is enough to tell the three types that a request has: PNG, JPEG and WebP. */
function mediaTypeOf(bytes: Uint8Array): "image/png" | "image/jpeg" | "image/webp" {
  if (bytes[0] === 0x89) return "image/png";
  return bytes[0] === 0xff ? "image/jpeg" : "image/webp";
}
