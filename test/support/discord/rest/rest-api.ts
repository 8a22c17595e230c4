import type { DiscordAnswer } from "../local-discord.ts";
import type { FilePart } from "../world/message-files.ts";
import type { Json } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import type { OpenCall } from "./call-log.ts";
import { createRateLimits } from "./rate-limits.ts";
import type { Route } from "./route.ts";
import { ROUTES } from "./route-table.ts";

export interface RestRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: unknown;
  readonly files: readonly FilePart[];
}

/** What a request is for, found before it is done. */
export interface Match {
  readonly route: Route;
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface RestApi {
  /** undefined for a route that Discord does not have: then it is a problem as well. */
  match(method: string, url: URL): Match | undefined;
  answer(request: RestRequest, match: Match, call: OpenCall): DiscordAnswer;
}

const ROOT = /^\/api\/v(\d+)(\/.*)$/;

export function createRestApi(world: World): RestApi {
  const limits = createRateLimits(world);
  const table = ROUTES.map((route) => ({ route, pattern: patternOf(route.path) }));

  const run = (request: RestRequest, { route, params }: Match, call: OpenCall): DiscordAnswer => {
    const isExempt = route.auth === "none";
    if (!isExempt && request.authorization !== `Bot ${world.app.token}`)
      return toError(new Refusal(401, 0, "401: Unauthorized"), {});
    const resource = params.channel ?? params.guild ?? params.token ?? "";
    const limited = limits.take(route.bucket, resource, isExempt);
    if (limited.retryAfterS !== undefined)
      return toRateLimited(limited.retryAfterS, limited.scope, limited.headers, undefined);
    try {
      noteUnknown(world, route, request);
      const { status, body } = route.run({
        world,
        param: (name) => params[name] ?? "",
        query: request.url.searchParams,
        body: request.body,
        json: toJson(request.body),
        files: request.files,
      });
      call.took = true;
      return { status, code: undefined, headers: limited.headers, body };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return toError(error, limited.headers);
    }
  };

  return {
    match(method, url) {
      const path = ROOT.exec(url.pathname)?.[2];
      if (path === undefined) return undefined;
      for (const { route, pattern } of table) {
        const found = route.method === method ? pattern.exec(path) : null;
        if (found === null) continue;
        const params = Object.fromEntries(
          Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
        );
        return { route, name: `${route.method} ${route.path}`, params };
      }
      return undefined;
    },
    answer(request, match, call) {
      // https://docs.discord.com/developers/reference#api-versioning
      const version = Number(ROOT.exec(request.url.pathname)?.[1]);
      if (version !== 10) world.problems.push(`${match.name} was asked of API v${version}`);
      return run(request, match, call);
    },
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
}

function toJson(body: unknown): Json {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Json) : {};
}

/** Discord ignores what it does not know; here it is somebody's mistake. */
function noteUnknown(world: World, route: Route, request: RestRequest): void {
  const name = `${route.method} ${route.path}`;
  for (const key of new Set(request.url.searchParams.keys()))
    if (route.query?.includes(key) !== true) world.problems.push(`${name} has no query ${key}`);
  const { fields } = route;
  if (fields === undefined) return;
  for (const key of Object.keys(toJson(request.body)))
    if (!fields.includes(key)) world.problems.push(`${name} has no field ${key}`);
}

export function toError(error: Refusal, headers: Readonly<Record<string, string>>): DiscordAnswer {
  const { status, code, message, errors, more } = error;
  if (status === 429 && typeof more.retry_after === "number")
    return toRateLimited(more.retry_after, "user", headers, { code, message });
  const body = { message, code, ...(errors === undefined ? {} : { errors }), ...more };
  return { status, code, headers, body };
}

/** https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit */
export function toRateLimited(
  retryAfterS: number,
  scope: "user" | "global" | "shared",
  headers: Readonly<Record<string, string>>,
  special: { readonly code: number; readonly message: string } | undefined,
): DiscordAnswer {
  const seconds = Math.ceil(retryAfterS * 1000) / 1000;
  const message = scope === "shared" ? "The resource is being rate limited." : "You are being rate limited.";
  return {
    status: 429,
    code: special?.code,
    headers: {
      ...headers,
      "retry-after": String(Math.ceil(seconds)),
      "x-ratelimit-scope": scope,
      ...(scope === "global" ? { "x-ratelimit-global": "true" } : {}),
    },
    body: { message, retry_after: seconds, global: scope === "global", ...special },
  };
}
