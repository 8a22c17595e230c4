import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { createAiSdkModel } from "../../../adapters/ai-sdk/ai-sdk-model.ts";
import { createFal } from "../../../adapters/ai-sdk/fal/fal.ts";
import { ANSWER_BYTES_MAX } from "../../../adapters/ai-sdk/guarded-fetch.ts";
import type { HostedModel } from "../../../adapters/ai-sdk/vendor.ts";
import { Secret } from "../../../src/core/secret.ts";
import type { ImageModel } from "../../../src/ports/image-model.ts";
import { FAILURES, type FalFile, makeFal, REFUSALS } from "./local-fal-answers.ts";
import { FAL_ENDPOINTS, type FalOrder, isFalEndpoint, picturesOf, wrongWith } from "./local-fal-endpoints.ts";
import { createFalQueue } from "./local-fal-queue.ts";
import type { LocalProvider, Outcome, PaidCall } from "./local-provider.ts";
import { type Answered, type Asked, cut, openProviderServer } from "./provider-server.ts";

const KEY = "11111111-2222-3333-4444-555555555555:local0fal0secret";

/** What a call can come to besides what it is refused or fails with. */
const ACCEPTED: readonly Outcome[] = [
  "made",
  "several",
  "withheld",
  "slow",
  "cut",
  "wrong_type",
  "huge",
  "invalid_json",
];

/** A look that comes to nothing: on the way to fal, or in the middle of the answer. `well`: not this one. */
export type Breaking = "gateway" | "cut" | "well";

export interface LocalFal extends LocalProvider {
  /** What the result of the next call is, word for word. */
  result(answered: Answered): void;
  /** How the next looks (at a status, a result, an image) break. */
  breakLooks(...looks: readonly Breaking[]): void;
  /** Requests that were asked to be cancelled. */
  readonly cancelled: readonly string[];
  /** How often the status of any request was asked for. */
  readonly looks: () => number;
  /** How often any result was asked for. */
  readonly results: () => number;
}

/** fal on this machine: its queue, the images that come of it, and the platform's prices. */
export async function openLocalFal(): Promise<LocalFal> {
  const paid: PaidCall[] = [];
  const coming: (Outcome | Answered)[] = [];
  const breaking: Breaking[] = [];
  const keys = new Set([KEY]);
  const queue = createFalQueue();
  const files = new Map<string, FalFile>();

  const server = await openProviderServer(async (asked, response) => {
    const { method, url } = asked;
    const broken = method === "GET" && breakLook(breaking, url, response);
    if (broken) return broken;
    const file = files.get(url.pathname);
    if (file !== undefined) return file === "huge" ? huge(response) : file;
    if (!isLetIn(asked, keys)) return REFUSALS.auth;
    if (method === "GET" && url.pathname === "/v1/models/pricing") return pricesOf(url);
    if (method !== "POST") return queue.follow(method, url.pathname);
    return await submit(asked, response);
  });

  async function submit(asked: Asked, response: ServerResponse): Promise<Answered | undefined> {
    const outcome = coming.shift() ?? "made";
    const refusal = typeof outcome === "string" ? REFUSALS[outcome] : undefined;
    if (refusal !== undefined) return refusal;
    const origin = `http://${asked.headers.get("host")}`;
    const model = asked.url.pathname.slice(1);
    if (!isFalEndpoint(model)) return REFUSALS.no_model;
    if (asked.headers.get("content-type") !== "application/json") return undefined;
    const body: unknown = JSON.parse(asked.body.toString());
    const read = FAL_ENDPOINTS[model].safeParse(body);
    // What is wrong with it is found by who would make it, so that it is in the queue already.
    const said = typeof outcome === "string" ? FAILURES[outcome] : outcome;
    const failure = read.success ? said : wrongWith(read.error);
    if (failure !== undefined || !read.success) return queue.submit(origin, model, failure);
    const order: FalOrder = read.data;
    paid.push(toPaid(model, order, body));
    if (outcome === "cut") return cut(response);
    const put = keepIn(files, origin);
    const ending = await makeFal(order, paid.length, outcome as Outcome, put);
    return queue.submit(origin, model, ending);
  }

  return {
    name: "fal",
    url: server.url,
    outcomes: [...ACCEPTED, ...(Object.keys({ ...REFUSALS, ...FAILURES }) as Outcome[])],
    model: (changes) => createLocalModel(server.url, changes),
    next: (...outcomes) => void coming.push(...outcomes),
    result: (answered) => void coming.push(answered),
    breakLooks: (...looks) => void breaking.push(...looks),
    paid,
    cancelled: queue.cancelled,
    looks: queue.looks,
    results: queue.results,
    unknown: server.unknown,
    keys,
    close: server.close,
  };
}

function keepIn(files: Map<string, FalFile>, origin: string): (file: FalFile) => string {
  return (file) => {
    const path = `/files/${randomUUID()}.png`;
    files.set(path, file);
    return origin + path;
  };
}

function createLocalModel(baseUrl: URL, changes: Partial<HostedModel> = {}): ImageModel {
  const model: HostedModel = {
    id: "fal-ai/nano-banana-pro",
    editId: "fal-ai/nano-banana-pro/edit",
    family: "gemini",
    key: new Secret(KEY),
    baseUrl,
    options: {},
    tokenPrices: undefined,
    ...changes,
  };
  return createAiSdkModel({ vendor: createFal({ pollMs: 1 }), fetch, model });
}

function isLetIn({ headers }: Asked, keys: ReadonlySet<string>): boolean {
  const [scheme, key] = (headers.get("authorization") ?? "").split(" ");
  return scheme === "Key" && keys.has(key ?? "");
}

function breakLook(breaking: Breaking[], url: URL, response: ServerResponse): Answered | undefined {
  if (url.pathname.startsWith("/v1/")) return undefined;
  const how = breaking.shift();
  if (how === "cut") return cut(response);
  return how === "gateway" ? { status: 502, body: "<html>Bad Gateway</html>" } : undefined;
}

/** Takes a key, and knows all ids or none: https://fal.ai/docs/api-reference/platform-apis/openapi/v1.json. */
function pricesOf(url: URL): Answered {
  const ids = url.searchParams.getAll("endpoint_id");
  if (!ids.every(isFalEndpoint)) {
    return { status: 404, body: { error: { type: "not_found", message: "Endpoint not found" } } };
  }
  const prices = ids.map((endpoint_id) => ({
    endpoint_id,
    unit_price: 0.15,
    unit: "images",
    currency: "USD",
  }));
  return { status: 200, body: { prices, next_cursor: null, has_more: false } };
}

function toPaid(model: string, order: FalOrder, body: unknown): PaidCall {
  const { prompt, seed, aspect_ratio: aspect, resolution, image_size: size, strength } = order;
  return {
    model,
    prompt,
    seed,
    aspect,
    size: typeof size === "object" ? `${size.width}x${size.height}` : (size ?? resolution),
    strength,
    pictures: picturesOf(order),
    body,
  };
}

/** Announced, and never sent. */
function huge(response: ServerResponse): Answered {
  response.writeHead(200, { "content-type": "image/png", "content-length": `${ANSWER_BYTES_MAX + 1}` });
  response.write("\x89PNG");
  return { status: 200, body: "taken" };
}
