import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/ports/log.ts";

/** Remembers answers of Slack, asks again when they are old, and goes on with an old one when there is no new one. */
export interface AnswerCache<Value> {
  /**
   * One question at a time is under way for a key. An answer that takes long is not waited for, but
   * serves the next who asks.
   *
   * @throws ChatError when nothing is known and there is no answer: that of `ask`, or `unavailable`.
   */
  find(key: string, ask: () => Promise<Value>): Promise<Value>;
  /** What is known of these keys is no longer true. */
  forget(isMeant: (key: string) => boolean): void;
}

interface Limits {
  /** For how long an answer holds, in ms. */
  readonly holdsMs: number;
  /** How long to wait for an answer, in ms. */
  readonly patienceMs: number;
  /** How long not to ask again after a failure that does not say so itself, in ms. */
  readonly pauseMs: number;
  readonly keysMax: number;
}

interface Entry<Value> {
  answer: { readonly value: Value; readonly at: number } | undefined;
  /** Resolves whatever becomes of the question. */
  asking: Promise<void> | undefined;
  /** Somebody has waited for the question in vain: with an old answer at hand, nobody else does. */
  isLate: boolean;
  failure: { readonly error: ChatError; readonly until: number } | undefined;
}

export function createAnswerCache<Value>(limits: Limits, clock: Clock): AnswerCache<Value> {
  const entries = new Map<string, Entry<Value>>();
  const now = () => clock().getTime();

  function entryOf(key: string): Entry<Value> {
    const known = entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry<Value> = { answer: undefined, asking: undefined, isLate: false, failure: undefined };
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > limits.keysMax && oldest !== undefined) entries.delete(oldest);
    return entry;
  }

  async function question(entry: Entry<Value>, ask: () => Promise<Value>): Promise<void> {
    try {
      entry.answer = { value: await ask(), at: now() };
      entry.failure = undefined;
    } catch (cause) {
      const error =
        cause instanceof ChatError
          ? cause
          : new ChatError("unavailable", "Slack could not be asked", { cause });
      entry.failure = { error, until: now() + (error.retryAfterMs ?? limits.pauseMs) };
    } finally {
      entry.asking = undefined;
      entry.isLate = false;
    }
  }

  return {
    async find(key, ask) {
      const entry = entryOf(key);
      if (entry.answer !== undefined && now() - entry.answer.at < limits.holdsMs) return entry.answer.value;
      const isPaused = entry.failure !== undefined && now() < entry.failure.until;
      if (!isPaused) entry.asking ??= question(entry, ask);
      if (entry.asking !== undefined && !(entry.isLate && entry.answer !== undefined)) {
        const isInTime = await endsWithin(entry.asking, limits.patienceMs);
        if (!isInTime) entry.isLate = entry.asking !== undefined;
      }
      if (entry.answer !== undefined) return entry.answer.value;
      if (entry.asking === undefined && entry.failure !== undefined) throw entry.failure.error;
      throw new ChatError("unavailable", "Slack takes long to answer", { retryAfterMs: limits.patienceMs });
    },

    forget(isMeant) {
      for (const key of entries.keys()) if (isMeant(key)) entries.delete(key);
    },
  };
}

function endsWithin(awaited: Promise<void>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    awaited.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
