import { createAiSdkModel } from "../../../adapters/ai-sdk/ai-sdk-model.ts";
import { google } from "../../../adapters/ai-sdk/google/google.ts";
import type { HostedModel } from "../../../adapters/ai-sdk/vendor.ts";
import { Secret } from "../../../src/core/secret.ts";
import { answerOf, BAD_KEY, failure, NO_MODEL, refusalOf } from "./local-google-answers.ts";
import {
  GOOGLE_MODELS,
  type GoogleModel,
  type GoogleRequest,
  REQUEST,
  wrongFor,
} from "./local-google-rules.ts";
import { type LocalProvider, OUTCOMES, type Outcome, type PaidCall } from "./local-provider.ts";
import { type Answered, type Asked, openProviderServer } from "./provider-server.ts";

const KEY = "AIza-local-key-of-google";
const PATH = /^\/v1beta\/models\/([^/:]+)(:generateContent)?$/;

/** The Gemini Developer API with its image models: https://ai.google.dev/api. */
export async function openLocalGoogle(): Promise<LocalProvider> {
  const keys = new Set([KEY]);
  const coming: Outcome[] = [];
  const paid: PaidCall[] = [];

  const server = await openProviderServer(async (asked, response) => {
    const { id, generates } = readRoute(asked);
    if (id === undefined) return undefined;
    const model = GOOGLE_MODELS[id];
    const stop = stranger(asked.headers, keys) ?? (model === undefined ? NO_MODEL : undefined);
    if (stop !== undefined || model === undefined) return stop;
    if (!generates) return described(id);
    const request = readRequest(asked, model);
    if ("body" in request) return request;
    const outcome = coming.shift() ?? "made";
    const call = { model: id, request, response };
    const refusal = refusalOf(outcome, call);
    if (refusal !== undefined) return refusal;
    if (outcome !== "blocked") paid.push(toPaid(id, request));
    return answerOf(outcome, call);
  });

  const hosted: HostedModel = {
    id: "gemini-nano-banana-2.1",
    editId: undefined,
    family: "gemini",
    key: new Secret(KEY),
    baseUrl: new URL("/v1beta", server.url),
    options: {},
    tokenPrices: { textIn: 1.5, imageIn: 1.5, textOut: 7.5, imageOut: 30 },
  };
  return {
    name: "google",
    url: server.url,
    outcomes: OUTCOMES,
    model: (changes) => createAiSdkModel({ vendor: google, model: { ...hosted, ...changes }, fetch }),
    next: (...outcomes) => void coming.push(...outcomes),
    paid,
    unknown: server.unknown,
    keys,
    close: () => server.close(),
  };
}

function readRoute({ method, url }: Asked): { readonly id: string | undefined; readonly generates: boolean } {
  const [, id, verb] = PATH.exec(url.pathname) ?? [];
  const generates = verb !== undefined;
  const isRoute = method === (generates ? "POST" : "GET") && url.search === "";
  return { id: isRoute ? id : undefined, generates };
}

function stranger(headers: Headers, keys: ReadonlySet<string>): Answered | undefined {
  const key = headers.get("x-goog-api-key");
  if (key === null) return failure(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.");
  return keys.has(key) ? undefined : BAD_KEY;
}

/** https://ai.google.dev/api/models#Model */
function described(id: string): Answered {
  return {
    status: 200,
    body: { name: `models/${id}`, version: "001", supportedGenerationMethods: ["generateContent"] },
  };
}

function readRequest({ headers, body }: Asked, model: GoogleModel): GoogleRequest | Answered {
  if (headers.get("content-type") !== "application/json") {
    return failure(400, "INVALID_ARGUMENT", "Invalid content type.");
  }
  const { data } = REQUEST.safeParse(JSON.parse(body.toString()));
  if (data === undefined) {
    return failure(400, "INVALID_ARGUMENT", "Invalid JSON payload received. Unknown name.");
  }
  const wrong = wrongFor(model, data);
  return wrong === undefined ? data : failure(400, "INVALID_ARGUMENT", wrong);
}

function toPaid(model: string, request: GoogleRequest): PaidCall {
  const { seed, imageConfig } = request.generationConfig;
  const { parts } = request.contents[0];
  return {
    model,
    prompt: parts.flatMap((each) => ("text" in each ? [each.text] : [])).join("\n"),
    seed,
    aspect: imageConfig?.aspectRatio,
    size: imageConfig?.imageSize,
    strength: undefined,
    pictures: parts.flatMap((each) =>
      "inlineData" in each ? [Buffer.from(each.inlineData.data, "base64")] : [],
    ),
    body: request,
  };
}
