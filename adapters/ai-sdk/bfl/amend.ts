import type { ImageModelV4File, JSONObject } from "@ai-sdk/provider";
import type { Fetch } from "../wire.ts";
import { shapeOf } from "./model-shape.ts";

/**
 * What the package asks, put right: to a width and a height it adds an aspect, which models that are told pixels
 * do not know; it has another name for a picture than some models; and of the options it leaves out those that are
 * newer than itself, and sides of more than 1920 pixels.
 *
 * @param files come in here alone, since each way through the package would make one more copy of them.
 * @param words in Black Forest Labs' own: they win.
 */
export function amend(
  fetch: Fetch,
  id: string,
  files: readonly ImageModelV4File[],
  words: JSONObject,
): Fetch {
  const { pixels, pictures } = shapeOf(id);
  const shown = files.map((file, at) => [at === 0 ? pictures : `${pictures}_${at + 1}`, toBase64(file)]);
  return async (input, init) => {
    if (init?.method !== "POST" || typeof init.body !== "string") return await fetch(input, init);
    const { aspect_ratio, ...rest } = JSON.parse(init.body) as Record<string, unknown>;
    const shape = pixels === undefined ? { aspect_ratio } : {};
    const body = JSON.stringify({ ...rest, ...shape, ...Object.fromEntries(shown), ...words });
    return await fetch(input, { ...init, body });
  };
}

/** As it is: a data URL is no picture there. */
function toBase64(file: ImageModelV4File): string {
  if (file.type === "url") return file.url;
  return typeof file.data === "string" ? file.data : Buffer.from(file.data).toString("base64");
}
