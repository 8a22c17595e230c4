import type { SlackAnswer, SlackCall } from "../local-slack.ts";

/** A call as it is being answered. */
export interface OpenCall extends SlackCall {
  team: string | undefined;
  answer: SlackAnswer | undefined;
  took: boolean;
}

export function openCall(
  calls: SlackCall[],
  method: string,
  args: Readonly<Record<string, unknown>>,
): OpenCall {
  const { token: _token, client_secret: _secret, ...shown } = args;
  const call: OpenCall = {
    method,
    team: undefined,
    args: shown,
    at: Date.now(),
    answer: undefined,
    took: false,
  };
  calls.push(call);
  return call;
}
