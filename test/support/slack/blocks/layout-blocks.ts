import { ACCESSORIES, ACTION_ELEMENTS, INPUT_ELEMENTS, imageElement } from "./block-elements.ts";
import { anyText, plainText, slackFile, textShapes } from "./composition-objects.ts";
import { richTextElements } from "./rich-text.ts";
import { boolean, byType, type Check, complain, list, type Shape, string } from "./schema.ts";

// https://docs.slack.dev/reference/block-kit/blocks: those that Draftroom could use.

const BLOCK_ID = string(255, 1);

/** https://docs.slack.dev/reference/block-kit/blocks/section-block: text 3000, at most 10 fields of 2000. */
const section: Shape = {
  optional: {
    text: anyText(3000),
    fields: list(anyText(2000), 10),
    accessory: byType(ACCESSORIES),
    expand: boolean,
    block_id: BLOCK_ID,
  },
  rule(value, at, inspection) {
    if (value.text === undefined && value.fields === undefined)
      complain(inspection, at, "missing required field: text");
  },
};

/** https://docs.slack.dev/reference/block-kit/blocks/image-block: alt_text and title 2000, image_url 3000. */
const image: Shape = {
  required: { alt_text: string(2000, 1) },
  exactlyOne: { image_url: string(3000, 1), slack_file: slackFile },
  optional: { title: plainText(2000), block_id: BLOCK_ID },
};

/** https://docs.slack.dev/reference/block-kit/blocks/actions-block: at most 25 elements. */
const actions: Shape = {
  required: { elements: list(byType(ACTION_ELEMENTS), 25) },
  optional: { block_id: BLOCK_ID },
};

/** https://docs.slack.dev/reference/block-kit/blocks/context-block: at most 10 elements. */
const context: Shape = {
  required: { elements: list(byType({ ...textShapes(3000), image: imageElement }), 10) },
  optional: { block_id: BLOCK_ID },
};

/** https://docs.slack.dev/reference/block-kit/blocks/header-block: 150. */
const header: Shape = { required: { text: plainText(150) }, optional: { block_id: BLOCK_ID } };

/** https://docs.slack.dev/reference/block-kit/blocks/divider-block */
const divider: Shape = { optional: { block_id: BLOCK_ID } };

/** https://docs.slack.dev/reference/block-kit/blocks/input-block: label and hint 2000. */
const input: Shape = {
  required: { label: plainText(2000), element: byType(INPUT_ELEMENTS) },
  optional: { hint: plainText(2000), optional: boolean, dispatch_action: boolean, block_id: BLOCK_ID },
};

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
const richText: Shape = { required: { elements: richTextElements }, optional: { block_id: BLOCK_ID } };

const BLOCK: Check = byType({
  section,
  image,
  actions,
  context,
  header,
  divider,
  input,
  rich_text: richText,
});

/** "Up to 50 blocks in each message, and 100 blocks in modals or Home tabs": https://docs.slack.dev/reference/block-kit/blocks */
export const MESSAGE_BLOCKS: Check = list(BLOCK, 50, 0);
export const VIEW_BLOCKS: Check = list(BLOCK, 100, 0);
