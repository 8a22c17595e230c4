import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { DiscordFaultBox } from "../faults.ts";
import type { DiscordAnswer, DiscordCall } from "../local-discord.ts";
import { noteAnswer, type OpenCall } from "../rest/call-log.ts";
import type { InvalidRequests } from "../rest/invalid-requests.ts";
import { createRestApi, type Match, type RestApi, toError } from "../rest/rest-api.ts";
import { openLink } from "../world/attachments.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { answerJson, answerText, type ParsedBody, parseBody, readBytes } from "./read-request.ts";
import { withFault } from "./with-fault.ts";

export interface ServerParts {
  readonly world: World;
  readonly faults: DiscordFaultBox;
  readonly calls: DiscordCall[];
  readonly invalid: InvalidRequests;
}

const MEBIBYTE = 1024 * 1024;

/** Discord's addresses: REST under /api, the CDN under /attachments. */
export function createDiscordServer(parts: ServerParts): Server {
  const { world } = parts;
  const api = createRestApi(world);
  return createServer((raw, response) => {
    const url = new URL(raw.url ?? "/", world.url);
    // No app sends cookies. This is a page of some other test, which looks for a server whose port was free again.
    if (raw.headers.cookie !== undefined) {
      answerText(response, 404, "not found");
      return;
    }
    const done = url.pathname.startsWith("/api/")
      ? answerApi(parts, api, raw, response, url)
      : answerFile(parts, raw, response, url);
    done.catch((error: unknown) => {
      // A client that hung up, or a defect of the local Discord itself: the latter has to be seen.
      if (!raw.destroyed || raw.complete) world.problems.push(`${raw.method} ${raw.url}: ${error}`);
      if (!response.headersSent) answerText(response, 500, String(error));
    });
  });
}

async function answerApi(
  parts: ServerParts,
  api: RestApi,
  raw: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const { world, faults, calls, invalid } = parts;
  const match = api.match(raw.method ?? "GET", url);
  const call = openCall(parts, raw, url, match?.name ?? `${raw.method} ${url.pathname}`);
  calls.push(call);
  const bytes = await readBytes(raw);
  const send = (answer: DiscordAnswer) => {
    invalid.note(answer.status, answer.headers["x-ratelimit-scope"]);
    noteAnswer(call, answer);
    answerJson(response, answer.status, answer.body, answer.headers);
    world.changed();
  };
  // "Automatically and temporarily restricted from accessing the Discord API", by Cloudflare: no JSON, no Via.
  if (invalid.isBanned()) return answerText(response, 429, "error code: 1015");
  await withFault(faults.takeCallFault(call.route), { world, call, response, send }, async () => {
    if (match === undefined) {
      world.problems.push(`unknown route ${raw.method} ${url.pathname}`);
      return toError(new Refusal(404, 0, "404: Not Found"), {});
    }
    return run(parts, api, { raw, url, bytes }, match, call);
  });
}

async function run(
  { world }: ServerParts,
  api: RestApi,
  { raw, url, bytes }: { readonly raw: IncomingMessage; readonly url: URL; readonly bytes: Uint8Array },
  match: Match,
  call: OpenCall,
): Promise<DiscordAnswer> {
  try {
    const parsed: ParsedBody = await parseBody(raw.headers["content-type"], bytes, requestMax(world, match));
    call.body = parsed.body;
    call.files = parsed.files.map(({ field, name, bytes: file }) => ({ field, name, size: file.length }));
    return api.answer(
      { method: match.route.method, url, authorization: raw.headers.authorization, ...parsed },
      match,
      call,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return toError(error, {});
  }
}

/** 25 MiB, or what a boosted guild lets one file have. */
function requestMax(world: World, { params }: Match): number {
  const channel = world.channels.get(params.channel ?? "") ?? world.tokens.get(params.token ?? "")?.channel;
  return Math.max(25 * MEBIBYTE, (channel?.guild?.attachmentLimit ?? 0) + MEBIBYTE);
}

function openCall({ world }: ServerParts, raw: IncomingMessage, url: URL, route: string): OpenCall {
  return {
    route,
    method: raw.method ?? "GET",
    path: `${url.pathname.replace(/^\/api\/v\d+/, "")}${url.search}`,
    body: undefined,
    files: [],
    headers: Object.fromEntries(Object.entries(raw.headers).map(([name, value]) => [name, String(value)])),
    at: world.clock.now(),
    answer: undefined,
    took: false,
  };
}

/** https://docs.discord.com/developers/reference#signed-attachment-cdn-urls: 404 for what is forged or has ended. */
async function answerFile(
  parts: ServerParts,
  raw: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const { world, faults, calls } = parts;
  const isFile = /^\/(ephemeral-)?attachments\//.test(url.pathname) && raw.method === "GET";
  const call = openCall(parts, raw, url, isFile ? "GET /attachments" : `${raw.method} ${url.pathname}`);
  calls.push(call);
  const found = isFile ? openLink(world, url) : undefined;
  if (!isFile) world.problems.push(`unknown route ${raw.method} ${url.pathname}`);
  const send = (answer: DiscordAnswer) => {
    noteAnswer(call, answer);
    if (found === undefined || answer.status !== 200)
      return answerText(response, answer.status, String(answer.body));
    response.writeHead(200, { "content-type": found.contentType, "content-length": found.bytes.length });
    response.end(found.bytes);
  };
  await withFault(faults.takeCallFault(call.route), { world, call, response, send }, async () => {
    call.took = found !== undefined;
    if (found !== undefined) return { status: 200, code: undefined, headers: {}, body: undefined };
    return { status: 404, code: undefined, headers: {}, body: "This content is no longer available." };
  });
}
