import { createHash, randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import sharp from "sharp";
import { createAiSdkModel } from "../../../adapters/ai-sdk/ai-sdk-model.ts";
import { ANSWER_BYTES_MAX } from "../../../adapters/ai-sdk/guarded-fetch.ts";
import { openai } from "../../../adapters/ai-sdk/openai/openai.ts";
import type { HostedModel } from "../../../adapters/ai-sdk/vendor.ts";
import { Secret } from "../../../src/core/secret.ts";
import type { ImageModel } from "../../../src/ports/image-model.ts";
import {
  isOpenaiModel,
  type OpenaiEndpoint,
  type OpenaiOrder,
  readOpenaiOrder,
} from "./local-openai-order.ts";
import { type LocalProvider, type Outcome, type PaidCall, RETRY_SECONDS } from "./local-provider.ts";
import { type Answered, type Asked, cut, openProviderServer, SILENCE } from "./provider-server.ts";

const KEY = "sk-proj-local-0123456789abcdef";

/** What a call counts, besides a token for each word: a picture that goes along, and the image by its quality. */
export const OPENAI_TOKENS = {
  picture: 323,
  image: { auto: 272, low: 272, medium: 1056, high: 4160, xhigh: 6240, max: 8320 },
} as const satisfies { picture: number; image: Readonly<Record<string, number>> };

/** Errors by outcome: https://developers.openai.com/docs/guides/error-codes, and the codes of the images reference. */
const ERRORS: Readonly<Partial<Record<Outcome, OpenaiError>>> = {
  blocked: {
    status: 400,
    type: "image_generation_user_error",
    code: "moderation_blocked",
    moderation_details: { moderation_stage: "input", categories: ["violence"] },
  },
  withheld: {
    status: 400,
    type: "image_generation_user_error",
    code: "moderation_blocked",
    moderation_details: { moderation_stage: "output", categories: ["violence"] },
  },
  rate_limited: {
    status: 429,
    type: "requests",
    code: "rate_limit_exceeded",
    headers: {
      "x-ratelimit-limit-requests": "5",
      "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": `${RETRY_SECONDS}s`,
    },
  },
  rate_limited_plain: { status: 429, type: "requests", code: "rate_limit_exceeded" },
  overloaded: { status: 503, type: "service_unavailable_error", code: "server_is_overloaded" },
  quota: { status: 429, type: "insufficient_quota", code: "credit_balance_exhausted" },
  auth: { status: 401, type: "invalid_request_error", code: "invalid_api_key" },
  no_model: { status: 404, type: "invalid_request_error", code: "model_not_found" },
  invalid: { status: 400, type: "invalid_request_error", code: "invalid_value", param: "size" },
};

export interface OpenaiError {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly param?: string;
  readonly moderation_details?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LocalOpenai extends LocalProvider {
  /** What the next call comes to, word for word. */
  fail(error: OpenaiError): void;
}

/** OpenAI's images and models on this machine. */
export async function openLocalOpenai(): Promise<LocalOpenai> {
  const paid: PaidCall[] = [];
  const coming: (Outcome | OpenaiError)[] = [];
  const keys = new Set([KEY]);

  const server = await openProviderServer(async (asked, response) => {
    const { method, url } = asked;
    const [, endpoint] = /^\/v1\/images\/(generations|edits)$/.exec(url.pathname) ?? [];
    const [, id] = /^\/v1\/models\/([^/]+)$/.exec(url.pathname) ?? [];
    if (method === "GET" && id !== undefined) return isLetIn(asked) ? toModel(id) : refused("auth");
    if (method !== "POST" || endpoint === undefined) return undefined;
    const outcome = coming.shift() ?? "made";
    return isLetIn(asked)
      ? await takeOrder(endpoint as OpenaiEndpoint, outcome, asked, response)
      : refused("auth");
  });

  async function takeOrder(
    endpoint: OpenaiEndpoint,
    outcome: Outcome | OpenaiError,
    asked: Asked,
    response: ServerResponse,
  ): Promise<Answered> {
    if (typeof outcome === "object") return refusal(outcome);
    const order = await readOpenaiOrder(endpoint, asked);
    if ("code" in order) return refusal({ status: 400, type: "invalid_request_error", ...order });
    if (!isOpenaiModel(order.model)) return refused("no_model");
    if (outcome in ERRORS && outcome !== "withheld") return refused(outcome);
    paid.push(toPaid(order));
    return await answerOrder(order, outcome, paid.length, response);
  }

  function isLetIn({ headers }: Asked): boolean {
    const [scheme, key] = (headers.get("authorization") ?? "").split(" ");
    return scheme === "Bearer" && keys.has(key ?? "");
  }

  return {
    name: "openai",
    url: new URL("/v1", server.url),
    outcomes: [...(Object.keys(ERRORS) as Outcome[]), ...ACCEPTED],
    model: (changes) => createLocalModel(new URL("/v1", server.url), changes),
    next: (...outcomes) => void coming.push(...outcomes),
    fail: (error) => void coming.push(error),
    paid,
    unknown: server.unknown,
    keys,
    close: server.close,
  };
}

function createLocalModel(baseUrl: URL, changes: Partial<HostedModel> = {}): ImageModel {
  const model: HostedModel = {
    id: "gpt-image-2.5-flare",
    editId: undefined,
    family: "gpt-image",
    key: new Secret(KEY),
    baseUrl,
    options: {},
    tokenPrices: undefined,
    ...changes,
  };
  return createAiSdkModel({ vendor: openai, fetch, model });
}

function toModel(id: string): Answered {
  if (!isOpenaiModel(decodeURIComponent(id))) return refused("no_model");
  return { status: 200, body: { id, object: "model", created: 1_757_000_000, owned_by: "system" } };
}

async function answerOrder(
  order: OpenaiOrder,
  outcome: Outcome,
  call: number,
  response: ServerResponse,
): Promise<Answered> {
  if (outcome === "withheld") return refused(outcome);
  if (outcome === "slow") return SILENCE;
  if (outcome === "cut") return cut(response);
  if (outcome === "huge") return huge(response);
  if (outcome === "invalid_json") return ok('{"created": 1757000000, "data": [');
  return ok(JSON.stringify(await toAnswer(order, outcome, call)));
}

const ACCEPTED: readonly Outcome[] = [
  "made",
  "several",
  "no_image",
  "slow",
  "cut",
  "wrong_type",
  "huge",
  "invalid_json",
];

async function toAnswer(order: OpenaiOrder, outcome: Outcome, call: number): Promise<object> {
  const image =
    outcome === "wrong_type" ? Buffer.from("<html>not an image</html>") : await paint(order, call);
  const item = { b64_json: image.toString("base64") };
  const text_tokens = order.prompt.split(/\s+/).length;
  const image_tokens = order.pictures.length * OPENAI_TOKENS.picture;
  const output = OPENAI_TOKENS.image[order.quality as keyof typeof OPENAI_TOKENS.image];
  return {
    created: 1_757_000_000 + call,
    data: outcome === "no_image" ? [] : outcome === "several" ? [item, item] : [item],
    background: "opaque",
    output_format: order.format,
    quality: order.quality,
    size: `${order.width}x${order.height}`,
    usage: {
      input_tokens: text_tokens + image_tokens,
      output_tokens: output,
      total_tokens: text_tokens + image_tokens + output,
      input_tokens_details: { text_tokens, image_tokens },
      output_tokens_details: { text_tokens: 0, image_tokens: output },
    },
  };
}

/** There are no seeds: each image is another. */
function paint({ prompt, width, height, format }: OpenaiOrder, call: number): Promise<Buffer> {
  const color = `#${createHash("sha256").update(`${prompt} ${call}`).digest("hex").slice(0, 6)}`;
  return sharp({ create: { width, height, channels: 3, background: color } })
    .toFormat(format)
    .toBuffer();
}

function toPaid({ model, prompt, width, height, pictures, fields }: OpenaiOrder): PaidCall {
  return {
    model,
    prompt,
    seed: undefined,
    aspect: undefined,
    size: `${width}x${height}`,
    strength: undefined,
    pictures,
    body: fields,
  };
}

function refused(outcome: Outcome): Answered {
  const error = ERRORS[outcome];
  if (error === undefined) throw new Error(`${outcome} is no error of OpenAI's`);
  return refusal(error);
}

/** Real messages repeat what they were told: nobody is to hand them on. */
function refusal({ status, headers, ...error }: OpenaiError): Answered {
  const message = `Your request (key ${KEY}, "a glass bottle refracting") was refused.`;
  return {
    status,
    headers: { "x-request-id": `req_${randomUUID()}`, ...headers },
    body: { error: { message, param: null, ...error } },
  };
}

const ok = (body: string): Answered => ({
  status: 200,
  headers: { "content-type": "application/json", "x-request-id": `req_${randomUUID()}` },
  body,
});

/** Announced, and never sent. */
function huge(response: ServerResponse): Answered {
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": `${ANSWER_BYTES_MAX + 1}`,
  });
  response.write('{"created":1757000000,"data":[{"b64_json":"');
  return { status: 200, body: "taken" };
}
