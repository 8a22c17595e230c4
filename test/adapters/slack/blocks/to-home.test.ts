import { describe, expect, it } from "vitest";
import { readAction } from "../../../../adapters/slack/blocks/buttons.ts";
import { toHome } from "../../../../adapters/slack/blocks/to-home.ts";
import { bold, type Card, channel, plainCard, text } from "../../../../src/core/card.ts";
import { expectBlocks, literalWords, walk } from "./check-shape.ts";
import { CHANNEL, FIRST_HOME_CARDS, HOME_CARDS } from "./real-cards.ts";

const elementsOf = (card: Card) => {
  const [first] = toHome([card]).blocks;
  return first?.type === "rich_text" && "elements" in first ? first.elements[0]?.elements : undefined;
};

describe("a home page", () => {
  const { type, blocks } = toHome(HOME_CARDS);

  it("is a paragraph a card, with its buttons and a line between", () => {
    expect(type).toBe("home");
    const paragraphs = HOME_CARDS.flatMap((card, index) => [
      ...(index === 0 ? [] : ["divider"]),
      "rich_text",
      ...(card.actions.length > 0 ? ["actions"] : []),
    ]);
    expect(blocks.map((block) => block.type)).toEqual(paragraphs);
    expectBlocks(blocks, "view");
    expectBlocks(toHome(FIRST_HOME_CARDS).blocks, "view");
  });

  it("begins each paragraph with a heading", () => {
    const body = [[text("The budget of "), channel(CHANNEL)], [text("● 4 spent")]];
    expect(elementsOf(plainCard("info", "x", body))).toEqual([
      { type: "text", text: "The budget of ", style: { bold: true } },
      { type: "channel", channel_id: "C0SPRING1", style: { bold: true } },
      { type: "text", text: "\n" },
      { type: "text", text: "● 4 spent" },
    ]);
    // What is bold in it already is the heading.
    const marked = plainCard("info", "x", [[bold("0 left"), text(" in brand")], [text("Frozen")]]);
    expect(elementsOf(marked)?.slice(0, 2)).toEqual([
      { type: "text", text: "0 left", style: { bold: true } },
      { type: "text", text: " in brand" },
    ]);
    // One line alone heads nothing.
    expect(elementsOf(plainCard("info", "And 3 more."))).toEqual([{ type: "text", text: "And 3 more." }]);
  });

  it("leads to the messages that it speaks of", () => {
    const links = walk(blocks).filter((node) => node.type === "link");
    expect(links).toHaveLength(2);
    for (const link of links) {
      expect(link).toEqual({
        type: "link",
        url: "https://slack.com/app_redirect?team=T0DRAFT01&channel=C0SPRING1&message_ts=1700000000.000100",
        text: "Open",
      });
    }
    const known = toHome(HOME_CARDS, "https://acme.slack.com/").blocks;
    expect(walk(known).flatMap((node) => (node.type === "link" ? [node.url] : []))).toEqual(
      Array(2).fill("https://acme.slack.com/archives/C0SPRING1/p1700000000000100"),
    );
  });

  it("has buttons that are told apart across the page", () => {
    const pressed = walk(blocks).filter((node) => node.type === "button");
    expect(pressed.map((node) => readAction(node))).toEqual(
      HOME_CARDS.flatMap((card) => card.actions.map((action) => action.id)),
    );
    expect(new Set(pressed.map((node) => node.action_id)).size).toBe(4);
  });

  it.each([
    [33, false],
    [34, true],
    [200, true],
  ])("of %i long cards says whether there is more: %s", (count, more) => {
    const cards = Array.from({ length: count }, (_, index) => ({
      ...plainCard("info", `Budget ${index}`),
      actions: [{ id: `grant.${index}`, label: "Add…", style: "plain" as const }],
    }));
    const page = toHome(cards);
    expectBlocks(page.blocks, "view");
    expect(literalWords(page.blocks).includes("There is more than fits on this page.")).toBe(more);
    expect(literalWords(page.blocks)).toContain("Budget 31");
  });
});

describe("a crowded home page", () => {
  it.each([0, 1, 2, 3])("has room for its last words, however %i quiet lines fall", (noted) => {
    const cards = Array.from({ length: 60 }, (_, index) => ({
      ...plainCard("info", `Budget ${index}`),
      actions: [{ id: `grant.${index}`, label: "Add…", style: "plain" as const }],
      note: index < noted ? "Quiet." : undefined,
    }));
    const { blocks } = toHome(cards);
    expectBlocks(blocks, "view");
    expect(blocks.length).toBeGreaterThan(95);
    expect(literalWords(blocks)).toMatch(/There is more than fits on this page\.$/);
  });
});

describe("what was pressed", () => {
  it.each([
    [{ type: "button", action_id: "draftroom.3", value: "number.01JCX.3", block_id: "b" }, "number.01JCX.3"],
    [{ action_id: "draftroom.x", value: "number.01JCX.3" }, undefined],
    [{ action_id: "other.3", value: "number.01JCX.3" }, undefined],
    [{ action_id: "draftroom.3" }, undefined],
    [{ action_id: "draftroom.3", value: "" }, undefined],
    [{ action_id: "draftroom.3", value: "x".repeat(2001) }, undefined],
    [{ action_id: "draftroom.3", selected_option: { value: "x" } }, undefined],
    [undefined, undefined],
    ["draftroom.3", undefined],
  ])("%j is %s", (pressed, action) => {
    expect(readAction(pressed)).toBe(action);
  });
});
