import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import sharp from "sharp";
import { createSdapiModel } from "../../../adapters/sdapi/sdapi-model.ts";
import type { Json } from "../../../adapters/sdapi/to-body.ts";
import type { ImageModel } from "../../../src/ports/image-model.ts";
import type { LocalProvider, Outcome, PaidCall } from "./local-provider.ts";
import { type Answered, type Asked, cut, openProviderServer } from "./provider-server.ts";
import { type Dialect, type Order, readOrder } from "./sdapi-order.ts";

/** What the server has loaded. */
export const LOADED = "juggernautXL";
/** What else is on its disk, if it keeps several. */
export const ANOTHER = "flux1-dev-fp8";
const HASH = "879db523c3";

export interface LocalSdapi extends LocalProvider {
  /** The model with what only this adapter is told. */
  open(changes?: { checkpoint?: string; options?: Record<string, Json>; baseUrl?: URL }): ImageModel;
  /** The next answer to a call for a picture. */
  answerNext(answer: Answered): void;
  /** The tasks that it was asked about, and those that were interrupted. */
  readonly askedAbout: readonly string[];
  readonly interrupted: readonly string[];
  /** The next answer to a question for the checkpoints. */
  listNext(answer: Answered): void;
}

const OUTCOMES: readonly Outcome[] = [
  "made",
  "several",
  "no_image",
  "overloaded",
  "auth",
  "no_model",
  "invalid",
  "slow",
  "cut",
  "wrong_type",
  "huge",
  "invalid_json",
];

export const openLocalWebUi = (): Promise<LocalSdapi> => openLocalSdapi("web ui");
export const openLocalSdServer = (): Promise<LocalSdapi> => openLocalSdapi("sd-server");

/** What the server is about. */
interface State {
  readonly dialect: Dialect;
  readonly keys: Set<string>;
  readonly coming: Outcome[];
  readonly answers: Answered[];
  readonly lists: Answered[];
  readonly paid: PaidCall[];
  /** The first is being worked on, and is until it is done or interrupted, whoever hangs up. */
  readonly tasks: { readonly id: string; readonly response: ServerResponse }[];
  readonly askedAbout: string[];
  readonly interrupted: string[];
  /** Fields that the dialect does not have. */
  readonly strange: string[];
}

/**
 * A server of one's own, as AUTOMATIC1111's web UI is with `--api --api-auth user:password`
 * (https://github.com/AUTOMATIC1111/stable-diffusion-webui, `modules/api/api.py`, `models.py`, `progress.py`),
 * or as stable-diffusion.cpp's is
 * (https://github.com/leejet/stable-diffusion.cpp/blob/master/examples/server/api.md) behind a proxy that asks
 * for a password.
 */
async function openLocalSdapi(dialect: Dialect): Promise<LocalSdapi> {
  const lists = { coming: [], answers: [], lists: [], paid: [], tasks: [], askedAbout: [], interrupted: [] };
  const state: State = { dialect, keys: new Set(["studio:p4ss:w0rd"]), strange: [], ...lists };
  const server = await openProviderServer((asked, response) => answerTo(state, asked, response));
  const { keys, coming, answers, paid, askedAbout, interrupted, strange } = state;
  const goodUrl = () => withUser(server.url, [...keys][0]);

  const open: LocalSdapi["open"] = ({ baseUrl = goodUrl(), checkpoint = "default", options = {} } = {}) =>
    createSdapiModel({ baseUrl, checkpoint, options, fetch });

  return {
    name: "sdapi",
    url: server.url,
    outcomes: OUTCOMES,
    open,
    model(changes = {}) {
      const withKey = "key" in changes ? withUser(server.url, changes.key?.reveal()) : goodUrl();
      return open({ baseUrl: changes.baseUrl ?? withKey, options: changes.options ?? {} });
    },
    next: (...outcomes) => coming.push(...outcomes),
    answerNext: (answer) => answers.push(answer),
    listNext: (answer) => state.lists.push(answer),
    paid,
    askedAbout,
    interrupted,
    get unknown() {
      return [...server.unknown, ...strange];
    },
    keys,
    close: () => server.close(),
  };
}

async function answerTo(state: State, asked: Asked, response: ServerResponse): Promise<Answered | undefined> {
  const isWebUi = state.dialect === "web ui";
  if (!isKnown(state, asked)) return { status: 401, body: { detail: "Incorrect username or password" } };
  switch (`${asked.method} ${asked.url.pathname}`) {
    case "POST /sdapi/v1/txt2img":
    case "POST /sdapi/v1/img2img":
      return await generate(state, asked, response);
    case "GET /sdapi/v1/sd-models":
      return state.lists.shift() ?? { status: 200, body: checkpointsOf(state.dialect) };
    case "GET /sdapi/v1/options":
      return { status: 200, body: { samples_format: "png", sd_model_checkpoint: LOADED } };
    case "POST /internal/progress":
      return isWebUi ? { status: 200, body: progressOf(state, asked) } : NOT_FOUND;
    case "POST /sdapi/v1/interrupt":
      return isWebUi ? interruptFirst(state) : undefined;
    default:
      return undefined;
  }
}

