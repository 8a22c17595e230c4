import {
  type AssetId,
  type ChannelRef,
  type GroupRef,
  isGroup,
  type MemberRef,
  type MessageRef,
  type UserRef,
} from "./ids.ts";

/**
 * A platform-neutral chat message. No headings, tables or columns, and no links but to places of the
 * same platform: they are where platforms differ, and a short message needs none. Text is literal
 * everywhere: an adapter escapes it.
 */
export interface Card {
  readonly tone: Tone;
  /** The whole message in one sentence, for screen readers and notifications. */
  readonly summary: string;
  /** Lines of text. */
  readonly body: readonly (readonly Span[])[];
  readonly picture: Picture | undefined;
  readonly actions: readonly Action[];
  /** Reactions to seed, in order; each does the same as the button of its meaning. */
  readonly reactions: readonly Emoji[];
  /** A quiet last line: credits, model, "AI-generated". */
  readonly note: string | undefined;
}

export type Tone = "busy" | "info" | "ok" | "warn" | "error";

export type Span =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "bold"; readonly text: string }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "user"; readonly user: UserRef }
  | { readonly type: "group"; readonly group: GroupRef }
  | { readonly type: "channel"; readonly channel: ChannelRef }
  /** Words that lead to a message. */
  | { readonly type: "message"; readonly message: MessageRef; readonly text: string };

export interface Picture {
  readonly asset: AssetId;
  /** A file name with its ending, for downloads. */
  readonly name: string;
  readonly alt: string;
  /** The picture in full resolution, when the one shown is a fitted view. */
  readonly full: AssetId | undefined;
}

export interface Action {
  /** Opaque to the platform; at most 100 characters. */
  readonly id: string;
  /** Words, not only an emoji. */
  readonly label: string;
  readonly style: "plain" | "primary" | "danger";
}

/** What a reaction can mean. Platforms translate: keycaps 1–9, 🔄, ✅, ❌. */
export const EMOJI = [
  "n1",
  "n2",
  "n3",
  "n4",
  "n5",
  "n6",
  "n7",
  "n8",
  "n9",
  "reroll",
  "approve",
  "reject",
] as const;
export type Emoji = (typeof EMOJI)[number];

/** The number a keycap stands for; undefined for the others. */
export function numberOf(emoji: Emoji): number | undefined {
  const digit = /^n([1-9])$/.exec(emoji)?.[1];
  return digit === undefined ? undefined : Number(digit);
}

export const text = (words: string): Span => ({ type: "text", text: words });
export const bold = (words: string): Span => ({ type: "bold", text: words });
export const code = (words: string): Span => ({ type: "code", text: words });
export const user = (ref: UserRef): Span => ({ type: "user", user: ref });
/** A person or a group, by their name. */
export const member = (ref: MemberRef): Span => (isGroup(ref) ? { type: "group", group: ref } : user(ref));
export const channel = (ref: ChannelRef): Span => ({ type: "channel", channel: ref });
export const message = (ref: MessageRef, words: string): Span => ({
  type: "message",
  message: ref,
  text: words,
});

/** A card of text alone. */
export function plainCard(tone: Tone, summary: string, body: Card["body"] = [[text(summary)]]): Card {
  return { tone, summary, body, picture: undefined, actions: [], reactions: [], note: undefined };
}

/** Questions to a person, shown as a modal or dialog. */
export interface Form {
  /** Comes back with the answers. */
  readonly id: string;
  readonly title: string;
  readonly submit: string;
  /** Words above the fields; undefined for none. */
  readonly intro: string | undefined;
  readonly fields: readonly Field[];
}

export type Field =
  | {
      readonly type: "text";
      readonly name: string;
      readonly label: string;
      /** For a multiline field an example of an answer, otherwise what to know about it. */
      readonly hint: string;
      readonly value: string;
      readonly lengthMax: number;
      readonly required: boolean;
      readonly multiline: boolean;
    }
  | {
      readonly type: "choice";
      readonly name: string;
      readonly label: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly value: string;
    };
