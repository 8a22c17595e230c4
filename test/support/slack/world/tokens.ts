import type { InstallRecord, TokenRecord } from "./records.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** "Access tokens expire after 12 hours": https://docs.slack.dev/authentication/using-token-rotation */
export const TOKEN_LIFE_S = 43_200;

export interface HandedOut {
  readonly token: string;
  readonly refreshToken: string | undefined;
}

/** Where an installation holds. */
export interface InstallPlace {
  readonly team: string | undefined;
  readonly enterprise: string | undefined;
}

export function findInstall(world: World, place: InstallPlace): InstallRecord | undefined {
  return world.installs.find(
    (each) => each.isLive && each.team === place.team && each.enterprise === place.enterprise,
  );
}

/** The installation that covers a workspace: its own, or its organisation's. */
export function findInstallFor(world: World, team: string): InstallRecord | undefined {
  const enterprise = world.teams.get(team)?.enterprise?.id;
  return world.installs.find(
    (each) =>
      each.isLive &&
      (each.team === team ||
        (each.team === undefined && enterprise !== undefined && each.enterprise === enterprise)),
  );
}

/** Installs, or changes the scopes of what is installed. */
export function install(world: World, place: InstallPlace, scopes: readonly string[]): InstallRecord {
  const existing = findInstall(world, place);
  if (existing !== undefined) {
    existing.scopes = scopes;
    return existing;
  }
  const record: InstallRecord = { ...place, scopes, isLive: true };
  world.installs.push(record);
  return record;
}

/** The token of an installation: without rotation always the same one, with it a new pair. */
export function handOutToken(world: World, record: InstallRecord): HandedOut {
  const secret = () => world.id("").slice(1) + world.id("").slice(1);
  if (!world.settings.tokenRotation) {
    const live = [...world.tokens.values()].find((each) => each.install === record && each.state === "live");
    const token = live?.value ?? `xoxb-1000000000001-${secret()}`;
    if (live === undefined)
      world.tokens.set(token, { value: token, install: record, expiresAt: undefined, state: "live" });
    return { token, refreshToken: undefined };
  }
  keepOneLive(world, record);
  const token = `xoxe.xoxb-1-${secret()}`;
  const refreshToken = `xoxe-1-${secret()}`;
  const expiresAt = world.clock.now() + TOKEN_LIFE_S * 1000;
  world.tokens.set(token, { value: token, install: record, expiresAt, state: "live" });
  world.refreshTokens.set(refreshToken, { value: refreshToken, install: record, isUsed: false });
  return { token, refreshToken };
}

/** "There is a limit of 2 active tokens; the oldest is revoked": https://docs.slack.dev/authentication/using-token-rotation */
function keepOneLive(world: World, record: InstallRecord): void {
  const live = [...world.tokens.values()].filter((each) => each.install === record && each.state === "live");
  for (const token of live.slice(0, -1)) token.state = "revoked";
}

/**
 * "Refresh tokens can only be used once": https://docs.slack.dev/authentication/using-token-rotation
 *
 * @throws Refusal `invalid_refresh_token`
 */
export function refresh(world: World, refreshToken: string): { readonly install: InstallRecord } & HandedOut {
  const record = world.refreshTokens.get(refreshToken);
  if (record === undefined || record.isUsed || !record.install.isLive)
    throw new Refusal("invalid_refresh_token");
  record.isUsed = true;
  return { install: record.install, ...handOutToken(world, record.install) };
}

/**
 * The token, if it may be used now. https://docs.slack.dev/reference/methods/auth.test#errors
 *
 * @throws Refusal `not_authed | invalid_auth | token_revoked | token_expired | account_inactive`
 */
export function checkToken(world: World, value: string | undefined): TokenRecord {
  if (value === undefined || value === "") throw new Refusal("not_authed");
  const token = world.tokens.get(value);
  if (token === undefined) throw new Refusal("invalid_auth");
  if (token.state === "app_removed") throw new Refusal("account_inactive");
  if (token.state === "revoked") throw new Refusal("token_revoked");
  if (token.expiresAt !== undefined && token.expiresAt <= world.clock.now())
    throw new Refusal("token_expired");
  return token;
}

/**
 * Revokes an installation's tokens; `tokens_revoked` goes out. "It will deactivate the bot user and
 * remove its channel memberships": https://docs.slack.dev/reference/methods/auth.revoke
 */
export function revokeTokens(
  world: World,
  record: InstallRecord,
  state: TokenRecord["state"] = "revoked",
): void {
  for (const token of world.tokens.values()) {
    if (token.install === record && token.state === "live") token.state = state;
  }
  for (const token of world.refreshTokens.values()) if (token.install === record) token.isUsed = true;
  const teams = [...world.teams.values()].filter((team) =>
    record.team === undefined ? team.enterprise?.id === record.enterprise : team.id === record.team,
  );
  for (const channel of world.channels.values()) {
    if (channel.kind !== "im") for (const team of teams) channel.members.delete(team.botUserId);
  }
  world.emit({ type: "tokens_revoked", install: record });
}

/** https://docs.slack.dev/reference/events/app_uninstalled: both events go out, in no promised order. */
export function uninstall(world: World, record: InstallRecord): void {
  revokeTokens(world, record, "app_removed");
  record.isLive = false;
  world.emit({ type: "uninstalled", install: record });
}
