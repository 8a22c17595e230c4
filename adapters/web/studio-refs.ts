import {
  type ChannelRef,
  type EventId,
  isGroup,
  type MemberRef,
  type MessageRef,
  type ThreadRef,
  type UserRef,
} from "../../src/core/ids.ts";
import { ChatError } from "../../src/ports/chat.ts";

/** `studio:local:{channel}`, `studio:{person}`, and `studio:local:{channel}:{message}` for messages and threads. */
export const STUDIO = "studio";

const PERSON = /^studio:([A-Za-z0-9-]{1,64})$/;
const CHANNEL = /^studio:local:([A-Za-z0-9-]{1,64})$/;
const MESSAGE = /^studio:local:([A-Za-z0-9-]{1,64}):([A-Za-z0-9-]{1,64})$/;

export const channelRef = (channel: string): ChannelRef => `studio:local:${channel}` as ChannelRef;
export const userRef = (person: string): UserRef => `studio:${person}` as UserRef;
export const eventId = (event: string): EventId => `studio:${event}` as EventId;
export const messageRef = (channel: string, message: string): MessageRef =>
  `studio:local:${channel}:${message}` as MessageRef;
export const threadRef = (channel: string, root: string): ThreadRef =>
  `studio:local:${channel}:${root}` as ThreadRef;

/** @throws ChatError `gone` for a ref that the studio did not make; so do the others. */
export function channelIdOf(ref: ChannelRef): string {
  const [, channel] = match(CHANNEL, ref);
  return channel;
}

export function personIdOf(ref: UserRef): string {
  const [, person] = match(PERSON, ref);
  return person;
}

/** A person's id, or the name of a group with an `@` before it. */
export function memberIdOf(ref: MemberRef): string {
  return isGroup(ref) ? ref.replace(/^.*:/, "") : personIdOf(ref);
}

/** The id of the message, or of the message at the root of the thread. */
export function messageIdOf(ref: MessageRef | ThreadRef): {
  readonly channel: string;
  readonly message: string;
} {
  const [, channel, message = ""] = match(MESSAGE, ref);
  return { channel, message };
}

function match(pattern: RegExp, ref: string): [string, string, string?] {
  const found = pattern.exec(ref);
  if (found === null) throw new ChatError("gone", `not a ref of the studio: ${ref}`);
  return found as unknown as [string, string, string?];
}
