import type { ServerResponse } from "node:http";
import sharp from "sharp";
import { type GoogleRequest, IMAGE_TOKENS, pixelsOf } from "./local-google-rules.ts";
import { type Outcome, RETRY_SECONDS } from "./local-provider.ts";
import { type Answered, cut, SILENCE } from "./provider-server.ts";

/** `google.rpc.Status` in JSON: https://google.aip.dev/193. */
export function failure(
  code: number,
  status: string,
  message: string,
  details: readonly object[] = [],
): Answered {
  const error = { code, message, status, ...(details.length > 0 ? { details } : {}) };
  return { status: code, headers: { "content-type": "application/json; charset=UTF-8" }, body: { error } };
}

const type = (name: string) => `type.googleapis.com/google.rpc.${name}`;

/** A key that is not one: a bad request, told apart by its reason. https://cloud.google.com/apis/design/errors */
export const BAD_KEY = failure(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", [
  {
    "@type": type("ErrorInfo"),
    reason: "API_KEY_INVALID",
    domain: "googleapis.com",
    metadata: { service: "generativelanguage.googleapis.com" },
  },
]);

export const NO_MODEL = failure(
  404,
  "NOT_FOUND",
  "models/that is not found for API version v1beta, or is not supported for generateContent.",
);

const ABOUT_QUOTA =
  "You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.";
const PER_MINUTE = {
  quotaMetric: "generativelanguage.googleapis.com/generate_content_paid_tier_requests",
  quotaId: "GenerateRequestsPerMinutePerProjectPerModel-PaidTier",
  quotaDimensions: { location: "global", model: "gemini" },
};

