import type { MessageAnswer } from "./message-answer.ts";
import { type StandingFile, shownFiles } from "./shown-files.ts";

/** What stands in a message of ours, as far as an edit has to know it. */
export interface StandingMessage {
  readonly files: readonly StandingFile[];
  /** Of its container. */
  readonly mark: number | undefined;
}

/** The messages that this process has written last. */
export interface StandingMessages {
  find(message: string): StandingMessage | undefined;
  keep(answer: MessageAnswer): StandingMessage;
  /** Nobody knows what stands there now. */
  forget(message: string): void;
}

const MESSAGES_MAX = 2_000;

export function createStandingMessages(
  readMark: (components: readonly unknown[]) => number | undefined,
): StandingMessages {
  const messages = new Map<string, StandingMessage>();
  return {
    find: (message) => messages.get(message),
    keep({ id, components }) {
      const standing = { files: shownFiles(components), mark: readMark(components) };
      messages.delete(id);
      messages.set(id, standing);
      const [oldest] = messages.keys();
      if (messages.size > MESSAGES_MAX && oldest !== undefined) messages.delete(oldest);
      return standing;
    },
    forget: (message) => messages.delete(message),
  };
}
