import type { Emoji } from "../core/card.ts";
import type { ChannelRef, FinalId, MessageRef, PostId, RoundId, ThreadRef, UserRef } from "../core/ids.ts";
import type { Place } from "./chat.ts";

/** A message of ours, and how far the platform has got in showing it. */
export interface Post {
  readonly id: PostId;
  readonly place: Place;
  /** The post under which it stands, in its thread; undefined for a post of the channel (or of `place.thread`). */
  readonly under: PostId | undefined;
  readonly subject: PostSubject;
  readonly status: "waiting" | "sending" | "sent" | "gone";
  readonly ref: MessageRef | undefined;
  readonly wanted: number;
  readonly shown: number;
  /** Whether the bot's own reactions are on it. */
  readonly seeded: boolean;
  /** Until when one alone may show it: whoever has the claim, or the answer that is to be it. */
  readonly heldUntil: Date | undefined;
  readonly createdAt: Date;
}
export type PostSubject =
  | { readonly kind: "round"; readonly round: RoundId }
  | { readonly kind: "final"; readonly final: FinalId };

export interface PostStore {
  find(id: PostId): Promise<Post | undefined>;
  findByRef(ref: MessageRef): Promise<Post | undefined>;
  /** Whether a message is being posted there, or may have been, of which the ref is not known yet. */
  isSending(channel: ChannelRef): Promise<boolean>;
  /** The post has something new to show. Returns its version. */
  touch(id: PostId, at: Date): Promise<number>;
  /** Claims the right to show it, to one at a time, until `until`. False while somebody else's claim runs. */
  claim(id: PostId, at: Date, until: Date): Promise<boolean>;
  /** Gives back the claim that runs until `until`. */
  unclaim(id: PostId, until: Date): Promise<void>;
  /** It is about to be posted. `in_doubt`: an earlier try ended without an answer, so the message may be there. */
  sending(id: PostId): Promise<"first" | "in_doubt">;
  /** The try that was about to be made has certainly come to nothing. */
  notSent(id: PostId): Promise<void>;
  /**
   * What came of the answer for which it has been held since it was made, for `answerMs` milliseconds: its first
   * version stands there as `message`, or it certainly does not. Returns its channel; undefined, and nothing is
   * changed, once somebody else has a claim on it, or had one.
   */
  answered(
    id: PostId,
    answerMs: number,
    message: MessageRef | undefined,
    at: Date,
  ): Promise<ChannelRef | undefined>;
  sent(id: PostId, ref: MessageRef, thread: ThreadRef | undefined, at: Date): Promise<void>;
  /** The version that stands there now; a later one stays. */
  shown(id: PostId, version: number): Promise<void>;
  seeded(id: PostId): Promise<void>;
  /** The channel or message is no more: nothing will be shown again. */
  gone(id: PostId): Promise<void>;
  /** The same, of every post of a channel. */
  channelGone(channel: ChannelRef): Promise<void>;
  /** Not shown as wanted and unchanged since, oldest first; without those of what has left. */
  behind(
    before: Date,
    limit: number,
  ): Promise<readonly { readonly id: PostId; readonly wanted: number; readonly channel: ChannelRef }[]>;
  alive(id: PostId, at: Date): Promise<void>;
  /** Posts that people may still react to with effect, newest first; without those of what has left. */
  open(platform: string, since: Date, limit: number): Promise<readonly Post[]>;
}

/** `adds`: how often it was put on. */
export interface KeptReaction {
  readonly person: UserRef;
  readonly emoji: Emoji;
  readonly present: boolean;
  readonly adds: number;
}

export interface ReactionStore {
  /** How often this reaction was put on, and whether it is on now, as far as we have acted. */
  find(post: PostId, person: UserRef, emoji: Emoji): Promise<KeptReaction>;
  set(post: PostId, person: UserRef, emoji: Emoji, present: boolean): Promise<void>;
  /** All that were ever on. */
  all(post: PostId): Promise<readonly KeptReaction[]>;
}
