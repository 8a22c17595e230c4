import { RateLimitError, type REST, type RequestData, type RouteLike } from "discord.js";
import type { z } from "zod";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/ports/log.ts";
import { toChatError } from "../discord-errors.ts";
import { UPLOAD_MS_MAX } from "../discord-rest.ts";

export interface Ask<T> {
  /** For people: `post a message`. */
  readonly doing: string;
  /** The permissions for it, as Discord's settings name them. */
  readonly needs: readonly string[];
  readonly method: "get" | "post" | "patch" | "put";
  readonly route: RouteLike;
  readonly request: Pick<RequestData, "auth" | "body" | "files" | "query">;
  /** What of the answer is read. */
  readonly answer: z.ZodType<T>;
}

/** The one way to Discord. Failures are ChatErrors, of which `discordCode` knows what Discord said. */
export interface Discord {
  /**
   * Makes a call once, and at once: where Discord's limits do not let it through, it says when to come back.
   *
   * @throws ChatError
   */
  ask<T>(ask: Ask<T>): Promise<T>;
}

/** How long Discord may take for an answer, the turn in discord.js's queue included: a route's requests are made one after the other. */
const ANSWER_MS_MAX = 15_000;
const CLOSED_MAX = 1_000;

export function createDiscord(rest: Pick<REST, Ask<unknown>["method"]>, clock: Clock): Discord {
  /** Until when Discord has closed a route, beside its buckets. discord.js does not remember that when nobody waits in it. */
  const closed = new Map<string, number>();
  const now = () => clock().getTime();

  function close(key: string, forMs: number): void {
    if (closed.size >= CLOSED_MAX) {
      for (const [each, until] of closed) if (until <= now()) closed.delete(each);
    }
    closed.set(key, now() + forMs);
  }

  async function make<T>({ method, route, request, doing, answer }: Ask<T>): Promise<T> {
    const signal = AbortSignal.timeout(request.files === undefined ? ANSWER_MS_MAX : UPLOAD_MS_MAX);
    const answered = answer.safeParse(await rest[method](route, { ...request, signal }));
    if (answered.success) return answered.data;
    throw new ChatError("unavailable", `Discord answered strangely when asked to ${doing}`, {
      cause: answered.error,
    });
  }

  return {
    async ask(ask) {
      const key = `${ask.method} ${ask.route}`;
      const leftMs = (closed.get(key) ?? 0) - now();
      if (leftMs > 0) {
        const details = { retryAfterMs: leftMs, inDoubt: false };
        throw new ChatError("unavailable", `Discord limits how often to ${ask.doing}`, details);
      }
      try {
        return await make(ask);
      } catch (error) {
        const failure = toChatError(ask.doing, error, ask.needs);
        if (error instanceof RateLimitError && error.sublimitTimeout > 0) {
          close(key, failure.retryAfterMs ?? 0);
        }
        throw failure;
      }
    },
  };
}
