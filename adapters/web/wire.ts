import type { Card, Emoji, Form, Span } from "../../src/core/card.ts";
import type { CommandSpec } from "../../src/ports/command-spec.ts";

/**
 * What the studio's page and server say to each other, as JSON. Ids here are the studio's own
 * (`spring-launch`, `ada`); spans and cards carry refs as everywhere else.
 */
export interface Session {
  readonly people: readonly PersonView[];
  readonly channels: readonly ChannelView[];
  /** Of the channels for which it is known. */
  readonly staff: readonly ChannelStaff[];
  readonly commands: readonly CommandSpec[];
  /** Changes after this number are still to come over the stream. */
  readonly sequence: number;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  /** Of the avatar: degrees on the colour wheel. */
  readonly hue: number;
}

export interface ChannelView {
  readonly id: string;
  readonly topic: string;
  /** The position of its newest message that everybody sees; 0 in an empty channel. */
  readonly latest: number;
}

/** Who directs and who manages in a channel, all settings taken together: ids of people, and groups as `@leads`. */
export interface ChannelStaff {
  readonly channel: string;
  readonly directors: readonly string[];
  readonly managers: readonly string[];
}

export interface MessageView {
  readonly id: string;
  readonly channel: string;
  /** The id of the message whose thread it is in; null for a message of the channel itself. */
  readonly thread: string | null;
  /** A person's id, or the bot's (`page/bot.ts`). */
  readonly author: string;
  /** ISO 8601. */
  readonly at: string;
  /** Order within the studio. */
  readonly position: number;
  /** The number of its last change: of two views of a message, the higher is the newer. */
  readonly changed: number;
  readonly content: Content;
  /** The event of the person's act that said this, or that this privately answers; null for what the bot posted. */
  readonly event: string | null;
  /** Only the person who reads this sees it. */
  readonly isPrivate: boolean;
  readonly isDismissed: boolean;
  readonly reactions: readonly ReactionView[];
  /** The conversation under it; null when there is none. */
  readonly replies: RepliesView | null;
}

export type Content =
  | { readonly kind: "text"; readonly lines: readonly (readonly Span[])[] }
  | { readonly kind: "card"; readonly card: Card; readonly pixels: Pixels | null };

/** The size of a card's picture, so that its place can be kept before it has loaded. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
}

export interface ReactionView {
  readonly emoji: Emoji;
  /** In the order they reacted; the bot's own is not among them. */
  readonly people: readonly string[];
}

export interface RepliesView {
  readonly count: number;
  /** ISO 8601. */
  readonly lastAt: string;
  readonly lastPosition: number;
  readonly lastContent: Content;
  /** The latest first. */
  readonly authors: readonly string[];
}

/** Some messages of a channel or thread, oldest first. */
export interface MessagePage {
  readonly messages: readonly MessageView[];
  /** Older ones exist. */
  readonly more: boolean;
}

/** One event of the stream. Its id is `sequence`. */
export interface Changes {
  readonly sequence: number;
  readonly messages: readonly MessageView[];
  /** Of the channels where it has changed; of every channel in the first event of a stream. */
  readonly staff: readonly ChannelStaff[];
}

/** The answer to an act that was recorded. */
export type Answer =
  | { readonly kind: "done" }
  /** What was said, or what the bot says back to this person alone. */
  | { readonly kind: "message"; readonly message: MessageView }
  | { readonly kind: "form"; readonly form: Form }
  /** A form was not accepted: the card says why. */
  | { readonly kind: "refused"; readonly card: Card };

/** The answer to anything that went wrong. */
export interface Problem {
  readonly problem: string;
}
