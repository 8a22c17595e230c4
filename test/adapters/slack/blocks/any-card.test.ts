import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHome } from "../../../../adapters/slack/blocks/to-home.ts";
import { toEphemeral, toMessage } from "../../../../adapters/slack/blocks/to-message.ts";
import { plainCard } from "../../../../src/core/card.ts";
import { CHOOSING } from "../../../support/card-gallery.ts";
import { anyCard, EMOJI_WALL, HOSTILE } from "./any-card.ts";
import { expectBlocks, literalWords, walk } from "./check-shape.ts";
import { HOME_CARDS, roundOf, showRound } from "./real-cards.ts";

const PICTURE = { file: "F0GRID001", full: "https://acme.slack.com/files/U1/F0FULL001/a.png" };

/** As Slack keeps it: https://github.com/slackapi/bolt-js/issues/2509 */
const keptLength = (blocks: unknown) =>
  JSON.stringify(blocks).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").length;

describe("any card", () => {
  it("makes a message within Slack's limits", () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const { text, blocks } = toMessage(card, { key: "01JCXPOST", picture: card.picture && PICTURE });
        expectBlocks(blocks, "message");
        expect(keptLength(blocks)).toBeLessThanOrEqual(12_100);
        expect(text).not.toBe("");
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4000);
        expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      }),
      { numRuns: 300 },
    );
  });

  it("makes a page within Slack's limits", () => {
    fc.assert(
      fc.property(fc.array(anyCard, { minLength: 1, maxLength: 60 }), (cards) => {
        const { blocks } = toHome(cards);
        expectBlocks(blocks, "view");
        expect(Buffer.byteLength(JSON.stringify(blocks))).toBeLessThanOrEqual(250_000);
      }),
      { numRuns: 30 },
    );
  });
});

/** Leads nowhere but where we lead, and tells nobody but whom we tell. */
function expectHarmless(node: Readonly<Record<string, unknown>>): void {
  expect(["section", "broadcast", "usergroup", "date"]).not.toContain(node.type);
  expect([undefined, "U0MIA0001"]).toContain(node.user_id);
  expect([undefined, "C0SPRING1"]).toContain(node.channel_id);
  if (node.type === "mrkdwn") expect(node.text).toBe(`<${PICTURE.full}|Full size>`);
  if (node.url !== undefined)
    expect(node.url).toMatch(/^https:\/\/slack\.com\/app_redirect\?team=T0DRAFT01&/);
}

describe("hostile words", () => {
  const allOf = (prompt: string) => {
    const card = showRound(roundOf(CHOOSING, { prompt }));
    const first = HOME_CARDS[0] ?? card;
    return {
      message: toMessage(card, { key: "k", picture: PICTURE }),
      ephemeral: toEphemeral(plainCard("warn", prompt)),
      home: toHome([first, plainCard("info", "x", [[{ type: "bold", text: prompt }]])]),
    };
  };

  it.each(HOSTILE)("%s stay words", (prompt) => {
    const { message, ephemeral, home } = allOf(prompt);
    for (const blocks of [message.blocks, ephemeral.blocks, home.blocks]) {
      expect(literalWords(blocks)).toContain(prompt);
      for (const node of walk(blocks)) expectHarmless(node);
    }
    for (const text of [message.text, ephemeral.text]) {
      expect(text).not.toMatch(/[<>]/);
      expect(text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")).toContain(prompt);
    }
  });

  it("of a thousand emoji are shown whole, and heard with how to go on", () => {
    const { message } = allOf(EMOJI_WALL);
    expect(literalWords(message.blocks)).toContain(EMOJI_WALL);
    expect(message.text).toMatch(/^4 takes of: 🦊.*…/u);
    expect(message.text).toMatch(/Choose a take by its number\.$/);
    expect(message.blocks[1]).toMatchObject({ alt_text: expect.stringMatching(/… ?.*bottom right/u) });
  });

  it("of the longest prompt in signs that Slack keeps as entities are shown whole", () => {
    const { message } = allOf("<".repeat(1000));
    expect(literalWords(message.blocks)).toContain("<".repeat(1000));
    expect(message.text).toMatch(/Choose a take by its number\.$/);
  });

  it("do not turn round what stands beside them", () => {
    const { message, ephemeral, home } = allOf("a \u202efox\u202c \u2066in\u2069 snow");
    for (const shown of [message, ephemeral, home]) {
      expect(JSON.stringify(shown)).toContain("a fox in snow");
      expect(JSON.stringify(shown)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }
  });

  it("of many voters leave the line below them whole", () => {
    const votes = Array.from({ length: 400 }, (_, index) => ({
      person: `slack:T0DRAFT01:U${String(index).padStart(8, "0")}` as never,
      number: (index % 4) + 1,
    }));
    const { blocks } = toMessage(showRound(roundOf(CHOOSING), { votes }), { key: "k", picture: PICTURE });
    const words = literalWords(blocks);
    expect(words).toContain("Vote with a number. An art director's number is the pick.");
    expect(words).toContain("a glass bottle refracting afternoon sun on a limestone table");
    expect(words).toContain("…");
  });
});
