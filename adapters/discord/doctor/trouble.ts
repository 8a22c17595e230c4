import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { ZodError } from "zod";
import { bad, type Finding, warn } from "../../../src/ports/finding.ts";

export const PORTAL = "https://discord.com/developers/applications";

/** Discord's number for why it refused, such as 50001; undefined when it did not come to that. */
export function codeOf(error: unknown): number | undefined {
  return error instanceof DiscordAPIError && typeof error.code === "number" ? error.code : undefined;
}

/** Whether Discord does not take the token. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401;
}

/** The deepest reason that a connection gives, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no reason given";
  if (error.name === "AbortError" || error.name === "TimeoutError") return "no answer in time";
  if (error instanceof HTTPError) return `${error.status}`;
  if (error instanceof ZodError) return "another answer";
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

/** What a call that ought to have gone well came to. */
export function trouble(error: unknown, doing: string, api: URL): Finding {
  if (isUnauthorized(error)) {
    const step = `Copy the token again: ${PORTAL} → your app → Bot → Reset Token, then into DISCORD_TOKEN.`;
    return bad("Discord does not take the token in DISCORD_TOKEN.", step);
  }
  if (error instanceof RateLimitError) {
    const seconds = Math.ceil(Math.max(error.retryAfter, error.timeToReset) / 1000);
    return warn(`Discord asks to wait for ${seconds} s before ${doing}.`, "Do it again then.");
  }
  if (error instanceof DiscordAPIError) {
    const codes = "https://docs.discord.com/developers/topics/opcodes-and-status-codes#json";
    return bad(
      `Discord refused ${doing}: ${error.message} (${error.code}).`,
      `Look the number up at ${codes}`,
    );
  }
  return bad(
    `${api.host} does not answer as Discord does (${reasonOf(error)}), so ${doing} came to nothing.`,
    `Let this machine reach ${api.origin}.`,
  );
}
