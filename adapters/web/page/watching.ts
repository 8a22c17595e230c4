import type { Changes, MessagePage, MessageView } from "../wire.ts";
import { fetchChannel, fetchThread } from "./remote.ts";
import { markSeen, messagesOf, messagesUnder, type Place, placeKey, type State } from "./state.ts";
import { openStream, type Stream } from "./stream.ts";
import { wordsOf } from "./words-of.ts";

/** Brings messages in, and keeps count of what was seen. */
export interface Watching {
  /** Follows what the acting person can see, from here on. */
  follow(): void;
  /** Reads a channel's newest messages, once. */
  loadChannel(channel: string): Promise<void>;
  loadOlder(channel: string): Promise<void>;
  loadThread(root: string): Promise<void>;
  /** Takes in messages that an answer brought, before the stream does. */
  take(messages: readonly MessageView[]): void;
  /** The reader stands at the newest message of a place. */
  seeAll(place: Place): void;
}

interface Parts {
  readonly state: State;
  readonly changed: () => void;
  /** Says something to those who listen rather than look. */
  readonly announce: (words: string) => void;
  /** Whether the reader stands at the newest message of a place. */
  readonly isAtEnd: (place: string) => boolean;
}

export function createWatching({ state, changed, announce, isAtEnd }: Parts): Watching {
  let stream: Stream | undefined;

  function take(messages: readonly MessageView[]): void {
    // The stream may be faster than the answer to what was said.
    state.pending = state.pending.filter((one) => messages.every((message) => message.event !== one.event));
    for (const message of messages) {
      const known = state.messages.get(message.id);
      if (known === undefined || known.changed <= message.changed) state.messages.set(message.id, message);
    }
    changed();
  }

  function follow(): void {
    stream?.close();
    state.connection = "connecting";
    stream = openStream(state.as, {
      since: () => state.sequence,
      onChanges: receive,
      onState(connection) {
        if (state.connection === connection) return;
        state.connection = connection;
        changed();
      },
    });
  }

  function receive(changes: Changes): void {
    const news = changes.messages.filter((one) => !state.messages.has(one.id));
    state.sequence = changes.sequence;
    for (const one of changes.staff) state.staff.set(one.channel, one);
    take(changes.messages);
    for (const message of news) noticeNew(message);
    announceShown(changes.messages);
  }

  function noticeNew(message: MessageView): void {
    const key = placeKey({ channel: message.channel, thread: message.thread ?? undefined });
    const isOpen = key === state.channel || key === `${state.channel}/${state.thread}`;
    if (!isOpen || message.author === state.as || isAtEnd(key)) return;
    state.below.set(key, (state.below.get(key) ?? 0) + 1);
    changed();
  }

  function announceShown(messages: readonly MessageView[]): void {
    const shown = messages.filter(
      (one) =>
        one.channel === state.channel &&
        one.author !== state.as &&
        !one.isDismissed &&
        (one.thread === null || one.thread === state.thread),
    );
    const said = shown.map((one) => wordsOf(one.content, one.author, state)).filter((words) => words !== "");
    if (said.length > 0) announce(said.join(" "));
  }

  async function loadChannel(channel: string): Promise<void> {
    if (state.loaded.has(channel)) return;
    state.isLoading = true;
    changed();
    keepPage(channel, await fetchChannel(channel, state.as));
    state.isLoading = false;
    changed();
  }

  async function loadOlder(channel: string): Promise<void> {
    const known = state.loaded.get(channel);
    if (known === undefined || !known.more || state.isLoading) return;
    state.isLoading = true;
    keepPage(channel, await fetchChannel(channel, state.as, known.floor));
    state.isLoading = false;
    changed();
  }

  function keepPage(channel: string, page: Awaited<ReturnType<typeof fetchChannel>>): void {
    if (page.status === "failed") {
      state.notice = { problem: page.problem, retry: () => void loadChannel(channel), body: undefined };
      return;
    }
    const { messages, more } = page.value;
    state.loaded.set(channel, { floor: more ? (messages[0]?.position ?? 0) : 0, more });
    take(messages);
  }

  async function loadThread(root: string): Promise<void> {
    if (state.loadedThreads.has(root)) return;
    const page = await fetchThread(root, state.as);
    if (page.status === "ok") keepThread(root, page.value);
    else if (state.thread === root)
      state.notice = { problem: page.problem, retry: () => void loadThread(root), body: undefined };
    changed();
  }

  function keepThread(root: string, page: MessagePage): void {
    state.loadedThreads.add(root);
    take(page.messages);
  }

  function seeAll(place: Place): void {
    const key = placeKey(place);
    const messages =
      place.thread === undefined ? messagesOf(state, place.channel) : messagesUnder(state, place.thread);
    state.below.delete(key);
    markSeen(state, key, messages.at(-1)?.position ?? 0);
  }

  return { follow, loadChannel, loadOlder, loadThread, take, seeAll };
}
