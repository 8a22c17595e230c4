import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from "@slack/web-api";
import { ChatError } from "../../src/ports/chat.ts";
import {
  DEAD_TOKEN,
  GONE,
  REFUSED,
  REFUSED_RETRY_MS,
  TOO_MANY,
  UNAVAILABLE,
} from "./slack-error-meanings.ts";

/** Slack's own word for what went wrong, such as `not_in_channel`; undefined when Slack said none. */
export function slackWord(error: unknown): string | undefined {
  const cause = error instanceof ChatError ? error.cause : error;
  if (!(cause instanceof WebAPIPlatformError)) return undefined;
  // An answer that is no JSON (a proxy's page, half an answer) comes as its own error text.
  return /^[a-z0-9_]{1,80}$/.test(cause.data.error) ? cause.data.error : undefined;
}

/** The same when Slack has refused; undefined also for trouble that passes. */
export function refusalOf(error: unknown): string | undefined {
  const word = slackWord(error);
  return word === undefined || (UNAVAILABLE.has(word) && !isDeadToken(word)) ? undefined : word;
}

export function isDeadToken(word: string | undefined): boolean {
  return word !== undefined && DEAD_TOKEN.has(word);
}

/** Whether Slack had too many calls of a method. */
export function isLimit(error: ChatError): boolean {
  return error.cause instanceof WebAPIRateLimitedError || TOO_MANY.has(slackWord(error) ?? "");
}

/**
 * What a failed call of Slack's Web API means. What is no answer of Slack's is worth another try.
 *
 * @param doing what was tried: a method, such as `chat.update`, and of what.
 */
export function toChatError(doing: string, error: unknown): ChatError {
  if (error instanceof ChatError) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new ChatError("unavailable", `Slack limits ${doing} for now`, {
      retryAfterMs: error.retryAfter * 1000,
      inDoubt: false,
      cause: error,
    });
  }
  const word = slackWord(error);
  if (word !== undefined) return toMeaning(doing, word, error);
  const status = error instanceof WebAPIHTTPError ? `: status ${error.statusCode}` : "";
  return new ChatError("unavailable", `Slack gave no answer to ${doing}${status}`, { cause: error });
}

function toMeaning(doing: string, word: string, cause: unknown): ChatError {
  const gone = GONE.get(word);
  if (gone !== undefined) return new ChatError("gone", gone, { cause });
  const passing = UNAVAILABLE.get(word);
  if (passing !== undefined) {
    const { retryAfterMs, inDoubt } = passing;
    return new ChatError("unavailable", `Slack could not do ${doing}: ${word}`, {
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      inDoubt,
      cause,
    });
  }
  const words =
    word === "missing_scope"
      ? scopeWords(cause)
      : (REFUSED.get(word) ?? `Slack refused ${doing}: ${word}${details(cause)}`);
  return new ChatError("refused", words, { retryAfterMs: REFUSED_RETRY_MS, cause });
}

/** `needed` is what Slack says is missing: https://docs.slack.dev/reference/methods (errors of every method). */
function scopeWords(cause: unknown): string {
  const data: object = cause instanceof WebAPIPlatformError ? cause.data : {};
  const needed = "needed" in data && typeof data.needed === "string" ? data.needed : "that it asks for";
  return `The Slack app lacks the scope ${needed}. Add it at api.slack.com/apps under OAuth & Permissions, then reinstall the app.`;
}

/** Where in the blocks the mistake is. Slack quotes positions, not contents. */
function details(cause: unknown): string {
  const messages = cause instanceof WebAPIPlatformError ? cause.data.response_metadata?.messages : undefined;
  return messages === undefined || messages.length === 0 ? "" : ` (${messages.join("; ")})`;
}
