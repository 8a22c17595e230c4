import { type Logger, LogLevel } from "@slack/web-api";
import type { Log } from "../../../src/ports/log.ts";

/**
 * What Slack's SDK wants to say, for our log: its warnings and errors, as messages alone, with
 * everything that looks like a token taken out. Its chatter is dropped: it has request bodies in it.
 */
export function createSdkLogger(log: Log): Logger {
  const warn = (...said: readonly unknown[]) =>
    log.warn("slack.sdk", { message: withoutTokens(said.map(toWords).join(" ")) });
  return {
    debug: () => {},
    info: () => {},
    warn,
    error: warn,
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}

function toWords(said: unknown): string {
  return said instanceof Error ? said.message : typeof said === "string" ? said : typeof said;
}

/** Tokens begin with `xox` and a letter or with `xapp-`; rotating ones with `xoxe.` before that: https://docs.slack.dev/authentication/tokens. */
export function withoutTokens(words: string): string {
  return words.replace(/\b(?:xoxe\.)?(?:xox[a-z]|xapp)-[\w-]+/g, "[token]");
}
