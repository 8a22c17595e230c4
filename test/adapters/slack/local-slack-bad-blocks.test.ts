import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  actions,
  type Block,
  button,
  input,
  many,
  option,
  plain,
  rich,
  x,
} from "../../support/slack/block-parts.ts";
import type { LocalSlack } from "../../support/slack/local-slack.ts";
import { createSlackClient, failureOf } from "../../support/slack/slack-client.ts";
import type { SlackChannel } from "../../support/slack/slack-people.ts";
import { startSlack } from "../../support/slack/start-slack.ts";

let slack: LocalSlack;
let web: WebClient;
let brand: SlackChannel;

beforeEach(async () => {
  slack = await startSlack({ limits: "off" });
  const team = slack.addWorkspace();
  brand = team.addChannel("brand", { bot: true });
  web = createSlackClient(slack, team.install().botToken);
});

afterEach(async () => {
  await slack.stop();
});

const post = (block: Block) =>
  web.apiCall("chat.postMessage", { channel: brand.id, text: "t", blocks: [block] });

const BAD: readonly (readonly [string, Block, string])[] = [
  [
    "a long section",
    { type: "section", text: plain(x(3001)) },
    "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
  ],
  ["an empty section", { type: "section" }, "missing required field: text [json-pointer:/blocks/0]"],
  [
    "empty text",
    { type: "section", text: plain("") },
    "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
  ],
  [
    "a long header",
    { type: "header", text: plain(x(151)) },
    "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
  ],
  [
    "mrkdwn in a header",
    { type: "header", text: { type: "mrkdwn", text: "a" } },
    "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
  ],
  [
    "emoji in mrkdwn",
    { type: "section", text: { type: "mrkdwn", text: "a", emoji: true } },
    "invalid additional property: emoji [json-pointer:/blocks/0/text]",
  ],
  [
    "an unknown block",
    { type: "alert", text: plain("a") },
    "unsupported type: alert [json-pointer:/blocks/0/type]",
  ],
  [
    "an unknown key",
    { type: "divider", colour: "red" },
    "invalid additional property: colour [json-pointer:/blocks/0]",
  ],
  [
    "26 buttons",
    actions(...many(26, (index) => button({ action_id: `a${index}` }))),
    "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
  ],
  ["no buttons", actions(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"],
  [
    "the same action_id twice",
    actions(button(), button()),
    'action_id: "a" already exists [json-pointer:/blocks/0/elements/1]',
  ],
  [
    "a long button",
    actions(button({ text: plain(x(76)) })),
    "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
  ],
  [
    "a long value",
    actions(button({ value: x(2001) })),
    "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
  ],
  [
    "a long action_id",
    actions(button({ action_id: x(256) })),
    "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
  ],
  [
    "a strange style",
    actions(button({ style: "secondary" })),
    "value must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]",
  ],
  [
    "a text input among actions",
    actions({ type: "plain_text_input", action_id: "a" }),
    "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
  ],
  [
    "11 in a context",
    { type: "context", elements: many(11, () => plain("c")) },
    "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
  ],
  [
    "a button in a context",
    { type: "context", elements: [button()] },
    "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
  ],
  [
    "an image without alt text",
    { type: "image", image_url: "https://e.com/a.png" },
    "missing required field: alt_text [json-pointer:/blocks/0]",
  ],
  [
    "a long alt text",
    { type: "image", image_url: "https://e.com/a.png", alt_text: x(2001) },
    "must be less than 2001 characters [json-pointer:/blocks/0/alt_text]",
  ],
  [
    "an image of two sources",
    { type: "image", image_url: "https://e.com/a.png", slack_file: { id: "F0A" }, alt_text: "a" },
    "must provide exactly one of image_url, slack_file [json-pointer:/blocks/0]",
  ],
  [
    "an unknown file",
    { type: "image", slack_file: { id: "F0NOBODY" }, alt_text: "a" },
    "invalid slack file [json-pointer:/blocks/0/slack_file]",
  ],
  [
    "empty rich text",
    rich({ type: "text", text: "" }),
    "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
  ],
  [
    "mrkdwn in rich text",
    rich({ type: "mrkdwn", text: "a" }),
    "unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/elements/0/type]",
  ],
  [
    "a mention of nobody",
    rich({ type: "user", user_id: "@ada" }),
    "must be a user id [json-pointer:/blocks/0/elements/0/elements/0/user_id]",
  ],
  [
    "a long input",
    input({ type: "plain_text_input", max_length: 3001 }),
    "must be between 1 and 3000 [json-pointer:/blocks/0/element/max_length]",
  ],
  [
    "too much to start with",
    input({ type: "plain_text_input", max_length: 3, initial_value: "four" }),
    "must be less than 4 characters [json-pointer:/blocks/0/element/initial_value]",
  ],
  [
    "101 options",
    input({ type: "static_select", options: many(101, (index) => option(`o${index}`)) }),
    "no more than 100 items allowed [json-pointer:/blocks/0/element/options]",
  ],
  [
    "11 radio buttons",
    input({ type: "radio_buttons", options: many(11, (index) => option(`o${index}`)) }),
    "no more than 10 items allowed [json-pointer:/blocks/0/element/options]",
  ],
  [
    "a start that is no option",
    input({ type: "static_select", options: [option("a")], initial_option: option("a", "b") }),
    "option not found in provided options [json-pointer:/blocks/0/element]",
  ],
  [
    "a long option",
    input({ type: "static_select", options: [option(x(76), "v")] }),
    "must be less than 76 characters [json-pointer:/blocks/0/element/options/0/text/text]",
  ],
  [
    "a long option value",
    input({ type: "static_select", options: [option("a", x(151))] }),
    "must be less than 151 characters [json-pointer:/blocks/0/element/options/0/value]",
  ],
  [
    "a long placeholder",
    input({ type: "static_select", options: [option("a")], placeholder: plain(x(151)) }),
    "must be less than 151 characters [json-pointer:/blocks/0/element/placeholder/text]",
  ],
];

describe("blocks that Slack refuses", () => {
  it.each(BAD)("%s", async (_name, block, message) => {
    const failure = await failureOf(post(block));
    expect(failure.error).toBe("invalid_blocks");
    expect(failure.messages).toContain(`[ERROR] ${message}`);
    expect(brand.messages()).toEqual([]);
  });
});
