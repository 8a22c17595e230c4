import type { InstallRecord, Json, TeamRecord, TokenRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import type { Arguments } from "./arguments.ts";

/** One method of the Web API. Its page: `https://docs.slack.dev/reference/methods/{name}`. */
export type Method = BotMethod | BareMethod;

interface MethodFacts {
  readonly name: string;
  /** Calls a minute and workspace. https://docs.slack.dev/apis/web-api/rate-limits */
  readonly perMinute: number;
  /** Its documented arguments; any other is a problem. */
  readonly args: readonly string[];
}

export interface BotMethod extends MethodFacts {
  readonly token: "bot";
  /** All of these are needed. What depends on the channel's kind is checked by the method itself. */
  readonly scopes: readonly string[];
  run(call: MethodCall): Json;
}

/** With the app-level token, or with none. */
export interface BareMethod extends MethodFacts {
  readonly token: "app" | "none";
  run(call: BareCall): Json;
}

export interface BareCall {
  readonly world: World;
  readonly args: Arguments;
  /** The credentials of HTTP Basic, as they came. */
  readonly basic: string | undefined;
}

export interface MethodCall {
  readonly world: World;
  readonly args: Arguments;
  readonly token: TokenRecord;
  readonly install: InstallRecord;
  readonly team: TeamRecord;
}

/** "Tier 1: 1+, 2: 20+, 3: 50+, 4: 100+ per minute": https://docs.slack.dev/apis/web-api/rate-limits */
export const TIER = { t1: 1, t2: 20, t3: 50, t4: 100, special: 600 } as const;

/** @throws Refusal `missing_scope` with what is needed and provided. https://docs.slack.dev/reference/methods/auth.test#errors */
export function requireScope(call: { readonly install: InstallRecord }, ...oneOf: readonly string[]): void {
  if (oneOf.some((scope) => call.install.scopes.includes(scope))) return;
  throw new Refusal("missing_scope", [], {
    needed: oneOf.join(","),
    provided: call.install.scopes.join(","),
  });
}

/** Scopes such as `channels:read`, `groups:read`, `im:read`, by the kind of the conversation. */
export function requireConversationScope(
  call: MethodCall,
  kind: "public" | "private" | "im",
  what: "read" | "history",
): void {
  const family = { public: "channels", private: "groups", im: "im" }[kind];
  requireScope(call, `${family}:${what}`);
}
