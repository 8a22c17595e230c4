import { type ErrorCode, LogLevel, WebClient } from "@slack/web-api";
import type { LocalSlack } from "./local-slack.ts";

/** The real client, which tries each call once. */
export function createSlackClient(slack: LocalSlack, token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: SILENT,
  });
}

/** What the SDK threw: Slack's error, its messages, or the SDK's own code. */
export interface SlackFailure {
  readonly code: ErrorCode | undefined;
  readonly error: string | undefined;
  readonly messages: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
  readonly retryAfter: number | undefined;
}

/** The failure that a call ends in. @throws Error when it succeeds. */
export async function failureOf(call: Promise<unknown>): Promise<SlackFailure> {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error as { code?: ErrorCode; data?: Record<string, unknown>; retryAfter?: number },
  );
  if (thrown === undefined) throw new Error("the call succeeded");
  const data = thrown.data ?? {};
  const metadata = data.response_metadata as { readonly messages?: readonly string[] } | undefined;
  return {
    code: thrown.code,
    error: data.error as string | undefined,
    messages: metadata?.messages ?? [],
    data,
    retryAfter: thrown.retryAfter,
  };
}

/** The SDK logs what it throws as well. */
export const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
