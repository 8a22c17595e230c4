import { describe, expect, it } from "vitest";
import { toEphemeral, toMessage } from "../../../../adapters/slack/blocks/to-message.ts";
import { groupRef } from "../../../../adapters/slack/slack-refs.ts";
import {
  type Action,
  bold,
  type Card,
  channel,
  code,
  member,
  message,
  plainCard,
  text,
  user,
} from "../../../../src/core/card.ts";
import { CHOOSING } from "../../../support/card-gallery.ts";
import { expectBlocks, literalWords } from "./check-shape.ts";
import {
  ADA,
  CHANNEL,
  FINAL_CARDS,
  GRID,
  helpCard,
  MIA,
  PRIVATE_CARDS,
  ROUND_CARDS,
  roundOf,
  showRound,
  TEAM,
} from "./real-cards.ts";

const picture = { file: "F0GRID001", full: undefined };
const post = (card: Card) => toMessage(card, { key: "01JCXPOST", picture: card.picture && picture });
const labelsOf = (block: unknown) =>
  (block as { elements: { text: { text: string } }[] }).elements.map((each) => each.text.text);
const elementsOf = (card: Card) => {
  const [first] = toEphemeral(card).blocks;
  return first?.type === "rich_text" ? (first.elements[0]?.elements ?? []) : [];
};

