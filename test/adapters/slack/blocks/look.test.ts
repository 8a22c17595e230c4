import { describe, expect, it } from "vitest";
import { toHome } from "../../../../adapters/slack/blocks/to-home.ts";
import { toEphemeral, toMessage } from "../../../../adapters/slack/blocks/to-message.ts";
import { toModal } from "../../../../adapters/slack/blocks/to-modal.ts";
import { CHOOSING, type NamedCard } from "../../../support/card-gallery.ts";
import { chromium } from "../../../support/chromium.ts";
import { escapeHtml } from "../../../support/cloud/html.ts";
import { DRAFT_FORMS } from "../../../support/draft-forms.ts";
import { type LookBook, openLookBook } from "../../../support/look-book.ts";
import { SLACK_STYLE } from "../../../support/slack/look-style.ts";
import type { Known } from "../../../support/slack/page/known.ts";
import { renderBlocks } from "../../../support/slack/page/render-blocks.ts";
import type { Json } from "../../../support/slack/world/records.ts";
import { initialState } from "../../../support/slack/world/view-state.ts";
import { EMOJI_WALL, HOSTILE } from "./any-card.ts";
import {
  FINAL_CARDS,
  FIRST_HOME_CARDS,
  HOME_CARDS,
  helpCard,
  PRIVATE_CARDS,
  ROUND_CARDS,
  roundOf,
  showRound,
} from "./real-cards.ts";

/** Nobody has a name here, and no file is there: ids are shown. */
const NOBODY: Known = { users: new Map(), channels: new Map(), groups: new Map(), files: new Map() };

interface Content {
  readonly blocks: readonly unknown[];
  /** What is heard instead of it. */
  readonly text?: string;
}

function add(book: LookBook, name: string, kind: "" | "modal" | "home", { blocks, text }: Content): void {
  const state = initialState({ blocks }, undefined);
  const aloud = text === undefined ? "" : `<div class="aloud">🔊 ${escapeHtml(text)}</div>`;
  const inside = `${renderBlocks(NOBODY, blocks as readonly Json[], state)}${aloud}`;
  book.add(name, `<section class="${kind}"><div class="body">${inside}</div></section>`);
}

function addMessage(book: LookBook, { name, card }: NamedCard): void {
  const full = card.picture?.full && "https://acme.slack.com/f";
  add(book, name, "", toMessage(card, { key: "k", picture: card.picture && { file: "F0GRID001", full } }));
}

async function addAll(book: LookBook): Promise<void> {
  for (const each of [...ROUND_CARDS, ...FINAL_CARDS]) addMessage(book, each);
  for (const prompt of [HOSTILE.join(" "), EMOJI_WALL])
    addMessage(book, { name: "hostile", card: showRound(roundOf(CHOOSING, { prompt })) });
  for (const { name, card } of [...PRIVATE_CARDS, await helpCard()]) add(book, name, "", toEphemeral(card));
  add(book, "home", "home", toHome(HOME_CARDS));
  add(book, "home, at first", "home", toHome(FIRST_HOME_CARDS));
  for (const { name, form } of DRAFT_FORMS)
    add(book, name, "modal", toModal(form, { place: undefined, attachments: [] }));
}

describe.skipIf(chromium === undefined)("the look of every card", () => {
  it("keeps within its width, with the numbers of a row beside each other", async () => {
    const book = openLookBook("cards", SLACK_STYLE);
    await addAll(book);
    const { rows, tooWide } = await book.save();
    expect(rows.length).toBeGreaterThan(book.count / 3);
    expect(new Set(rows)).toEqual(new Set([1]));
    expect(tooWide).toEqual([]);
  });
});
