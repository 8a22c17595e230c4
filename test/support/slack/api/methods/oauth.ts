import type { InstallRecord, Json } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import {
  findInstall,
  type HandedOut,
  handOutToken,
  install,
  refresh,
  TOKEN_LIFE_S,
} from "../../world/tokens.ts";
import type { World } from "../../world/world.ts";
import { type BareCall, type BareMethod, TIER } from "../method.ts";
import { checkClient } from "./auth.ts";

const access: BareMethod = {
  name: "oauth.v2.access",
  token: "none",
  perMinute: TIER.special,
  args: [
    "client_id",
    "client_secret",
    "code",
    "code_verifier",
    "grant_type",
    "redirect_uri",
    "refresh_token",
  ],
  run(call) {
    checkClient(call.world, call.args, call.basic);
    const grant = call.args.text("grant_type") ?? "authorization_code";
    if (grant === "refresh_token") {
      const { install: record, ...handed } = refresh(call.world, call.args.required("refresh_token"));
      return toAnswer(call.world, record, handed, undefined);
    }
    if (grant !== "authorization_code") throw new Refusal("invalid_grant_type");
    return exchangeCode(call);
  },
};

/** "The code expires after 10 minutes" and is for one use: https://docs.slack.dev/authentication/installing-with-oauth */
function exchangeCode({ world, args }: BareCall): Json {
  const code = args.text("code") ?? "";
  const record = world.oauthCodes.get(code);
  world.oauthCodes.delete(code);
  if (record === undefined || record.expiresAt <= world.clock.now()) throw new Refusal("invalid_code");
  if (args.text("redirect_uri") !== record.redirectUri) throw new Refusal("bad_redirect_uri");
  const place = { team: record.team, enterprise: record.enterprise };
  // Scopes add up: https://docs.slack.dev/authentication/installing-with-oauth
  const scopes = [...new Set([...(findInstall(world, place)?.scopes ?? []), ...record.scopes])];
  const installed = install(world, place, scopes);
  const handed = handOutToken(world, installed);
  world.changed();
  return toAnswer(world, installed, handed, record.user);
}

function toAnswer(world: World, record: InstallRecord, handed: HandedOut, user: string | undefined): Json {
  const team = record.team === undefined ? undefined : world.teams.get(record.team);
  const enterprise = record.enterprise === undefined ? undefined : world.enterprises.get(record.enterprise);
  const anyTeam = team ?? [...world.teams.values()].find((each) => each.enterprise === enterprise);
  return {
    app_id: world.app.id,
    authed_user: user === undefined ? {} : { id: user },
    scope: record.scopes.join(","),
    token_type: "bot",
    access_token: handed.token,
    bot_user_id: anyTeam?.botUserId,
    ...(handed.refreshToken === undefined
      ? {}
      : { refresh_token: handed.refreshToken, expires_in: TOKEN_LIFE_S }),
    team: team === undefined ? null : { id: team.id, name: team.name },
    enterprise: enterprise === undefined ? null : { id: enterprise.id, name: enterprise.name },
    is_enterprise_install: record.team === undefined,
  };
}

/** https://docs.slack.dev/reference/methods/apps.connections.open */
const connectionsOpen: BareMethod = {
  name: "apps.connections.open",
  token: "app",
  perMinute: TIER.t3,
  args: [],
  run({ world }) {
    const ticket = `${world.id("")}${world.id("")}`.toLowerCase();
    world.socketTickets.add(ticket);
    const url = new URL("/link/", world.url.replace("http:", "ws:"));
    url.searchParams.set("ticket", ticket);
    url.searchParams.set("app_id", world.app.id);
    return { url: url.href };
  },
};

export const BARE_METHODS: readonly BareMethod[] = [access, connectionsOpen];
