import { createHash } from "node:crypto";
import sharp from "sharp";
import { type Dimensions, dimensionsOf } from "../../../src/core/recipe.ts";
import { type FalOrder, picturesOf } from "./local-fal-endpoints.ts";
import type { FalEnding } from "./local-fal-queue.ts";
import type { Outcome } from "./local-provider.ts";
import type { Answered } from "./provider-server.ts";

/** What repeats the request, as real messages do: nobody is to hand it on. */
const TOLD = 'refused: "a glass bottle refracting"';

/** What is refused before it is in the queue: the key, an account without money, too much at once, an unknown app. */
export const REFUSALS: Readonly<Partial<Record<Outcome, Answered>>> = {
  auth: { status: 401, body: { detail: "Cannot access application" } },
  // As people report it: https://github.com/fal-ai/fal/issues/1147.
  quota: {
    status: 403,
    body: {
      detail: "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.",
    },
  },
  rate_limited_plain: { status: 429, body: { detail: TOLD } },
  no_model: { status: 404, body: { detail: "Application not found" } },
};

/** How requests fail that were in the queue: https://fal.ai/docs/documentation/model-apis/errors.md and …/request-errors.md. */
export const FAILURES: Readonly<Partial<Record<Outcome, Answered>>> = {
  blocked: failure(422, "content_policy_violation", "false"),
  no_image: failure(422, "no_media_generated"),
  invalid: failure(422, "image_too_large", "false"),
  overloaded: {
    status: 503,
    headers: { "x-fal-error-type": "runner_scheduling_failure" },
    body: { detail: TOLD, error_type: "runner_scheduling_failure" },
  },
};

export function failure(status: number, type: string, retryable?: "true" | "false"): Answered {
  return {
    status,
    ...(retryable === undefined ? {} : { headers: { "x-fal-retryable": retryable } }),
    body: { detail: [{ loc: ["body", "prompt"], msg: TOLD, type, input: TOLD }] },
  };
}

/** An image to be fetched. `huge`: of more bytes than anybody wants. */
export type FalFile = Answered | "huge";

/** The result of an endpoint. `put` keeps a file, and says where it can be fetched. */
export async function makeFal(
  order: FalOrder,
  call: number,
  outcome: Outcome,
  put: (file: FalFile) => string,
): Promise<FalEnding> {
  if (outcome === "slow") return undefined;
  if (outcome === "invalid_json") {
    return { status: 200, headers: { "content-type": "application/json" }, body: '{"images": [' };
  }
  const seed = order.seed ?? 4_000_000_000 + call;
  const { width, height } = await pixelsOf(order);
  const images: object[] = [];
  for (let at = 0; at < (outcome === "several" ? 2 : order.num_images); at++) {
    const bytes = outcome === "wrong_type" ? Buffer.from("<html>") : await paint(order, seed + at);
    const file = { status: 200, headers: { "content-type": "image/png" }, body: bytes };
    const url = put(outcome === "huge" ? "huge" : file);
    images.push({ url, content_type: "image/png", file_name: "image.png", width, height });
  }
  // Endpoints of Gemini tell no seed, and have no safety checker of fal's.
  if (order.aspect_ratio !== undefined && outcome !== "withheld") {
    return { status: 200, body: { images, description: "" } };
  }
  const has_nsfw_concepts = images.map(() => outcome === "withheld");
  const body = { images, seed, has_nsfw_concepts, timings: { inference: 1.2 }, prompt: order.prompt };
  return { status: 200, body };
}

/** The same seed and words make the same image. */
async function paint(order: FalOrder, seed: number): Promise<Buffer> {
  const { width, height } = await pixelsOf(order);
  const background = `#${createHash("sha256").update(`${order.prompt} ${seed}`).digest("hex").slice(0, 6)}`;
  return await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

/** Said in words, or in pixels; drawn anew, it is as large as the picture. */
async function pixelsOf(order: FalOrder): Promise<Dimensions> {
  const { aspect_ratio: aspect, resolution = "1K", image_size: size } = order;
  if (aspect !== undefined) return dimensionsOf(aspect === "auto" ? "1:1" : aspect, resolution);
  if (typeof size === "object") return size;
  const [picture] = picturesOf(order);
  return picture === undefined ? { width: 1024, height: 1024 } : await sharp(picture).metadata();
}
