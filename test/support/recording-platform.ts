import type { Card, Emoji } from "../../src/core/card.ts";
import type { ChannelRef, GroupRef, MessageRef, ThreadRef, UserRef } from "../../src/core/ids.ts";
import type { Staff } from "../../src/core/roles.ts";
import { ChatError, type ChatSender, type Place } from "../../src/ports/chat.ts";
import { fresh } from "./fresh.ts";

export interface Whisper {
  readonly place: Place;
  readonly person: UserRef;
  readonly card: Card;
}

/** Stands for a vendor's platform: keeps what it was told, knows who has which reaction on, and who is who. */
export interface RecordingPlatform {
  readonly sender: ChatSender;
  readonly whispers: Whisper[];
  /** The card that stands there now. */
  readonly shown: Map<MessageRef, Card>;
  /** By the platform's own settings; nobody, unless said. */
  readonly staff: Map<ChannelRef, Staff>;
  /** The people of each group. */
  readonly groups: Map<GroupRef, readonly UserRef[]>;
  /** Groups that are not to be had for now. */
  readonly unreadable: Set<GroupRef>;
  /** A person puts a reaction on, or takes it off. Draftroom hears of it elsewhere, or never. */
  react(message: MessageRef, person: UserRef, emoji: Emoji, on: boolean): void;
  /** The reactions of a person that are on. */
  levels(message: MessageRef, person: UserRef): readonly Emoji[];
}

const NOBODY: Staff = { directors: [], managers: [] };

export function createRecordingPlatform(platform = "studio"): RecordingPlatform {
  const posted = new Map<string, MessageRef>();
  const shown = new Map<MessageRef, Card>();
  const staff = new Map<ChannelRef, Staff>();
  const groups = new Map<GroupRef, readonly UserRef[]>();
  const unreadable = new Set<GroupRef>();
  const whispers: Whisper[] = [];
  const reactions = new Map<MessageRef, Map<Emoji, UserRef[]>>();
  const peopleOf = (message: MessageRef, emoji: Emoji) => reactions.get(message)?.get(emoji) ?? [];

  return {
    whispers,
    shown,
    staff,
    groups,
    unreadable,
    react(message, person, emoji, on) {
      const others = peopleOf(message, emoji).filter((each) => each !== person);
      const levels = reactions.get(message) ?? new Map<Emoji, UserRef[]>();
      reactions.set(message, levels.set(emoji, on ? [...others, person] : others));
    },
    levels: (message, person) =>
      [...(reactions.get(message) ?? [])]
        .filter(([, people]) => people.includes(person))
        .map(([emoji]) => emoji),
    sender: {
      platform,
      async post(_place, card, { key }) {
        const ref = posted.get(key) ?? fresh<MessageRef>(`${platform}:local:`);
        posted.set(key, ref);
        shown.set(ref, card);
        return ref;
      },
      async edit(message, card) {
        shown.set(message, card);
      },
      async whisper(place, person, card) {
        whispers.push({ place, person, card });
        return true;
      },
      status: async () => undefined,
      seed: async () => undefined,
      thread: async (message) => `${message}:thread` as ThreadRef,
      reactions: async (message) =>
        [...(reactions.get(message) ?? [])].map(([emoji, people]) => ({ emoji, people })),
      staff: async (channel) => staff.get(channel) ?? NOBODY,
      async isIn(group, person) {
        if (unreadable.has(group)) throw new ChatError("unavailable", `${group} cannot be read`);
        return groups.get(group)?.includes(person) ?? false;
      },
    },
  };
}
