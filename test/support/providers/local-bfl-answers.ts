import type { ServerResponse } from "node:http";
import sharp from "sharp";
import { type Aspect, dimensionsOf } from "../../../src/core/recipe.ts";
import type { BflInput, BflModel } from "./local-bfl-models.ts";
import { type Outcome, RETRY_SECONDS } from "./local-provider.ts";
import type { Answered } from "./provider-server.ts";

/** https://docs.bfl.ai/api_integration/errors */
export const FORBIDDEN: Answered = { status: 403, body: { detail: "Not authenticated" } };
export const NOT_FOUND: Answered = { status: 404, body: { detail: "Not Found" } };
export const invalid = (path: readonly PropertyKey[], msg: string, input: unknown): Answered => ({
  status: 422,
  body: { detail: [{ type: "value_error", loc: ["body", ...path], msg, input }] },
});

/** What comes before there is a task. */
export const REFUSALS: Readonly<Partial<Record<Outcome, Answered>>> = {
  auth: FORBIDDEN,
  no_model: NOT_FOUND,
  invalid: invalid(["prompt"], "Value error, not a good one", "as it was sent"),
  quota: { status: 402, body: { detail: "Insufficient credits" } },
  overloaded: { status: 503, body: { detail: "Service Unavailable" } },
  // https://github.com/black-forest-labs/skills: rate-limiting.md
  rate_limited: {
    status: 429,
    body: {
      error: "rate_limit_exceeded",
      message: "Too many concurrent requests",
      retry_after: RETRY_SECONDS,
    },
  },
  // https://docs.bfl.ml/quick_start/generating_images: 24 active tasks, and no word about when.
  rate_limited_plain: { status: 429, body: { detail: "Too many active tasks" } },
};

/** How a task ends without a picture: https://docs.bfl.ai/api-reference/utility/get-result. */
export const STATUSES: Readonly<Partial<Record<Outcome, string>>> = {
  blocked: "Request Moderated",
  withheld: "Content Moderated",
  no_image: "Error",
};

/** In credits: https://docs.bfl.ai/quick_start/pricing. */
export function priceOf({ credits: [first, other] }: BflModel, input: BflInput, pictures: number): number {
  const { width, height } = pixelsOf(input);
  const megapixels = Math.max(1, Math.round((width * height) / 1024 ** 2));
  return Number((first + (megapixels - 1 + pictures) * other).toFixed(2));
}

/** The same for the same seed. */
export async function paint(input: BflInput): Promise<Answered> {
  const { width, height } = pixelsOf(input);
  const seed = typeof input.seed === "number" ? input.seed : 0;
  const shade = (salt: number) => (seed * 2_654_435_761 + salt * 40_503) % 256;
  const format = input.output_format === "png" ? "png" : "jpeg";
  const body = await sharp({
    create: { width, height, channels: 3, background: { r: shade(1), g: shade(2), b: shade(3) } },
  })
    .toFormat(format)
    .toBuffer();
  return { status: 200, headers: { "content-type": `image/${format}` }, body };
}

function pixelsOf({ width, height, aspect_ratio }: BflInput) {
  if (typeof width === "number" && typeof height === "number") return { width, height };
  return dimensionsOf((aspect_ratio ?? "1:1") as Aspect, "1K");
}

/** An image that says it is larger than anybody wants, and begins. */
export function endless(response: ServerResponse): Answered {
  response.writeHead(200, { "content-type": "image/png", "content-length": `${2 ** 30}` });
  response.write(Buffer.alloc(1024));
  return { status: 200, body: "taken" };
}
