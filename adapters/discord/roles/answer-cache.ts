import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/ports/log.ts";

/** Remembers answers of Discord, asks again when they are old, and goes on with an old one when there is no new one. */
export interface AnswerCache<Value> {
  /**
   * One question at a time is under way for a key. With an old answer at hand nobody waits long for a new one: it
   * serves whoever asks next.
   *
   * @throws ChatError when nothing is known and there is no answer: that of `ask`.
   */
  find(key: string, ask: () => Promise<Value>): Promise<Value>;
  /** What Discord has told without being asked. */
  put(key: string, value: Value): void;
  /** What holds still; undefined when that is nothing. */
  fresh(key: string): Value | undefined;
  /** What is known of these keys is no longer true. */
  forget(isMeant: (key: string) => boolean): void;
}

interface Entry<Value> {
  answer: { readonly value: Value; readonly at: number } | undefined;
  /** Resolves whatever becomes of the question. */
  asking: { readonly since: number; readonly ended: Promise<void> } | undefined;
  failure: { readonly error: ChatError; readonly until: number } | undefined;
}

/** For how long an answer holds, in ms. */
const HOLDS_MS = 5 * 60_000;
/** How long to wait for a new answer while there is an old one, in ms. An event is to be answered within 3 seconds. */
const PATIENCE_MS = 1_200;
/** How long not to ask again after a failure that does not say so itself, in ms. */
const PAUSE_MS = 1_000;

export function createAnswerCache<Value>(keysMax: number, clock: Clock): AnswerCache<Value> {
  const entries = new Map<string, Entry<Value>>();
  const now = () => clock().getTime();

  function entryOf(key: string): Entry<Value> {
    const known = entries.get(key) ?? { answer: undefined, asking: undefined, failure: undefined };
    // Whoever was needed last stays longest.
    entries.delete(key);
    entries.set(key, known);
    const [oldest] = entries.keys();
    if (entries.size > keysMax && oldest !== undefined) entries.delete(oldest);
    return known;
  }

  function freshOf({ answer }: Entry<Value>): Value | undefined {
    return answer !== undefined && now() - answer.at < HOLDS_MS ? answer.value : undefined;
  }

  async function question(entry: Entry<Value>, since: number, ask: () => Promise<Value>): Promise<void> {
    try {
      const value = await ask();
      // What Discord has told meanwhile is newer than what it was asked.
      if (entry.answer === undefined || entry.answer.at < since) entry.answer = { value, at: now() };
      entry.failure = undefined;
    } catch (cause) {
      const error =
        cause instanceof ChatError
          ? cause
          : new ChatError("unavailable", "Discord's answer was not understood", { cause });
      entry.failure = { error, until: now() + (error.retryAfterMs ?? PAUSE_MS) };
    } finally {
      entry.asking = undefined;
    }
  }

  return {
    async find(key, ask) {
      const entry = entryOf(key);
      const fresh = freshOf(entry);
      if (fresh !== undefined) return fresh;
      const since = now();
      const isPaused = entry.failure !== undefined && since < entry.failure.until;
      if (entry.asking === undefined && !isPaused) {
        entry.asking = { since, ended: question(entry, since, ask) };
      }
      const { asking, answer } = entry;
      if (asking !== undefined && answer !== undefined) {
        await within(asking.ended, PATIENCE_MS - (since - asking.since));
      } else {
        await asking?.ended;
      }
      if (entry.answer !== undefined) return entry.answer.value;
      throw entry.failure?.error ?? new ChatError("unavailable", "Discord was not asked");
    },

    put(key, value) {
      entryOf(key).answer = { value, at: now() };
    },

    fresh(key) {
      const entry = entries.get(key);
      return entry && freshOf(entry);
    },

    forget(isMeant) {
      for (const key of entries.keys()) if (isMeant(key)) entries.delete(key);
    },
  };
}

function within(awaited: Promise<void>, ms: number): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    awaited.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
