import type { Card, Form } from "../../../src/core/card.ts";
import type { ChannelStaff, MessageView, Session } from "../wire.ts";
import type { Remembered } from "./remembered.ts";
import type { ActBody } from "./remote.ts";

/** Everything the page shows. */
export interface State {
  session: Session;
  /** Who directs and manages, by channel, where it is known. */
  staff: Map<string, ChannelStaff>;
  remembered: Remembered;
  as: string;
  channel: string;
  /** The root of the open thread. */
  thread: string | undefined;
  /** Every message that is known, by id. */
  messages: Map<string, MessageView>;
  /** What has been read of each channel. */
  loaded: Map<string, { readonly floor: number; readonly more: boolean }>;
  loadedThreads: Set<string>;
  isLoading: boolean;
  connection: "connecting" | "live" | "lost";
  /** The last change that is known. */
  sequence: number;
  /** Typed and sent, not yet answered, or not confirmed. */
  pending: Pending[];
  /** Acts under way, so that none fires twice. */
  busy: Set<string>;
  notice: Notice | undefined;
  form: OpenForm | undefined;
  /** The message whose picture is open. */
  lightbox: string | undefined;
  /** The message whose reaction picker is open. */
  picker: string | undefined;
  isRailOpen: boolean;
  /** Messages that came while the reader was further up, by place. */
  below: Map<string, number>;
}

export interface Place {
  readonly channel: string;
  readonly thread: string | undefined;
}

export interface Pending {
  readonly event: string;
  readonly place: Place;
  readonly as: string;
  readonly text: string;
  /** Why it was not confirmed; undefined while it is on its way. */
  readonly problem: string | undefined;
}

export interface Notice {
  readonly problem: string;
  readonly retry: () => void;
  /** What it was that was not confirmed; undefined for reading. */
  readonly body: ActBody | undefined;
}

export interface OpenForm {
  readonly form: Form;
  readonly place: Place;
  readonly event: string;
  readonly isSending: boolean;
  /** Why the answers were not accepted. */
  readonly refused: Card | undefined;
  readonly problem: string | undefined;
}

export const placeKey = (place: Place): string =>
  place.thread === undefined ? place.channel : `${place.channel}/${place.thread}`;

/** The messages of a channel that are known without a gap, oldest first. */
export function messagesOf(state: State, channel: string): readonly MessageView[] {
  const floor = state.loaded.get(channel)?.floor;
  if (floor === undefined) return [];
  return shown(state, (one) => one.channel === channel && one.thread === null && one.position >= floor);
}

/** The root of a thread and what is under it, oldest first. */
export function messagesUnder(state: State, root: string): readonly MessageView[] {
  return shown(state, (one) => one.id === root || one.thread === root);
}

function shown(state: State, wanted: (message: MessageView) => boolean): readonly MessageView[] {
  return [...state.messages.values()]
    .filter((one) => !one.isDismissed && wanted(one))
    .sort((a, b) => a.position - b.position);
}

const seenKey = (state: State, place: string) => `${state.as} ${place}`;

export function seenOf(state: State, place: string): number {
  return state.remembered.seen[seenKey(state, place)] ?? 0;
}

export function markSeen(state: State, place: string, position: number): void {
  if (position > seenOf(state, place)) state.remembered.seen[seenKey(state, place)] = position;
}

/** Whether something stands in a channel that this person has not seen. */
export function isUnread(state: State, channel: string): boolean {
  const latest = state.session.channels.find((one) => one.id === channel)?.latest ?? 0;
  const streamed = [...state.messages.values()]
    .filter(
      (one) => one.channel === channel && one.thread === null && !one.isDismissed && one.author !== state.as,
    )
    .reduce((most, one) => Math.max(most, one.position), 0);
  return Math.max(latest, streamed) > seenOf(state, channel);
}

export function nameOf(state: State, person: string): string {
  return state.session.people.find((one) => one.id === person)?.name ?? person;
}

/** A channel's id is its name. */
export function channelNameOf(ref: string): string {
  return ref.replace(/^.*:/, "");
}

/** What a person is in a channel; nothing while that is not known. */
export function roleOf(state: State, person: string, channel: string): string {
  const here = state.staff.get(channel);
  if (here === undefined) return "";
  const roles = [
    ...(here.directors.includes(person) ? ["Art director"] : []),
    ...(here.managers.includes(person) ? ["Manager"] : []),
  ];
  return roles.length === 0 ? "Member" : roles.join(" · ");
}
