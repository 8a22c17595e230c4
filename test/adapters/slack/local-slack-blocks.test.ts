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

const post = (...blocks: Block[]) =>
  web.apiCall("chat.postMessage", { channel: brand.id, text: "t", blocks });

const GOOD: readonly (readonly [string, Block])[] = [
  ["section of 3000", { type: "section", text: plain(x(3000)) }],
  [
    "section of mrkdwn, with fields and a button",
    {
      type: "section",
      text: { type: "mrkdwn", text: "*a*", verbatim: true },
      fields: many(10, () => plain("f")),
      accessory: button(),
    },
  ],
  ["header of 150", { type: "header", text: plain(x(150)) }],
  ["divider", { type: "divider", block_id: x(255) }],
  ["25 buttons", actions(...many(25, (index) => button({ action_id: `a${index}` })))],
  [
    "a button at its limits",
    actions(
      button({
        text: plain(x(75)),
        value: x(2000),
        action_id: x(255),
        style: "danger",
        accessibility_label: x(75),
      }),
    ),
  ],
  ["context of 10", { type: "context", elements: many(10, () => plain("c")) }],
  [
    "image by address",
    { type: "image", image_url: "https://e.com/a.png", alt_text: x(2000), title: plain("t") },
  ],
  [
    "rich text",
    rich(
      { type: "text", text: "a", style: { bold: true } },
      { type: "user", user_id: "U0A" },
      { type: "emoji", name: "one" },
      { type: "link", url: "https://e.com", text: "e" },
    ),
  ],
  [
    "lists, quotes and code",
    {
      type: "rich_text",
      elements: [
        { type: "rich_text_list", style: "bullet", elements: [{ type: "rich_text_section", elements: [] }] },
        { type: "rich_text_quote", elements: [] },
        { type: "rich_text_preformatted", elements: [{ type: "text", text: "x" }] },
      ],
    },
  ],
  [
    "text input",
    input(
      {
        type: "plain_text_input",
        action_id: "p",
        max_length: 3000,
        multiline: true,
        placeholder: plain(x(150)),
      },
      { hint: plain("h"), optional: true },
    ),
  ],
  [
    "select of 100",
    input({
      type: "static_select",
      options: many(100, (index) => option(`o${index}`)),
      initial_option: option("o3"),
    }),
  ],
  ["radio of 10", input({ type: "radio_buttons", options: many(10, (index) => option(`o${index}`)) })],
  [
    "conversation select",
    input({
      type: "conversations_select",
      default_to_current_conversation: true,
      filter: { include: ["public", "private"], exclude_bot_users: true },
    }),
  ],
];

describe("blocks of messages", () => {
  it.each(GOOD)("takes %s", async (_name, block) => {
    await post(block);
    expect(brand.messages()).toHaveLength(1);
  });

  it("takes 50 and no more, with ids of their own", async () => {
    await post(...many(50, () => ({ type: "divider" })));
    expect((await failureOf(post(...many(51, () => ({ type: "divider" }))))).messages).toEqual([
      "[ERROR] no more than 50 items allowed [json-pointer:/blocks]",
    ]);
    const twice = [
      { type: "divider", block_id: "b" },
      { type: "divider", block_id: "b" },
    ];
    expect((await failureOf(post(...twice))).messages[0]).toMatch(/block_id: "b" already exists/);
    expect((await failureOf(post(...many(5, () => ({ type: "section", text: plain(x(3000)) }))))).error).toBe(
      "msg_blocks_too_long",
    );
    expect(
      (await failureOf(web.apiCall("chat.postMessage", { channel: brand.id, blocks: "[{" }))).error,
    ).toBe("invalid_blocks_format");
  });

  it("gives blocks without an id one", async () => {
    await post({ type: "divider" }, actions(button()));
    const ids = brand.messages()[0]?.blocks.map((block) => block.block_id);
    expect(new Set(ids).size).toBe(2);
    expect(brand.messages()[0]?.buttons[0]).toMatchObject({ label: "1", actionId: "a", blockId: ids?.[1] });
  });

  it("checks the blocks of edits, ephemerals and answers too", async () => {
    const { ts } = await web.chat.postMessage({ channel: brand.id, text: "t" });
    const blocks = [{ type: "nothing" }];
    expect((await failureOf(web.apiCall("chat.update", { channel: brand.id, ts, blocks }))).error).toBe(
      "invalid_blocks",
    );
    const user = slack.addWorkspace().addPerson("ada");
    brand.join(user);
    expect(
      (await failureOf(web.apiCall("chat.postEphemeral", { channel: brand.id, user: user.id, blocks })))
        .error,
    ).toBe("invalid_blocks");
  });
});