function isKnown({ keys }: State, { headers }: Asked): boolean {
  const [scheme, value = ""] = (headers.get("authorization") ?? "").split(" ");
  return scheme === "Basic" && keys.has(Buffer.from(value, "base64").toString("utf8"));
}

function progressOf({ tasks, askedAbout }: State, { body }: Asked): object {
  const { id_task: id } = JSON.parse(body.toString("utf8"));
  askedAbout.push(id);
  const place = tasks.findIndex((each) => each.id === id);
  return { active: place === 0, queued: place > 0, completed: false, progress: 0.1 };
}

function interruptFirst({ tasks, interrupted }: State): Answered {
  const running = tasks.shift();
  if (running !== undefined) interrupted.push(running.id);
  running?.response.destroy();
  return { status: 200, body: {} };
}

async function generate(state: State, asked: Asked, response: ServerResponse): Promise<Answered> {
  const { dialect, coming, answers, paid, tasks, strange } = state;
  const outcome = coming.shift() ?? "made";
  const prepared = answers.shift() ?? REFUSALS[outcome]?.(dialect);
  if (prepared !== undefined) return prepared;
  const read = readOrder(asked, dialect);
  strange.push(...read.unknown.map((field) => `${asked.url.pathname}: ${field}`));
  if (read.order === undefined) return read.refusal;
  const { order } = read;
  paid.push(order.paid);
  if (outcome !== "slow") return await answerWith(outcome, order, dialect, response);
  tasks.push({ id: order.task, response });
  return { status: 200, body: "taken" };
}

async function answerWith(
  outcome: Outcome,
  order: Order,
  dialect: Dialect,
  response: ServerResponse,
): Promise<Answered> {
  const image = async (seed: number) => (await draw(order, seed)).toString("base64");
  const info = infoOf(order, dialect);
  const json = (images: readonly string[]) => ({ status: 200, body: { images, parameters: {}, info } });
  switch (outcome) {
    case "several":
      return json([await image(order.seed), await image(order.seed + 1)]);
    case "no_image":
      return json([]);
    case "wrong_type":
      return json([Buffer.from("<html>no image here</html>").toString("base64")]);
    case "invalid_json":
      return { status: 200, headers: { "content-type": "application/json" }, body: '{"images": [' };
    case "cut":
      return cut(response);
    case "huge":
      return await sendWithoutEnd(response);
    default:
      return json([await image(order.seed)]);
  }
}

const NOT_FOUND: Answered = { status: 404, body: { detail: "Not Found" } };

/** What is no fault of the order. `overloaded` is what proxies say while the server starts. */
const REFUSALS: Readonly<Partial<Record<Outcome, (dialect: Dialect) => Answered>>> = {
  overloaded: () => ({ status: 503, headers: { "content-type": "text/html" }, body: "<h1>503</h1>" }),
  auth: () => ({ status: 401, body: { detail: "Incorrect username or password" } }),
  no_model: () => NOT_FOUND,
  invalid: (dialect) =>
    dialect === "sd-server"
      ? { status: 400, body: { error: "invalid params" } }
      : { status: 422, body: { detail: [{ loc: ["body", "steps"], msg: "not an integer", type: "int" }] } },
};

function withUser(url: URL, key: string | undefined): URL {
  const at = new URL(url);
  const [user = "", ...password] = (key ?? "").split(":");
  at.username = user;
  at.password = encodeURIComponent(password.join(":"));
  return at;
}

function checkpointsOf(dialect: Dialect): object {
  const entry = (name: string, hash: string) => ({
    title: dialect === "sd-server" ? name : `xl/${name}.safetensors [${hash}]`,
    model_name: name,
    hash,
    sha256: null,
    filename: dialect === "sd-server" ? `${name}.gguf` : `/srv/models/xl/${name}.safetensors`,
    config: null,
  });
  const loaded = entry(LOADED, HASH);
  return dialect === "sd-server" ? [loaded] : [loaded, entry(ANOTHER, "9b4f8ac9fd")];
}

/** A web UI takes no notice of a checkpoint that it does not have; the other server has but one. */
function infoOf({ seed, checkpoint }: Order, dialect: Dialect): string {
  if (dialect === "sd-server") return "";
  const used = checkpoint === ANOTHER ? ANOTHER : LOADED;
  return JSON.stringify({ seed, all_seeds: [seed], sd_model_name: used, sd_model_hash: HASH, infotexts: [] });
}

function draw({ width, height }: Order, seed: number): Promise<Buffer> {
  const background = { r: seed & 255, g: (seed >> 8) & 255, b: (seed >> 16) & 255 };
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

/** Whoever listens has had enough at some point, and hangs up. */
async function sendWithoutEnd(response: ServerResponse): Promise<Answered> {
  response.writeHead(200, { "content-type": "application/json" });
  await pipeline(endless(), response).catch(() => undefined);
  return { status: 200, body: "taken" };
}

function* endless(): Generator<Buffer> {
  yield Buffer.from('{"images": ["');
  const part = Buffer.alloc(1024 * 1024, "A");
  while (true) yield part;
}
