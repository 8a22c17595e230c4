import type { Place } from "../../src/ports/chat.ts";
import type { Directory } from "./directory.ts";
import type { MessageRow, MessageStore } from "./message-store.ts";
import { channelRef, messageRef, threadRef } from "./studio-refs.ts";

/** Checks who acts, and on what, before anything is done. */
export interface Whereabouts {
  place(act: ActInPlace): Promise<{ readonly status: "found"; readonly place: Place } | Unknown>;
  /** Another person's private message is unknown. */
  message(act: ActOnMessage): Promise<{ readonly status: "found"; readonly row: MessageRow } | Unknown>;
}

export interface ActInPlace {
  readonly as: string;
  readonly channel: string;
  readonly thread: string | null;
}

interface ActOnMessage {
  readonly as: string;
  readonly message: string;
}

/** A person, channel or message that does not exist, or is not this person's to see. */
export interface Unknown {
  readonly status: "unknown";
  readonly what: "person" | "channel" | "thread" | "message";
}

export function createWhereabouts(directory: Directory, store: MessageStore): Whereabouts {
  async function place(act: ActInPlace) {
    if (!(await directory.hasPerson(act.as))) return unknown("person");
    if (!(await directory.hasChannel(act.channel))) return unknown("channel");
    const channel = channelRef(act.channel);
    if (act.thread === null) return { status: "found", place: { channel, thread: undefined } } as const;
    const root = await store.find(act.thread);
    const isRoot = root !== undefined && root.thread === null && root.audience === null;
    if (!isRoot || root.channel !== act.channel) return unknown("thread");
    return { status: "found", place: { channel, thread: threadRef(act.channel, root.id) } } as const;
  }

  async function message(act: ActOnMessage) {
    if (!(await directory.hasPerson(act.as))) return unknown("person");
    const row = await store.find(act.message);
    const isVisible = row !== undefined && (row.audience === null || row.audience === act.as);
    return isVisible ? ({ status: "found", row } as const) : unknown("message");
  }

  return { place, message };
}

const unknown = (what: Unknown["what"]): Unknown => ({ status: "unknown", what });

/** A message and its place, as the inbox knows them. */
export function refsOf(row: MessageRow) {
  const thread = row.thread === null ? undefined : threadRef(row.channel, row.thread);
  return { message: messageRef(row.channel, row.id), place: { channel: channelRef(row.channel), thread } };
}
