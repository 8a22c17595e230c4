import type { ImageBlock, KnownBlock } from "@slack/web-api";
import { type Card, text } from "../../../src/core/card.ts";
import { toButtons } from "./buttons.ts";
import { cut } from "./cut.ts";
import { LIMITS } from "./limits.ts";
import { literal } from "./literal.ts";
import { toNote } from "./note.ts";
import { toRichText } from "./rich-text.ts";
import { spokenSummary, spokenWhole, TAIL } from "./spoken-text.ts";
import { weigh, weighWords } from "./weigh.ts";

/** What a message says. */
export interface MessageContent {
  /**
   * For notifications and screen readers, which read it instead of the blocks. Escaped; chat.postMessage
   * takes `mrkdwn: false` with it, so that `*stars*` stay stars. chat.update and chat.postEphemeral have no
   * such flag, and Slack no escape for stars and `:codes:`; but those notify nobody, and people see the
   * blocks. https://docs.slack.dev/reference/methods/chat.postMessage#accessibility
   */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

export interface MessageOptions {
  /** Names the first block `post.{key}`, to know the message again; undefined where nobody will ask. */
  readonly key: string | undefined;
  /** The card's picture: a file (`F…`) that Slack has, and the address of the one in full resolution. */
  readonly picture: { readonly file: string; readonly full: string | undefined } | undefined;
  /** Of the workspace, as `TeamAccess` has it: then links to its messages are permalinks. */
  readonly url?: string | undefined;
}

/** A card as a message. Holds Slack's limits for any card: what is too much ends in "…". */
export function toMessage(card: Card, { key, picture, url }: MessageOptions): MessageContent {
  const below: KnownBlock[] = [
    ...(picture === undefined ? [] : [toImage(card, picture.file)]),
    ...toButtons(card.actions),
    ...toNote(card.note, picture?.full),
  ];
  const id = key === undefined ? {} : { block_id: `post.${key}` };
  const weightMax = LIMITS.messageWeight - weigh([id, ...below]);
  const words = toRichText(card.body.length > 0 ? card.body : [[text(card.summary)]], {
    tone: card.tone,
    weightMax,
    heading: false,
    url,
  });
  return { text: spokenSummary(card), blocks: [{ ...words, ...id }, ...below] };
}

/** A card that one person sees. Its buttons work like any others. `url`: as in `MessageOptions`. */
export function toEphemeral(card: Card, url?: string): MessageContent {
  return { ...toMessage(card, { key: undefined, picture: undefined, url }), text: spokenWhole(card) };
}

/** No title: it would stand above the picture a second time. https://docs.slack.dev/reference/block-kit/blocks/image-block */
function toImage({ picture, summary }: Card, file: string): ImageBlock {
  const alt = literal(picture?.alt ?? summary).trim() || "A picture";
  return {
    type: "image",
    slack_file: { id: file },
    alt_text: cut(alt, LIMITS.alt, { measure: weighWords, tail: TAIL }),
  };
}
