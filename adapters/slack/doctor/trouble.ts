import { WebAPIPlatformError, WebAPIRateLimitedError } from "@slack/web-api";
import { bad, type Finding, warn } from "../../../src/ports/finding.ts";

export const APPS = "https://api.slack.com/apps";

/** Slack's word for why it refused, such as `invalid_auth`; undefined when it did not come to that. */
export function wordOf(error: unknown): string | undefined {
  const word = error instanceof WebAPIPlatformError ? error.data.error : undefined;
  // Where the answer is no JSON, the SDK gives the whole of it.
  return word !== undefined && /^[a-z_]{1,80}$/.test(word) ? word : undefined;
}

/** The deepest reason that a connection gives, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no reason given";
  if (error.name === "TimeoutError") return "no answer in time";
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

/** What a call that ought to have gone well came to. */
export function trouble(error: unknown, doing: string, api: URL): Finding {
  const word = wordOf(error);
  if (error instanceof WebAPIRateLimitedError || word === "ratelimited") {
    return warn(`Slack asks to wait before ${doing}.`, "Run the doctor again in a minute.");
  }
  if (word !== undefined) {
    return bad(
      `Slack refused ${doing}: ${word}.`,
      `Look the word up at https://docs.slack.dev/reference/methods`,
    );
  }
  return bad(
    `${api.host} does not answer as Slack does (${reasonOf(error)}), so ${doing} came to nothing.`,
    `Let this machine reach ${api.origin}; where a proxy stands between, set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.`,
  );
}
