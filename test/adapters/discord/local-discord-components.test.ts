import { describe, expect, it } from "vitest";
import {
  button,
  container,
  gallery,
  item,
  type Json,
  layout,
  many,
  option,
  row,
  section,
  select,
  words,
  x,
} from "../../support/discord/component-parts.ts";
import { checkMessage } from "../../support/discord/components/check-message.ts";

const FILES = ["grid.png", "a.webp"];
const inRow = (more: Json) => layout([row(button(more))]);
const asLink = (more: Json) => inRow({ style: 5, custom_id: undefined, ...more });
const inSelect = (more: Json) => layout([row(select(more))]);
const inGallery = (url: string | undefined, more: Json = {}) => layout([gallery(item(url, more))]);
const withFile = (more: Json) => layout([words()], { attachments: [{ id: 0, ...more }] });
const mentions = (allowed_mentions: Json) => layout([words()], { allowed_mentions });
const coloured = (accent_color: number) => layout([container([words()], { accent_color })]);
const thumbnail = (url = "https://e.com/a.png") => ({ type: 11, media: { url } });
const file = (url: string) => ({ type: 13, file: { url } });
const numbered = (count: number) => many(count, (index) => button({ custom_id: `b${index}` }));
const rows = (count: number) => numbered(count).map((each) => row(each));

const GRID = layout(
  [
    container(
      [
        words("<@1> drafted **a fox**", { id: 7 }),
        gallery(item("attachment://grid.png", { description: x(1024) })),
        row(...numbered(5)),
        row(button({ custom_id: "approve", style: 1, emoji: { name: "✅" } })),
        words("-# 4 credits"),
      ],
      { id: 2 ** 31 - 1, accent_color: 0xff_ff_ff },
    ),
  ],
  {
    allowed_mentions: { parse: [], users: ["80351110224678912"], replied_user: false },
    nonce: x(25),
    enforce_nonce: true,
    attachments: [{ id: 0, filename: "grid.png", description: "A grid" }, { id: "1012345678900020080" }],
    message_reference: { message_id: "1012345678900020080", fail_if_not_exists: false },
  },
);

const GOOD: readonly (readonly [string, Json])[] = [
  ["a grid", GRID],
  ["only for one person", { ...GRID, flags: (1 << 15) | (1 << 6) }],
  ["an edit that resets what stood there", { ...GRID, content: null, embeds: [], sticker_ids: [] }],
  ["an edit of the files alone", { flags: 1 << 15, attachments: [] }],
  ["exactly 40 components", layout([container(many(39, () => words()))])],
  ["exactly 4000 characters", layout([words(x(3000)), words(x(1000))])],
  ["a section of three texts", layout([section([words(), words(), words()])])],
  ["a section with a thumbnail", layout([section([words()], thumbnail())])],
  ["ten pictures", layout([gallery(...many(10, () => item("https://e.com/a.png")))])],
  ["a file and a separator", layout([file("attachment://a.webp"), { type: 14, divider: false, spacing: 2 }])],
  ["a link button", asLink({ url: "https://e.com" })],
  ["a button of an emoji alone", inRow({ label: undefined, emoji: { name: "1️⃣" } })],
  ["a select", inSelect({ max_values: 1, options: [option("a", { default: true }), option("b")] })],
  ["ids that are none", layout([words("a", { id: 0 }), words("a", { id: 0 })])],
  ["everybody and some", mentions({ parse: ["everyone"], users: ["123"] })],
  ["users by both, one of them empty", mentions({ parse: ["users", "roles"], users: [] })],
  ["plain words", { content: x(2000), allowed_mentions: { parse: [] } }],
  ["five rows under plain words", { content: "a", components: rows(5) }],
  ["no words at all, as the route will tell", {}],
];

/** Of the only button, or the only select, there is. */
const FIRST = "components.0.components.0";