describe("a grid", () => {
  const card = showRound(roundOf(CHOOSING));
  const { text: summary, blocks } = post(card);

  it("is words, picture, numbers, verbs and a quiet line, in that order", () => {
    expect(blocks.map((block) => block.type)).toEqual([
      "rich_text",
      "image",
      "actions",
      "actions",
      "context",
    ]);
    expect(labelsOf(blocks[2])).toEqual(["1", "2", "3", "4"]);
    expect(labelsOf(blocks[3])).toEqual(["Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
    expect(blocks[1]).toEqual({
      type: "image",
      slack_file: { id: "F0GRID001" },
      alt_text: card.picture?.alt,
    });
    expect(blocks[4]).toEqual({
      type: "context",
      elements: [{ type: "plain_text", text: card.note, emoji: false }],
    });
  });

  it("can be known again by its first block", () => {
    expect(blocks[0]).toMatchObject({ block_id: "post.01JCXPOST" });
    expect(toEphemeral(card).blocks[0]).not.toHaveProperty("block_id");
  });

  it("says all of it in one sentence to those who hear it", () => {
    expect(summary).toBe(card.summary);
    expect(summary).toMatch(/^4 takes of: a glass bottle .*\. Choose a take by its number\.$/);
  });

  it("has buttons that say what they are and carry the action", () => {
    expect(blocks[2]).toMatchObject({
      elements: card.actions.slice(0, 4).map(({ id }, index) => ({
        type: "button",
        action_id: `draftroom.${index}`,
        value: id,
        accessibility_label: `Take ${index + 1}`,
      })),
    });
    expect(blocks[3]).toMatchObject({
      elements: [{ action_id: "draftroom.4" }, {}, {}, {}, { action_id: "draftroom.8" }],
    });
  });

  it.each([
    [1, [1]],
    [9, [9]],
    [10, [10]],
    [11, [6, 5]],
    [16, [8, 8]],
  ])("of %i takes has its numbers in even rows", (count, lengths) => {
    const many = post(showRound(roundOf(CHOOSING, { count })));
    const rows = many.blocks.filter((block) => block.type === "actions").map(labelsOf);
    expect(rows.map((row) => row.length)).toEqual([...lengths, 5]);
    expect(rows.flat()).toEqual([
      ...Array.from({ length: count }, (_, index) => `${index + 1}`),
      "Reroll",
      "Edit…",
      "Vary…",
      "Approve",
      "Recipe",
    ]);
    expectBlocks(many.blocks, "message");
  });

  it("without its picture is words and buttons", () => {
    const { blocks: bare } = toMessage(card, { key: undefined, picture: undefined });
    expect(bare.map((block) => block.type)).toEqual(["rich_text", "actions", "actions", "context"]);
  });
});

describe("buttons", () => {
  const action = (label: string, style: Action["style"]): Action => ({ id: `x.${label}`, label, style });
  const stylesOf = (...actions: Action[]) =>
    toEphemeral({ ...plainCard("info", "x"), actions }).blocks.flatMap((block) =>
      block.type === "actions"
        ? [block.elements.map((each) => ("style" in each ? each.style : undefined))]
        : [],
    );

  it("shine one a row at most, as Slack asks", () => {
    expect(stylesOf(action("1", "primary"), action("2", "primary"), action("Approve", "primary"))).toEqual([
      [undefined, undefined],
      ["primary"],
    ]);
    expect(stylesOf(action("Approve", "primary"), action("Send back", "danger"))).toEqual([
      ["primary", "danger"],
    ]);
  });
});

describe("a final", () => {
  it("links to its picture in full", () => {
    const card = FINAL_CARDS.find((each) => each.name === "final, delivered")?.card as Card;
    const full = "https://acme.slack.com/files/U1/F0FULL001/a-b.png?x=1&y=<2>|z";
    const { blocks } = toMessage(card, { key: "k", picture: { file: "F0PREVIEW", full } });
    expect(blocks.at(-1)).toEqual({
      type: "context",
      elements: [
        { type: "plain_text", text: card.note, emoji: false },
        {
          type: "mrkdwn",
          text: "<https://acme.slack.com/files/U1/F0FULL001/a-b.png?x=1&amp;y=%3C2%3E%7Cz|Full size>",
          verbatim: true,
        },
      ],
    });
  });
});

describe("words", () => {
  it("are elements of their own kind", () => {
    const group = groupRef(TEAM, "S0DIRECT1");
    const body = [
      [user(ADA), text(" and "), member(group), channel(CHANNEL)],
      [bold("b"), code("c")],
    ];
    expect(elementsOf(plainCard("info", "x", [...body, [message(GRID, "the grid")]]))).toEqual([
      { type: "user", user_id: "U0ADA0001" },
      { type: "text", text: " and " },
      { type: "usergroup", usergroup_id: "S0DIRECT1" },
      { type: "channel", channel_id: "C0SPRING1" },
      { type: "text", text: "\n" },
      { type: "text", text: "b", style: { bold: true } },
      { type: "text", text: "c", style: { code: true } },
      { type: "text", text: "\n" },
      {
        type: "link",
        url: "https://slack.com/app_redirect?team=T0DRAFT01&channel=C0SPRING1&message_ts=1700000000.000100",
        text: "the grid",
      },
    ]);
  });

  it("name a group to whoever has to ask it, in sight and in sound", () => {
    const card = plainCard("warn", "Only art directors decide here.", [
      [text("Only art directors decide here. Ask "), member(groupRef(TEAM, "S0DIRECT1")), text(".")],
    ]);
    expect(toEphemeral(card).text).toBe("Only art directors decide here. Ask <!subteam^S0DIRECT1>.");
    expect(elementsOf(card)).toContainEqual({ type: "usergroup", usergroup_id: "S0DIRECT1" });
  });

  it.each([
    ["busy", "hourglass_flowing_sand"],
    ["info", undefined],
    ["ok", "white_check_mark"],
    ["warn", "warning"],
    ["error", "octagonal_sign"],
  ] as const)("that are %s are marked so", (tone, name) => {
    const marks = elementsOf(plainCard(tone, "x")).filter((each) => each.type === "emoji");
    expect(marks).toEqual(name === undefined ? [] : [{ type: "emoji", name }]);
  });

  it("that begin with a sign of their own are not marked twice", () => {
    const body = [[text("Final of take 3")], [text("✅ Approved by "), user(ADA)]];
    expect(elementsOf(plainCard("ok", "x", body)).filter((each) => each.type === "emoji")).toEqual([]);
    const prompt = [[user(ADA), text(" drafts "), bold("✅")]];
    expect(elementsOf(plainCard("ok", "x", prompt)).filter((each) => each.type === "emoji")).toHaveLength(1);
  });

  it("fall back on the summary", () => {
    expect(elementsOf(plainCard("info", "Nothing else.", []))).toEqual([
      { type: "text", text: "Nothing else." },
    ]);
  });
});

describe("what one person hears", () => {
  const heard = (card: Card) => toEphemeral(card).text;

  it("is all of it, with whom to ask", () => {
    const body = [[text("Only art directors decide here. Ask "), user(ADA), text(" in "), channel(CHANNEL)]];
    expect(heard(plainCard("warn", "Only art directors decide here.", body))).toBe(
      "Only art directors decide here. Ask <@U0ADA0001> in <#C0SPRING1>",
    );
    expect(heard(plainCard("info", "Two lines.", [[bold("<one>")], [code("two")]]))).toBe(
      "Two lines.\n&lt;one&gt;\ntwo",
    );
    expect(heard(plainCard("ok", "Granted."))).toBe("Granted.");
  });

  it("is the summary when it is too much", () => {
    expect(heard(plainCard("info", "Much.", [[text("x".repeat(4000))]]))).toBe("Much.");
  });
});

describe("every real card", async () => {
  const cards = [...ROUND_CARDS, ...FINAL_CARDS, ...PRIVATE_CARDS, await helpCard()];

  it.each(cards)("$name is whole", ({ card }) => {
    const { blocks, text: summary } = post(card);
    expectBlocks(blocks, "message");
    expect(summary).toBe(card.summary);
    const words = literalWords(blocks);
    expect(words).not.toContain("…\n…");
    for (const span of card.body.flat())
      if ("text" in span && span.text !== "") expect(words).toContain(span.text);
    for (const { label } of card.actions) expect(words).toContain(label);
    if (card.note !== undefined) expect(words).toContain(card.note);
  });

  it("names people as people", () => {
    const mentions = JSON.stringify(post(showRound(roundOf(CHOOSING))).blocks);
    expect(mentions).toContain(JSON.stringify({ type: "user", user_id: MIA.split(":")[2] }));
  });
});
