import type { Asked } from "./provider-server.ts";

/** A request for an image, as OpenAI's reference describes it: https://developers.openai.com/api/reference/resources/images. */
export interface OpenaiOrder {
  readonly model: string;
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly quality: string;
  readonly format: "png" | "jpeg" | "webp";
  readonly pictures: readonly Uint8Array[];
  /** What was sent besides pictures. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What OpenAI refuses: the code and the parameter of its error. */
export interface OpenaiRefusal {
  readonly code: string;
  readonly param: string;
}

const MODELS = ["gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "gpt-image-2.6-sunburst"];
export const isOpenaiModel = (id: string) => MODELS.includes(id);

const BOTH = [
  "model prompt n size quality background moderation output_format output_compression complexity user",
  "safety_identifier partial_images stream",
].flatMap((each) => each.split(" "));
const FIELDS = { generations: [...BOTH, "style"], edits: [...BOTH, "input_fidelity"] } as const;
export type OpenaiEndpoint = keyof typeof FIELDS;

/** From `image` or `image[]`: at most 16, each below 50 MB. */
const PICTURES_MAX = 16;
const PICTURE_BYTES_MAX = 50_000_000;

/** Values that a field may have. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  quality: ["auto", "low", "medium", "high", "xhigh", "max"],
  output_format: ["png", "jpeg", "webp"],
  background: ["auto", "opaque", "transparent"],
  moderation: ["auto", "low"],
  complexity: ["low", "medium", "high"],
  input_fidelity: ["high", "low"],
  n: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
};

/** Edits come as a form, generations as JSON. */
export async function readOpenaiOrder(
  endpoint: OpenaiEndpoint,
  asked: Asked,
): Promise<OpenaiOrder | OpenaiRefusal> {
  const type = asked.headers.get("content-type") ?? "";
  if (endpoint === "generations") {
    if (!type.startsWith("application/json")) return refuse("unsupported_content_type", "content-type");
    return toOrder("generations", JSON.parse(asked.body.toString()) as Record<string, unknown>, []);
  }
  if (!type.startsWith("multipart/form-data")) return refuse("unsupported_content_type", "content-type");
  const form = await new Response(new Uint8Array(asked.body), {
    headers: { "content-type": type },
  }).formData();
  const files = [...form].filter(([, value]) => typeof value !== "string") as [string, File][];
  // One file is `image`, several are `image[]`.
  const name = files.length === 1 ? "image" : "image[]";
  if (files.length === 0) return refuse("missing_required_parameter", "image");
  if (files.length > PICTURES_MAX) return refuse("array_above_max_length", "image");
  const wrong = files.find(
    ([field, file]) =>
      field !== name ||
      !["image/png", "image/jpeg", "image/webp"].includes(file.type) ||
      file.size >= PICTURE_BYTES_MAX,
  );
  if (wrong) return refuse("invalid_value", wrong[0]);
  const pictures = await Promise.all(files.map(async ([, file]) => new Uint8Array(await file.arrayBuffer())));
  const words = [...form].filter(([, value]) => typeof value === "string") as [string, string][];
  // A form's line ends are CR LF: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data.
  const fields = Object.fromEntries(words.map(([field, value]) => [field, value.replaceAll("\r\n", "\n")]));
  return toOrder("edits", fields, pictures);
}

function toOrder(
  endpoint: OpenaiEndpoint,
  fields: Readonly<Record<string, unknown>>,
  pictures: readonly Uint8Array[],
): OpenaiOrder | OpenaiRefusal {
  const unknown = Object.keys(fields).find((each) => !FIELDS[endpoint].includes(each));
  if (unknown !== undefined) return refuse("unknown_parameter", unknown);
  const { model, prompt, size = "auto", quality = "auto", output_format: format = "png" } = fields;
  if (typeof model !== "string") return refuse("missing_required_parameter", "model");
  if (typeof prompt !== "string" || prompt === "") return refuse("missing_required_parameter", "prompt");
  for (const [field, values] of Object.entries(VALUES)) {
    if (field in fields && !values.includes(`${fields[field]}`)) return refuse("invalid_value", field);
  }
  const pixels = size === "auto" ? { width: 1024, height: 1024 } : toPixels(`${size}`);
  if (pixels === undefined) return refuse("invalid_value", "size");
  return {
    model,
    prompt,
    ...pixels,
    quality: `${quality}`,
    format: format as OpenaiOrder["format"],
    pictures,
    fields,
  };
}

/**
 * Sides in multiples of 16 and at most 3840, no longer than 3:1, and from 655,360 to 8,294,400 pixels in all:
 * https://platform.openai.com/docs/guides/image-generation.
 */
function toPixels(size: string): { readonly width: number; readonly height: number } | undefined {
  const [, width = 0, height = 0] = (/^(\d+)x(\d+)$/.exec(size) ?? []).map(Number);
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const isGood =
    width % 16 === 0 &&
    height % 16 === 0 &&
    long <= 3840 &&
    long <= 3 * short &&
    width * height >= 655_360 &&
    width * height <= 8_294_400;
  return isGood ? { width, height } : undefined;
}

const refuse = (code: string, param: string): OpenaiRefusal => ({ code, param });
