import { setTimeout as sleep } from "node:timers/promises";
import type { WebClient } from "@slack/web-api";
import { ChatError } from "../../../src/ports/chat.ts";
import type { TeamAccess } from "../installs/access.ts";
import { isLimit, toChatError } from "../slack-errors.ts";
import type { PacedBy, Pacing } from "./pacing.ts";
import type { SenderLimits, SlackMethod } from "./sender-limits.ts";

/** A call of Slack's Web API, made once at most. */
export type MakeCall<T> = (client: WebClient) => Promise<T>;

/** The one way to Slack. Failures are ChatErrors, of which `slackWord` knows what Slack said. */
export interface Slack {
  /**
   * Makes a call when its turn has come.
   *
   * @throws ChatError
   */
  ask<T>(access: TeamAccess, method: SlackMethod, make: MakeCall<T>): Promise<T>;
  /**
   * The same for a post, of which each channel takes so many.
   *
   * @throws ChatError
   */
  post<T>(access: TeamAccess, channel: string, make: MakeCall<T>): Promise<T>;
  /**
   * Makes the first of `calls` without any wait; or resolves with the milliseconds until there is room for all.
   *
   * @throws ChatError
   */
  askNow<T>(
    access: TeamAccess,
    method: SlackMethod,
    calls: number,
    make: MakeCall<T>,
  ): Promise<
    | { readonly status: "done"; readonly result: T }
    | { readonly status: "later"; readonly retryAfterMs: number }
  >;
}

/** A limit that Slack calls out closes that method in that workspace, and nothing else. */
export function createSlack(pacing: Pacing, limits: SenderLimits): Slack {
  const bucketOf = (access: TeamAccess, method: SlackMethod): PacedBy => ({
    key: `${access.team} ${method}`,
    rate: limits.methods[method],
  });

  async function make<T>(access: TeamAccess, method: SlackMethod, call: MakeCall<T>): Promise<T> {
    try {
      return await call(access.client);
    } catch (error) {
      const failure = toChatError(method, error);
      if (isLimit(failure)) pacing.close(bucketOf(access, method), failure.retryAfterMs ?? 0);
      throw failure;
    }
  }

  async function whenItsTurn<T>(
    access: TeamAccess,
    method: SlackMethod,
    others: readonly PacedBy[],
    call: MakeCall<T>,
  ): Promise<T> {
    const turn = pacing.turn([bucketOf(access, method), ...others], limits.waitMsMax, 1);
    if (turn.status === "later") {
      throw new ChatError("unavailable", `${method} is called as often as Slack allows`, {
        retryAfterMs: turn.retryAfterMs,
        inDoubt: false,
      });
    }
    if (turn.inMs > 0) await sleep(turn.inMs);
    return make(access, method, call);
  }

  return {
    ask: (access, method, call) => whenItsTurn(access, method, [], call),

    post: (access, channel, call) =>
      whenItsTurn(
        access,
        "chat.postMessage",
        [{ key: `${access.team} ${channel}`, rate: limits.channel }],
        call,
      ),

    async askNow(access, method, calls, call) {
      const turn = pacing.turn([bucketOf(access, method)], 0, calls);
      return turn.status === "later" ? turn : { status: "done", result: await make(access, method, call) };
    },
  };
}
