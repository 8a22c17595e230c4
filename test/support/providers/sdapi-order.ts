import { z } from "zod";
import type { PaidCall } from "./local-provider.ts";
import type { Answered, Asked } from "./provider-server.ts";

export type Dialect = "web ui" | "sd-server";

/** A picture that was asked for. */
export interface Order {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly checkpoint: string | undefined;
  readonly task: string;
  readonly paid: PaidCall;
}

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);
/** Latents are an eighth of the picture (`opt_f` in `modules/processing.py`). */
const side = z.number().int().min(64).max(8192).multipleOf(8);

// Of `StableDiffusionProcessingTxt2Img` and `…Img2Img` of the web UI, as far as anybody would send it.
const webUi = z.object({
  prompt: z.string(),
  negative_prompt: z.string().optional(),
  seed: z.number().int().min(-1),
  width: side,
  height: side,
  steps: z.number().int().min(1).max(150),
  cfg_scale: z.number().min(0).optional(),
  sampler_name: z.string().optional(),
  scheduler: z.string().optional(),
  batch_size: z.literal(1),
  init_images: z.array(base64).min(1).optional(),
  denoising_strength: z.number().min(0).max(1).optional(),
  resize_mode: z.int().min(0).max(3).optional(),
  override_settings: z.record(z.string(), z.unknown()),
  override_settings_restore_afterwards: z.boolean(),
  force_task_id: z.string(),
});

// The table of `api.md`; the three that are not in it are of the web UI, and read by nobody there.
const sdServer = webUi.extend({
  clip_skip: z.int().optional(),
  lora: z.array(z.object({ path: z.string(), multiplier: z.number() })).optional(),
  extra_images: z.array(base64).optional(),
});

type Read = { readonly unknown: readonly string[] } & (
  | { readonly order: Order }
  | { readonly order: undefined; readonly refusal: Answered }
);

/** Fields that the dialect does not have are taken no notice of there, and told here. */
export function readOrder({ url, headers, body }: Asked, dialect: Dialect): Read {
  const json: unknown = JSON.parse(body.toString("utf8"));
  const known = Object.keys((dialect === "web ui" ? webUi : sdServer).shape);
  const unknown = Object.keys(json as object).filter((field) => !known.includes(field));
  const { data, error } = sdServer.safeParse(json);
  const isGuided = url.pathname.endsWith("img2img");
  if (data === undefined || !/^application\/json\b/.test(headers.get("content-type") ?? "")) {
    return { unknown, order: undefined, refusal: refusalOf(dialect, error) };
  }
  if (isGuided !== (data.init_images !== undefined)) {
    const nothing = { error: "HTTPException", detail: "Init image not found", body: "", errors: "" };
    return { unknown, order: undefined, refusal: { status: 404, body: nothing } };
  }
  const pictures = [...(data.init_images ?? []), ...(data.extra_images ?? [])];
  const { sd_model_checkpoint: checkpoint } = data.override_settings;
  const paid: PaidCall = {
    model: `${checkpoint ?? ""}`,
    prompt: data.prompt,
    seed: data.seed,
    aspect: undefined,
    size: `${data.width}x${data.height}`,
    strength: data.denoising_strength,
    pictures: pictures.map((each) => Buffer.from(each, "base64")),
    body: json,
  };
  const seed = data.seed === -1 ? 4_000_000_007 : data.seed;
  const order = { width: data.width, height: data.height, seed, task: data.force_task_id, paid };
  return {
    unknown,
    order: { ...order, checkpoint: typeof checkpoint === "string" ? checkpoint : undefined },
  };
}

function refusalOf(dialect: Dialect, error: z.ZodError | undefined): Answered {
  if (dialect === "sd-server") return { status: 400, body: { error: "invalid params" } };
  const detail = (error?.issues ?? []).map(({ path, message, code }) => ({
    loc: ["body", ...path],
    msg: message,
    type: code,
  }));
  return { status: 422, body: { detail } };
}
