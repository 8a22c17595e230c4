import type { TeamRecord, TokenRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import { checkToken } from "../world/tokens.ts";
import type { World } from "../world/world.ts";
import { type Arguments, createArguments } from "./arguments.ts";
import type { OpenCall } from "./call-log.ts";
import type { BareMethod, BotMethod } from "./method.ts";
import { requireScope } from "./method.ts";
import { METHODS } from "./method-table.ts";
import { createRateLimits } from "./rate-limits.ts";

export interface ApiRequest {
  readonly method: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers a call of the Web API, and notes in `call` whose it was and whether it took effect. */
export type WebApi = (request: ApiRequest, call: OpenCall) => ApiResponse;

/** Arguments that any method takes. */
const COMMON_ARGS = ["token", "team_id"];

export function createWebApi(world: World): WebApi {
  const limits = createRateLimits(world);

  const answerBot = (method: BotMethod, request: ApiRequest, call: OpenCall): ApiResponse => {
    const args = createArguments(request.fields);
    const token = checkToken(world, bearerOf(request));
    const team = findTeam(world, token, args);
    call.team = team.id;
    const headers = {
      "x-oauth-scopes": token.install.scopes.join(","),
      ...(method.scopes.length > 0 ? { "x-accepted-oauth-scopes": method.scopes.join(",") } : {}),
    };
    const wait = limits.take(method, team.id, args.text("channel"));
    if (wait !== undefined) return rateLimited(wait);
    try {
      for (const scope of method.scopes) requireScope({ install: token.install }, scope);
      const body = method.run({ world, args, token, install: token.install, team });
      call.took = true;
      return { status: 200, headers, body: { ok: true, ...body } };
    } catch (error) {
      return refused(error, headers);
    }
  };

  const answerBare = (method: BareMethod, request: ApiRequest, call: OpenCall): ApiResponse => {
    if (method.token === "app" && bearerOf(request) !== world.app.appToken) {
      const isBotToken = world.tokens.has(bearerOf(request) ?? "");
      throw new Refusal(isBotToken ? "not_allowed_token_type" : "invalid_auth");
    }
    const wait = limits.take(method, "app", undefined);
    if (wait !== undefined) return rateLimited(wait);
    const basic = /^Basic (.+)$/.exec(request.authorization ?? "")?.[1];
    const body = method.run({ world, args: createArguments(request.fields), basic });
    call.took = true;
    return { status: 200, headers: {}, body: { ok: true, ...body } };
  };

  return (request, call) => {
    const method = METHODS.get(request.method);
    if (method === undefined) {
      world.problems.push(`unknown method ${request.method}`);
      return refused(new Refusal("unknown_method", [], { req_method: request.method }), {});
    }
    for (const name of Object.keys(request.fields)) {
      if (!method.args.includes(name) && !COMMON_ARGS.includes(name))
        world.problems.push(`${method.name} has no argument ${name}`);
    }
    try {
      return method.token === "bot" ? answerBot(method, request, call) : answerBare(method, request, call);
    } catch (error) {
      return refused(error, {});
    }
  };
}

function bearerOf(request: ApiRequest): string | undefined {
  const bearer = /^Bearer (.+)$/.exec(request.authorization ?? "")?.[1];
  return bearer ?? (typeof request.fields.token === "string" ? request.fields.token : undefined);
}

/** https://docs.slack.dev/apis/web-api/rate-limits: HTTP 429 with Retry-After in seconds. */
export function rateLimited(retryAfterS: number): ApiResponse {
  return {
    status: 429,
    headers: { "retry-after": String(retryAfterS) },
    body: { ok: false, error: "ratelimited" },
  };
}

function refused(error: unknown, headers: Readonly<Record<string, string>>): ApiResponse {
  if (!(error instanceof Refusal)) throw error;
  return { status: 200, headers, body: { ok: false, error: error.error, ...error.more } };
}

/**
 * The workspace of a call. An organisation's token serves them all: the channel says which, or `team_id`.
 * https://docs.slack.dev/enterprise/organization-ready-apps
 */
function findTeam(world: World, token: TokenRecord, args: Arguments): TeamRecord {
  const { install } = token;
  const own = install.team === undefined ? undefined : world.teams.get(install.team);
  if (own !== undefined) return own;
  const teams = [...world.teams.values()].filter((each) => each.enterprise?.id === install.enterprise);
  const asked = args.text("team_id") ?? teamOfThing(world, args);
  const found = asked === undefined ? teams[0] : teams.find((each) => each.id === asked);
  if (found === undefined) throw new Refusal("team_access_not_granted");
  return found;
}

function teamOfThing(world: World, args: Arguments): string | undefined {
  const channel = world.channels.get(args.text("channel") ?? args.text("channel_id") ?? "");
  const trigger = world.triggers.get(args.text("trigger_id") ?? "");
  const user = world.users.get(args.text("user_id") ?? "");
  const view = world.views.get(args.text("view_id") ?? "");
  return channel?.team ?? trigger?.team ?? view?.team ?? user?.team;
}
