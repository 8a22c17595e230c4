import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { ChatError } from "../../src/ports/chat.ts";
import {
  GONE,
  LACKS_PERMISSION,
  REFUSED,
  REFUSED_RETRY_MS,
  TOO_LARGE,
  UNAVAILABLE,
} from "./discord-error-meanings.ts";

/**
 * What Discord has answered, without what it was asked: discord.js keeps addresses (an interaction's carry its
 * token) and whole bodies in its errors, and none of these may come into a log.
 */
export class DiscordRefusal extends Error {
  override readonly name = "DiscordRefusal";
  readonly status: number;
  /** Discord's JSON error code; undefined when the answer had none. */
  readonly code: number | undefined;

  constructor(status: number, code: number | undefined, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Discord's own code for what went wrong, such as 10008; undefined when it said none. */
export function discordCode(error: unknown): number | undefined {
  const cause = error instanceof ChatError ? error.cause : error;
  if (cause instanceof DiscordRefusal) return cause.code;
  return cause instanceof DiscordAPIError && typeof cause.code === "number" ? cause.code : undefined;
}

/** Whether Discord found what it was sent too large. */
export function isTooLarge(error: unknown): boolean {
  const cause = error instanceof ChatError ? error.cause : undefined;
  return cause instanceof DiscordRefusal && (cause.status === 413 || TOO_LARGE.has(cause.code ?? 0));
}

/**
 * What a failed call of Discord's API means. What is no answer of Discord's is worth another try.
 *
 * @param doing what was tried, such as `post a message`.
 * @param needs the permissions for it, as Discord's settings name them: Discord does not say which is missing.
 */
export function toChatError(doing: string, error: unknown, needs: readonly string[] = []): ChatError {
  if (error instanceof ChatError) return error;
  if (error instanceof RateLimitError) return toLimit(doing, error);
  if (error instanceof DiscordAPIError) return toMeaning(doing, error, needs);
  if (error instanceof HTTPError) {
    const cause = new DiscordRefusal(error.status, undefined, error.message);
    return new ChatError("unavailable", `Discord could not ${doing}: status ${error.status}`, { cause });
  }
  if (isTokenless(error)) return refused(TOKEN_WORDS, undefined);
  const code = systemCode(error);
  const why = code === undefined ? "" : `: ${code}`;
  return new ChatError("unavailable", `Discord gave no answer when asked to ${doing}${why}`, {
    inDoubt: !NEVER_SENT.has(code ?? ""),
  });
}

const TOKEN_WORDS = REFUSED.get(50014) ?? "";

/** discord.js forgets a token that was answered with 401, and says this from then on. */
function isTokenless(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Expected token to be set");
}

const LIMIT_MS_MIN = 50;

function toLimit(doing: string, { retryAfter, timeToReset, global }: RateLimitError): ChatError {
  const retryAfterMs = Math.max(LIMIT_MS_MIN, Math.ceil(retryAfter > 0 ? retryAfter : timeToReset));
  const words = global ? "Discord limits all calls for now" : `Discord limits how often to ${doing}`;
  return new ChatError("unavailable", words, { retryAfterMs, inDoubt: false });
}

function toMeaning(doing: string, error: DiscordAPIError, needs: readonly string[]): ChatError {
  const { status, message } = error;
  const code = typeof error.code === "number" ? error.code : undefined;
  const cause = new DiscordRefusal(status, code, message);
  const gone = GONE.get(code ?? 0);
  if (gone !== undefined) return new ChatError("gone", gone, { cause });
  const laterMs = UNAVAILABLE.get(code ?? 0);
  if (laterMs !== undefined) {
    const retryAfterMs = saidRetryMs(error) ?? laterMs;
    return new ChatError("unavailable", `Discord could not ${doing} now: ${message}`, {
      retryAfterMs,
      inDoubt: false,
      cause,
    });
  }
  if (status === 401 && code !== INVALID_WEBHOOK_TOKEN) return refused(TOKEN_WORDS, cause);
  if (code === LACKS_PERMISSION) return refused(permissionWords(doing, needs), cause);
  if (status === 413) return refused(REFUSED.get(40005) ?? message, cause);
  if (code === undefined) {
    // No JSON, so no answer of Discord's API, but of something in between.
    const words = `Discord could not ${doing}: status ${status}`;
    return new ChatError("unavailable", words, { inDoubt: false, cause });
  }
  return refused(REFUSED.get(code) ?? `Discord refused to ${doing}: ${message} (${code})`, cause);
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json: of an interaction, it comes with status 401. */
const INVALID_WEBHOOK_TOKEN = 50027;

function refused(words: string, cause: DiscordRefusal | undefined): ChatError {
  return new ChatError("refused", words, { retryAfterMs: REFUSED_RETRY_MS, cause });
}

function permissionWords(doing: string, needs: readonly string[]): string {
  if (needs.length === 0) return `Draftroom lacks a permission to ${doing}.`;
  return `Draftroom lacks a permission to ${doing} here. Give it ${inWords(needs)}.`;
}

function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit: in seconds. */
function saidRetryMs({ rawError }: DiscordAPIError): number | undefined {
  const said = "retry_after" in rawError ? rawError.retry_after : undefined;
  return typeof said === "number" && said > 0 ? Math.ceil(said * 1000) : undefined;
}

/** Of the system and of Node's HTTP client: there was no connection, so nothing went through it. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function systemCode(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ("code" in each && typeof each.code === "string") return each.code;
  }
  return error instanceof Error ? error.name : undefined;
}
