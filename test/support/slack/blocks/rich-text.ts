import {
  boolean,
  byType,
  type Check,
  integer,
  list,
  object,
  oneOf,
  pattern,
  type Shape,
  string,
} from "./schema.ts";

// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

const style = object({
  optional: {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    code: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
});

const INLINE: Readonly<Record<string, Shape>> = {
  // An empty text element is refused.
  text: { required: { text: string(12_000, 1) }, optional: { style } },
  user: { required: { user_id: pattern(/^[UW][A-Z0-9]+$/, "must be a user id") }, optional: { style } },
  channel: {
    required: { channel_id: pattern(/^[CG][A-Z0-9]+$/, "must be a channel id") },
    optional: { style },
  },
  usergroup: {
    required: { usergroup_id: pattern(/^S[A-Z0-9]+$/, "must be a user group id") },
    optional: { style },
  },
  emoji: {
    required: { name: string(255, 1) },
    optional: { unicode: string(255), skin_tone: integer(2, 6), style },
  },
  link: { required: { url: string(3000, 1) }, optional: { text: string(12_000), unsafe: boolean, style } },
  broadcast: { required: { range: oneOf("here", "channel", "everyone") }, optional: { style } },
  color: { required: { value: string(20, 1) } },
  date: {
    required: { timestamp: integer(0, Number.MAX_SAFE_INTEGER), format: string(255, 1) },
    optional: { url: string(3000), fallback: string(255), style },
  },
};

const inline = list(byType(INLINE), 1000, 0);
const section: Shape = { required: { elements: inline } };
const border = integer(0, 1);

const ELEMENTS: Readonly<Record<string, Shape>> = {
  rich_text_section: section,
  rich_text_list: {
    required: {
      style: oneOf("bullet", "ordered"),
      elements: list(byType({ rich_text_section: section }), 1000),
    },
    optional: { indent: integer(0, 8), offset: integer(0, 10_000), border },
  },
  rich_text_preformatted: {
    required: { elements: list(byType({ text: INLINE.text as Shape, link: INLINE.link as Shape }), 1000, 0) },
    optional: { border, language: string(255) },
  },
  rich_text_quote: { required: { elements: inline }, optional: { border } },
};

export const richTextElements: Check = list(byType(ELEMENTS), 1000);
