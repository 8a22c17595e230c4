import { createServer, type Server, type ServerResponse } from "node:http";
import { parseBody } from "../api/arguments.ts";
import { type OpenCall, openCall } from "../api/call-log.ts";
import { type ApiResponse, createWebApi } from "../api/web-api.ts";
import { respond } from "../delivery/responses.ts";
import type { SlackFaultBox } from "../faults.ts";
import type { SlackCall } from "../local-slack.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { readConsentRequest } from "./consent.ts";
import { createFileRoutes } from "./file-routes.ts";
import { answerJson, answerText, type Incoming, readRequest } from "./read-request.ts";
import { createWithFaults } from "./with-faults.ts";

/** Slack's addresses: Web API, uploads and downloads, response_urls, the consent page. */
export function createSlackServer(world: World, calls: SlackCall[], faults: SlackFaultBox): Server {
  const api = createWebApi(world);
  const withFaults = createWithFaults(world, faults);
  const files = createFileRoutes(world, calls, faults);

  const answerApi = async (request: Incoming, response: ServerResponse) => {
    const method = request.url.pathname.slice("/api/".length);
    const parsed = await readFields(request);
    if (parsed instanceof Refusal) return answerJson(response, 200, { ok: false, error: parsed.error });
    const call = openCall(calls, method, parsed);
    const authorization = request.header("authorization");
    await withFaults(response, call, () => api({ method, fields: parsed, authorization }, call));
  };

  const answerResponseUrl = async (request: Incoming, response: ServerResponse) => {
    const parsed = await readFields(request);
    const fields = parsed instanceof Refusal ? {} : parsed;
    const call = openCall(calls, "response_url", fields);
    await withFaults(response, call, () => useUrl(world, request.url.pathname, fields, call));
  };

  const route = async (request: Incoming, response: ServerResponse) => {
    const { pathname } = request.url;
    const is = (method: string, start: string) => request.method === method && pathname.startsWith(start);
    if (is("POST", "/api/") || is("GET", "/api/")) return answerApi(request, response);
    if (is("POST", "/upload/v1/")) return files.upload(request, response);
    if (is("GET", "/files-pri/")) return files.download(request, response);
    if (["/commands/", "/actions/", "/app/"].some((start) => is("POST", start)))
      return answerResponseUrl(request, response);
    if (is("GET", "/oauth/v2/authorize")) return answerConsentPage(world, request, response);
    if (is("GET", "/signin"))
      return answerText(response, 200, "<!doctype html><title>Sign in</title>", "text/html");
    world.problems.push(`unknown route ${request.method} ${pathname}`);
    answerText(response, 404, "not found");
  };

  return createServer((raw, response) => {
    readRequest(raw)
      .then((request) => route(request, response))
      .catch((error: unknown) => {
        // A client that hung up, or a defect of the local Slack itself: the latter has to be seen.
        if (!raw.destroyed || raw.complete) world.problems.push(`${raw.method} ${raw.url}: ${error}`);
        if (!response.headersSent) answerText(response, 500, String(error));
      });
  });
}

async function readFields(request: Incoming): Promise<Readonly<Record<string, unknown>> | Refusal> {
  const query = Object.fromEntries(request.url.searchParams);
  try {
    return { ...query, ...(await parseBody(request.header("content-type"), request.body)).fields };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function useUrl(
  world: World,
  path: string,
  fields: Readonly<Record<string, unknown>>,
  call: OpenCall,
): ApiResponse {
  const record = world.responseUrls.get(path);
  call.team = record?.team;
  try {
    if (record === undefined) throw new Refusal("expired_url");
    respond(world, record, fields);
    call.took = true;
    return { status: 200, headers: {}, body: { ok: true } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const isGone = error.error === "expired_url" || error.error === "used_url";
    return {
      status: isGone ? 404 : 400,
      headers: {},
      body: { ok: false, error: error.error, ...error.more },
    };
  }
}

function answerConsentPage(world: World, request: Incoming, response: ServerResponse): void {
  try {
    const { scopes } = readConsentRequest(world, request.url);
    answerText(response, 200, `<!doctype html><title>Allow</title>${scopes.join(", ")}`, "text/html");
  } catch (error) {
    answerText(response, 400, String(error));
  }
}