/** The failures that come before anything is made: https://ai.google.dev/gemini-api/docs/troubleshooting. */
const REFUSALS: Readonly<Partial<Record<Outcome, Answered>>> = {
  auth: BAD_KEY,
  no_model: NO_MODEL,
  overloaded: failure(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
  rate_limited: failure(429, "RESOURCE_EXHAUSTED", `${ABOUT_QUOTA} Please retry in ${RETRY_SECONDS}s.`, [
    { "@type": type("Help"), links: [] },
    { "@type": type("QuotaFailure"), violations: [{ ...PER_MINUTE, quotaValue: "10" }] },
    { "@type": type("RetryInfo"), retryDelay: `${RETRY_SECONDS}s` },
  ]),
  rate_limited_plain: failure(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
  // A quota of nothing is a zero, and so left out of the violation.
  quota: failure(
    429,
    "RESOURCE_EXHAUSTED",
    `${ABOUT_QUOTA}\n* Quota exceeded for metric: ${PER_MINUTE.quotaMetric}, limit: 0, model: gemini\nPlease retry in 45.5s.`,
    [
      { "@type": type("QuotaFailure"), violations: [PER_MINUTE] },
      { "@type": type("RetryInfo"), retryDelay: "45s" },
    ],
  ),
};

export interface GoogleCall {
  readonly model: string;
  readonly request: GoogleRequest;
  readonly response: ServerResponse;
}

/** Undefined: it is accepted. */
export function refusalOf(outcome: Outcome, { request }: GoogleCall): Answered | undefined {
  if (outcome !== "invalid") return REFUSALS[outcome];
  // What is wrong is said with what was sent.
  const description = `Invalid value at 'contents[0].parts[0]', ${JSON.stringify(request.contents[0].parts[0])}`;
  return failure(400, "INVALID_ARGUMENT", description, [
    { "@type": type("BadRequest"), fieldViolations: [{ field: "contents[0].parts[0]", description }] },
  ]);
}

/** A call that is accepted: https://ai.google.dev/api/generate-content#generatecontentresponse. */
export async function answerOf(outcome: Outcome, call: GoogleCall): Promise<Answered> {
  switch (outcome) {
    case "slow":
      return SILENCE;
    case "cut":
      return cut(call.response);
    case "huge":
      return endless(call.response);
    case "invalid_json":
      return { status: 200, headers: { "content-type": "application/json" }, body: '{"candidates":[{' };
    case "wrong_type":
      return said(call, [image(Buffer.from("<!doctype html><title>Sorry</title>"))]);
    case "blocked":
      return said(call, undefined, { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } });
    case "withheld":
      return said(call, [], { finishReason: "IMAGE_SAFETY" });
    case "no_image":
      return said(call, [{ text: "I can describe it instead." }], { finishReason: "NO_IMAGE" });
    case "several":
      return said(call, [image(await paint(call, 1)), image(await paint(call, 0))]);
    case "thoughts":
      return said(call, [
        { text: "First a sketch.", thought: true },
        { ...image(await paint(call, 1)), thought: true },
        { ...image(await paint(call, 0)), thoughtSignature: "c2lnbmF0dXJl" },
      ]);
    default:
      return said(call, [image(await paint(call, 0))]);
  }
}

interface Said {
  readonly finishReason?: string;
  readonly promptFeedback?: object;
}

function said(
  { model, request }: GoogleCall,
  parts: readonly object[] | undefined,
  { finishReason = "STOP", promptFeedback }: Said = {},
): Answered {
  const images = parts?.filter((each) => "inlineData" in each && !("thought" in each)).length ?? 0;
  const thoughts = parts?.some((each) => "thought" in each) ? 900 : 0;
  const imageTokens = images * (IMAGE_TOKENS[sizeOf(request)] ?? 0);
  const pictures = request.contents[0].parts.length - 1;
  return {
    status: 200,
    headers: { "content-type": "application/json; charset=UTF-8" },
    body: {
      ...(parts === undefined
        ? {}
        : { candidates: [{ content: { role: "model", parts }, finishReason, index: 0 }] }),
      ...(promptFeedback === undefined ? {} : { promptFeedback }),
      usageMetadata: {
        promptTokenCount: 20 + 560 * pictures,
        ...(images > 0 ? { candidatesTokenCount: imageTokens } : {}),
        ...(thoughts > 0 ? { thoughtsTokenCount: thoughts } : {}),
        totalTokenCount: 20 + 560 * pictures + imageTokens + thoughts,
        promptTokensDetails: [
          { modality: "TEXT", tokenCount: 20 },
          ...(pictures > 0 ? [{ modality: "IMAGE", tokenCount: 560 * pictures }] : []),
        ],
        ...(images > 0 ? { candidatesTokensDetails: [{ modality: "IMAGE", tokenCount: imageTokens }] } : {}),
      },
      modelVersion: `${model}-2026-10`,
      responseId: "r3sp0nse-1d",
    },
  };
}

function image(bytes: Buffer): object {
  return { inlineData: { mimeType: "image/png", data: bytes.toString("base64") } };
}

function sizeOf({ generationConfig }: GoogleRequest): string {
  return generationConfig.imageConfig?.imageSize ?? "1K";
}

/** The same for the same seed; another for another `turn`. */
function paint({ request }: GoogleCall, turn: number): Promise<Buffer> {
  const { seed = 0, imageConfig } = request.generationConfig;
  const { width, height } = pixelsOf(imageConfig?.aspectRatio ?? "1:1", sizeOf(request));
  const shade = (salt: number) => Math.abs(Math.imul(seed + turn * 77, 2_654_435_761) + salt * 40_503) % 256;
  const pixels = Buffer.from(Array.from({ length: 4 * 4 * 3 }, (_, at) => shade(at)));
  return sharp(pixels, { raw: { width: 4, height: 4, channels: 3 } })
    .resize(width, height, { fit: "fill", kernel: "nearest" })
    .png({ compressionLevel: 3 })
    .toBuffer();
}

/** An image that does not end, for as long as anybody listens. */
function endless(response: ServerResponse): Answered {
  const more = Buffer.alloc(1024 * 1024, "A");
  const send = () => {
    while (!response.destroyed && response.write(more)) {
      // Until the reader has to catch up.
    }
  };
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"');
  response.on("drain", send);
  send();
  return { status: 200, body: "taken" };
}
