/** Messages of the bot's own that have had reactions lately: events that clear these do not say whose message it was. */
export interface OurMessages {
  note(message: string): void;
  has(message: string): boolean;
}

const KEPT_MAX = 20_000;

export function createOurMessages(): OurMessages {
  const kept = new Set<string>();
  return {
    note(message) {
      kept.delete(message);
      kept.add(message);
      const [oldest] = kept;
      if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
    },
    has: (message) => kept.has(message),
  };
}
