import type { ServerResponse } from "node:http";
import sharp from "sharp";
import { type Aspect, dimensionsOf } from "../../../src/core/recipe.ts";
import { type Outcome, RETRY_SECONDS } from "./local-provider.ts";
import type { ReplicateInput } from "./local-replicate-models.ts";
import type { Answered } from "./provider-server.ts";

/** Problem details, as all of Replicate's failures are: https://replicate.com/docs/reference/http. */
export function problem(status: number, title: string, detail: string, more: object = {}): Answered {
  return { status, body: { title, detail, status, ...more } };
}

export const UNAUTHENTICATED = problem(
  401,
  "Unauthenticated",
  "You did not pass a valid authentication token",
);
export const NOT_FOUND = problem(404, "Not found", "The requested resource could not be found.");
export const invalid = (detail: string) => problem(422, "Input validation failed", `- ${detail}\n`);

/** What comes before there is a prediction. */
export const REFUSALS: Readonly<Partial<Record<Outcome, Answered>>> = {
  auth: UNAUTHENTICATED,
  no_model: NOT_FOUND,
  invalid: invalid("input: prompt is too much"),
  quota: problem(402, "Insufficient credit", "You have insufficient credit to run this model."),
  // https://replicate.com/docs/topics/predictions/rate-limits
  rate_limited: {
    status: 429,
    body: { detail: `Request was throttled. Your rate limit resets in ~${RETRY_SECONDS}s.` },
  },
  rate_limited_plain: { status: 429, body: { detail: "Request was throttled." } },
};

/** What a prediction fails with, as official models and Replicate's own examples write it. */
export const ERRORS: Readonly<Partial<Record<Outcome, string>>> = {
  blocked: "The input or output was flagged as sensitive. Please try again with different inputs. (E005)",
  withheld: "NSFW content detected. Try running it again, or try a different prompt.",
  no_image: "Something went wrong.",
  overloaded: "Service is currently unavailable due to high demand. Please try again later. (E003)",
};

/** The same for the same seed. */
export async function paint(input: ReplicateInput): Promise<Answered> {
  const { width, height } = pixelsOf(input);
  const seed = typeof input.seed === "number" ? input.seed : 0;
  const shade = (salt: number) => (seed * 2_654_435_761 + salt * 40_503) % 256;
  const format = typeof input.output_format === "string" ? input.output_format : "png";
  const bytes = await sharp({
    create: { width, height, channels: 3, background: { r: shade(1), g: shade(2), b: shade(3) } },
  })
    .toFormat(format === "jpg" ? "jpeg" : (format as "png" | "webp"))
    .toBuffer();
  return {
    status: 200,
    headers: { "content-type": `image/${format === "jpg" ? "jpeg" : format}` },
    body: bytes,
  };
}

function pixelsOf({ aspect_ratio, width, height, resolution, output_megapixels }: ReplicateInput) {
  if (typeof width === "number" && typeof height === "number") return { width, height };
  const isLarge = ["2K", "4 MP"].includes(`${resolution}`) || output_megapixels === "4";
  return dimensionsOf(aspect_ratio as Aspect, isLarge ? "2K" : "1K");
}

/** An image that says it is larger than anybody wants, and begins. */
export function endless(response: ServerResponse): Answered {
  response.writeHead(200, { "content-type": "image/png", "content-length": `${2 ** 30}` });
  response.write(Buffer.alloc(1024));
  return { status: 200, body: "taken" };
}
