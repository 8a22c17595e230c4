/** Keys of messages: the same key is the same message. Their kinds are kept apart by their first word. */
export const postKey = (key: string): string => `post:${key}`;
/** What a person said in an event. */
export const saidKey = (event: string): string => `said:${event}`;
/** What the bot answered to an event, privately. */
export const replyKey = (event: string): string => `reply:${event}`;

/** The event of a person's act that a message belongs to. */
export function eventOfKey(key: string | null): string | null {
  return /^(?:said|reply):(.*)$/s.exec(key ?? "")?.[1] ?? null;
}
