import { REST, type RESTOptions } from "discord.js";
import type { Secret } from "../../src/core/secret.ts";
import { makeRequest } from "./make-request.ts";

/** How long a request with files may take, in ms: longer than others, and shorter than a post's claim. */
export const UPLOAD_MS_MAX = 30_000;

/** What discord.js asks for by itself: an answer within 3 seconds, and the way in. Nobody else would come back for these. */
const WAITING = ["/interactions/", "/gateway"] as const;

/**
 * What the sender (and whoever shares its REST) relies on: nothing is tried twice, and nothing waits for a limit in
 * discord.js's queue. A limit is an error with a time to come back at, by Discord's headers:
 * https://docs.discord.com/developers/topics/rate-limits.
 */
export const REST_OPTIONS = {
  version: "10",
  makeRequest,
  retries: 0,
  timeout: UPLOAD_MS_MAX,
  rejectOnRateLimit: ({ route }) => !WAITING.some((start) => route.startsWith(start)),
} as const satisfies Partial<RESTOptions>;

export interface DiscordRestParts {
  readonly token: Secret;
  /** Without the version, such as `https://discord.com/api/`. */
  readonly apiUrl: URL;
}

const ANSWER_MS_MAX = 15_000;
/** Somebody sits before it. */
const TURN_MS_MAX = 10_000;

/** For programs that ask a few things and end: nothing is tried twice, and what has to wait long is refused. */
export function createDiscordRest({ token, apiUrl }: DiscordRestParts): REST {
  return new REST({
    version: "10",
    makeRequest,
    api: apiUrl.href.replace(/\/$/, ""),
    retries: 0,
    timeout: ANSWER_MS_MAX,
    rejectOnRateLimit: ({ retryAfter, timeToReset }) => Math.max(retryAfter, timeToReset) > TURN_MS_MAX,
  }).setToken(token.reveal());
}