/** By code: what it is, the body, and where it is refused. */
const BAD: Readonly<Record<string, readonly (readonly [string, unknown, string])[]>> = {
  MODEL_TYPE_CONVERT: [["no object", [], ""]],
  BASE_TYPE_REQUIRED: [
    ["blank text", layout([words(" \n")]), "components.0.content"],
    ["a section of nothing", layout([{ type: 9, components: [words()] }]), "components.0.accessory"],
    ["a reply to nothing", layout([words()], { message_reference: {} }), "message_reference.message_id"],
  ],
  INVALID_UNICODE: [["half an emoji", layout([words("a\ud83d")]), "components.0.content"]],
  UNKNOWN_KEY: [
    ["an unknown key", layout([words("a", { colour: 1 })]), "components.0.colour"],
    ["an unknown key of the message", layout([words()], { thread_name: "a" }), "thread_name"],
  ],
  MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2: [
    ["content beside components", layout([words()], { content: "a" }), "content"],
    ["embeds beside components", layout([words()], { embeds: [{}] }), "embeds"],
    ["a poll beside components", layout([words()], { poll: {} }), "poll"],
    ["stickers beside components", layout([words()], { sticker_ids: ["1"] }), "sticker_ids"],
  ],
  UNION_TYPE_CHOICES: [
    ["a container without the flag", { components: [container([words()])] }, "components.0.type"],
    ["a container in a container", layout([container([container([words()])])]), `${FIRST}.type`],
    ["a bare button", layout([button()]), "components.0.type"],
    ["a bare thumbnail", layout([thumbnail()]), "components.0.type"],
    ["a bare button in a container", layout([container([button()])]), `${FIRST}.type`],
    ["a label", layout([{ type: 18, label: "a", component: select() }]), "components.0.type"],
    ["a text input", layout([row({ type: 4, custom_id: "a", style: 1 })]), `${FIRST}.type`],
    ["a component of no type", layout([{ content: "a" }]), "components.0.type"],
    ["a picture in a section", layout([section([gallery(item())])]), `${FIRST}.type`],
  ],
  BASE_TYPE_MAX_LENGTH: [
    ["six rows without the flag", { components: rows(6) }, "components"],
    ["long content", { content: x(2001) }, "content"],
    ["11 embeds", { embeds: many(11, () => ({ title: "a" })) }, "embeds"],
    ["a long nonce", layout([words()], { nonce: x(26) }), "nonce"],
    ["a long label", inRow({ label: x(81) }), `${FIRST}.label`],
    ["a long placeholder", inSelect({ placeholder: x(151) }), `${FIRST}.placeholder`],
    ["11 attachments", layout([words()], { attachments: many(11, (id) => ({ id })) }), "attachments"],
    ["a long description", withFile({ description: x(1025) }), "attachments.0.description"],
    ["101 users", mentions({ users: many(101, (index) => `${index + 1}`) }), "allowed_mentions.users"],
  ],
  BASE_TYPE_BAD_LENGTH: [
    ["no components", layout([]), "components"],
    ["a long text", layout([words(x(4001))]), "components.0.content"],
    ["empty text", layout([words("")]), "components.0.content"],
    ["an empty container", layout([container([])]), "components.0.components"],
    ["an empty custom_id", inRow({ custom_id: "" }), `${FIRST}.custom_id`],
    ["a long custom_id", inRow({ custom_id: x(101) }), `${FIRST}.custom_id`],
    ["a long link", asLink({ url: `https://e.com/${x(500)}` }), `${FIRST}.url`],
    ["6 buttons in a row", layout([row(...numbered(6))]), "components.0.components"],
    ["an empty row", layout([row()]), "components.0.components"],
    ["26 options", inSelect({ options: many(26, (i) => option(`${i}`)) }), `${FIRST}.options`],
    ["a long option", inSelect({ options: [option(x(101), { value: "a" })] }), `${FIRST}.options.0.label`],
    ["a long value", inSelect({ options: [option("a", { value: x(101) })] }), `${FIRST}.options.0.value`],
    ["a gallery of nothing", layout([gallery()]), "components.0.items"],
    ["11 pictures", layout([gallery(...many(11, () => item()))]), "components.0.items"],
    ["a long alt text", inGallery(undefined, { description: x(1025) }), "components.0.items.0.description"],
    ["four texts in a section", layout([section(many(4, () => words()))]), "components.0.components"],
  ],
  BASE_TYPE_CHOICES: [
    ["an unknown style", inRow({ style: 7 }), `${FIRST}.style`],
    ["a wide separator", layout([{ type: 14, spacing: 3 }]), "components.0.spacing"],
    ["an unknown kind of mention", mentions({ parse: ["channels"] }), "allowed_mentions.parse.0"],
  ],
  NUMBER_TYPE_MAX: [
    ["a colour out of range", coloured(0x1_00_00_00), "components.0.accent_color"],
    ["an id of more than 31 bits", layout([words("a", { id: 2 ** 31 })]), "components.0.id"],
    ["more to choose than there is", inSelect({ max_values: 2 }), `${FIRST}.max_values`],
    ["at least more than at most", inSelect({ min_values: 2, max_values: 1 }), `${FIRST}.min_values`],
  ],
  NUMBER_TYPE_MIN: [["a colour out of range", coloured(-1), "components.0.accent_color"]],
  NUMBER_TYPE_COERCE: [
    ["an id that is no number", layout([words("a", { id: "1" })]), "components.0.id"],
    ["a user by name", mentions({ users: ["@ada"] }), "allowed_mentions.users.0"],
  ],
  COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED: [
    ["41 components", layout([container(many(40, () => words()))]), "components"],
    [
      "42 with accessories",
      layout(many(14, (i) => section([words()], button({ custom_id: `${i}` })))),
      "components",
    ],
  ],
  COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED: [
    ["4001 characters", layout([words(x(4000)), words("a")]), "components"],
    ["4001 characters with a label", layout([words(x(4000)), row(button())]), "components"],
  ],
  COMPONENTS_PROCESSED_SIZE_EXCEEDED: [["10200 bytes", layout([words("速".repeat(3400))]), "components"]],
  COMPONENT_ID_DUPLICATED: [
    ["the same id twice", layout([container([words("a", { id: 5 })], { id: 5 })]), `${FIRST}.id`],
  ],
  COMPONENT_CUSTOM_ID_DUPLICATED: [
    ["of buttons", layout([row(button()), row(button())]), "components.1.components.0.custom_id"],
    ["of an accessory", layout([row(button()), section([words()])]), "components.1.accessory.custom_id"],
  ],
  BUTTON_COMPONENT_CUSTOM_ID_REQUIRED: [["none", inRow({ custom_id: undefined }), `${FIRST}.custom_id`]],
  BUTTON_COMPONENT_URL_REQUIRED: [["a link to nowhere", asLink({}), `${FIRST}.url`]],
  BUTTON_COMPONENT_MUTUALLY_EXCLUSIVE: [
    ["a button with a link", inRow({ url: "https://e.com" }), `${FIRST}.url`],
    ["a link with custom_id", inRow({ style: 5, url: "https://e.com" }), `${FIRST}.custom_id`],
    ["an offer with words", inRow({ style: 6, custom_id: undefined, sku_id: "123" }), `${FIRST}.label`],
  ],
  BUTTON_COMPONENT_INVALID_EMPTY: [["a button of nothing", inRow({ label: "" }), `${FIRST}.label`]],
  COMPONENT_INVALID_EMOJI: [["a fox", inRow({ emoji: { name: "fox" } }), `${FIRST}.emoji.name`]],
  URL_TYPE_INVALID_SCHEME: [
    ["a script", asLink({ url: "javascript:alert(1)" }), `${FIRST}.url`],
    ["a picture as data", inGallery("data:image/png;base64,AA"), "components.0.items.0.media.url"],
    ["a file from elsewhere", layout([file("https://e.com/a.png")]), "components.0.file.url"],
  ],
  COMPONENT_LAYOUT_WIDTH_EXCEEDED: [
    ["a select beside a button", layout([row(select(), button())]), "components.0.components"],
  ],
  SELECT_COMPONENT_OPTION_VALUE_DUPLICATED: [
    ["twice", inSelect({ options: [option("a"), option("a")] }), `${FIRST}.options.1.value`],
  ],
  SELECT_COMPONENT_MAX_DEFAULTS: [
    [
      "two of one",
      inSelect({ options: ["a", "b"].map((each) => option(each, { default: true })) }),
      `${FIRST}.options`,
    ],
  ],
  UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND: [
    ["a picture", inGallery("attachment://b.png"), "components.0.items.0.media.url"],
    [
      "a thumbnail",
      layout([section([words()], thumbnail("attachment://b.png"))]),
      "components.0.accessory.media.url",
    ],
    ["a file", layout([file("attachment://b.png")]), "components.0.file.url"],
  ],
  BITFIELD_TYPE_NOT_SETTABLE: [["LOADING", layout([words()], { flags: (1 << 15) | (1 << 7) }), "flags"]],
  MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE: [
    ["users", mentions({ parse: ["users"], users: ["123"] }), "allowed_mentions"],
    ["roles", mentions({ parse: ["roles"], roles: ["123"] }), "allowed_mentions"],
  ],
  SET_TYPE_ALREADY_CONTAINS_VALUE: [
    ["the same user twice", mentions({ users: ["1", "1"] }), "allowed_mentions.users.1"],
  ],
};

describe("messages that Discord takes", () => {
  it.each(GOOD)("%s", (_name, message) => {
    expect(checkMessage(message, FILES)).toEqual([]);
  });
});

describe.each(Object.entries(BAD))("messages that Discord refuses for %s", (code, cases) => {
  it.each(cases)("%s", (_name, message, path) => {
    expect(checkMessage(message, FILES)).toMatchObject([{ path, code, message: expect.stringMatching(/./) }]);
  });
});
