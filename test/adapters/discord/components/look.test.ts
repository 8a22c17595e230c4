import { describe, expect, it } from "vitest";
import { toMessage } from "../../../../adapters/discord/components/to-message.ts";
import { toModal } from "../../../../adapters/discord/components/to-modal.ts";
import { toPrivate } from "../../../../adapters/discord/components/to-private.ts";
import { CHOOSING, type NamedCard } from "../../../support/card-gallery.ts";
import { chromium } from "../../../support/chromium.ts";
import { DISCORD_STYLE } from "../../../support/discord/look-style.ts";
import type { Json, Known, ShownFile } from "../../../support/discord/page/known.ts";
import { renderComponents } from "../../../support/discord/page/render-components.ts";
import { renderModal } from "../../../support/discord/page/render-modal.ts";
import { DRAFT_FORMS } from "../../../support/draft-forms.ts";
import { type LookBook, openLookBook } from "../../../support/look-book.ts";
import { HOSTILE } from "./hostile.ts";
import { FINAL_CARDS, helpCard, PRIVATE_CARDS, ROUND_CARDS, roundOf, showRound } from "./real-cards.ts";

const KNOWN: Known = {
  users: new Map([
    ["1185700000000000001", "ada"],
    ["1185700000000000002", "mia"],
    ["1185700000000000003", "noor"],
  ]),
  roles: new Map([["1185700000000000301", "art-directors"]]),
  channels: new Map([["1185700000000000200", "brand"]]),
};

/** Two colours, wide or tall. */
const picture = (name: string, width: number, height: number): ShownFile => ({
  name,
  contentType: "image/svg+xml",
  bytes: Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#7a8ca3"/><circle cx="50%" cy="50%" r="30%" fill="#d9a566"/></svg>`,
  ),
});
const FILES = [picture("grid.png", 1024, 1024)];

function add(book: LookBook, name: string, components: readonly unknown[]): void {
  const inside = renderComponents(KNOWN, components as readonly Json[], FILES);
  book.add(name, `<section><div class="body">${inside}</div></section>`);
}

function addMessage(book: LookBook, { name, card }: NamedCard): void {
  const shown = card.picture && { name: "grid.png", notes: [], original: originalOf(card.picture.full) };
  add(book, name, toMessage(card, { mark: 7, shown }).components);
}

const originalOf = (full: unknown) =>
  full === undefined
    ? undefined
    : ({ kind: "link", url: new URL("https://files.example/f/1"), label: "Original" } as const);

describe.skipIf(chromium === undefined)("the look of every card", () => {
  it("keeps within its width, with the numbers of a row beside each other", async () => {
    const book = openLookBook("cards", DISCORD_STYLE);
    for (const each of [...ROUND_CARDS, ...FINAL_CARDS]) addMessage(book, each);
    for (const prompt of [HOSTILE.join(" "), HOSTILE.join("\n").slice(0, 1000)])
      addMessage(book, { name: "hostile", card: showRound(roundOf(CHOOSING, { prompt })) });
    add(book, "hostile, as markup", [{ type: 17, components: [{ type: 10, content: HOSTILE.join("\n") }] }]);
    for (const { name, card } of [...PRIVATE_CARDS, await helpCard()])
      add(book, name, toPrivate(card).components);
    for (const { name, form } of DRAFT_FORMS)
      book.add(name, renderModal(KNOWN, toModal(form) as unknown as Json, "mia"));
    const { rows, tooWide, broken } = await book.save();
    expect(rows.length).toBeGreaterThan(book.count / 3);
    expect(new Set(rows)).toEqual(new Set([1]));
    expect({ tooWide, broken }).toEqual({ tooWide: [], broken: [] });
  });
});
