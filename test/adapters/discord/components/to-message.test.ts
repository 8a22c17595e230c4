import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { postMark } from "../../../../adapters/discord/components/post-mark.ts";
import type { ShownPicture } from "../../../../adapters/discord/components/to-container.ts";
import { toMessage } from "../../../../adapters/discord/components/to-message.ts";
import { toPrivate } from "../../../../adapters/discord/components/to-private.ts";
import {
  bold,
  type Card,
  channel,
  code,
  member,
  message,
  plainCard,
  text,
} from "../../../../src/core/card.ts";
import { CHOOSING, DELIVERED_FINAL } from "../../../support/card-gallery.ts";
import { checkMessage } from "../../../support/discord/components/check-message.ts";
import { everyNode, type MarkdownNode, visibleText } from "../../../support/discord/page/markdown-nodes.ts";
import { parseMarkdown } from "../../../support/discord/page/parse-markdown.ts";
import { anyCard, anyWords } from "./any-card.ts";
import { CHARACTER_WALL, EMOJI_WALL, HOSTILE, SIGN_WALL } from "./hostile.ts";
import {
  CHANNEL,
  DIRECTORS,
  FINAL_CARDS,
  GRID,
  helpCard,
  MANAGERS,
  MIA,
  PRIVATE_CARDS,
  ROUND_CARDS,
  roundOf,
  showFinal,
  showRound,
} from "./real-cards.ts";
import { buttonsOf, componentsOf, linesOf, rowsOf, textsOf } from "./shown.ts";

const MARK = postMark("round:1");
const V2 = 1 << 15;
const EPHEMERAL = 1 << 6;
const LINK = { kind: "link", url: new URL("https://files.example/o/1"), label: "Original" } as const;

const shownOf = (card: Card, more: Partial<ShownPicture> = {}): ShownPicture | undefined =>
  card.picture && { name: "grid.jpg", notes: [], original: undefined, ...more };

const show = (card: Card, more: Partial<ShownPicture> = {}) =>
  toMessage(card, { mark: MARK, shown: shownOf(card, more) });

describe("a card as a message", () => {
  it.each([...ROUND_CARDS, ...FINAL_CARDS])("$name is what Discord takes", ({ card }) => {
    const content = show(card, { notes: ["The original has 23 MB."], original: LINK });
    expect(checkMessage(content, ["grid.jpg"])).toEqual([]);
    expect(content.flags).toBe(V2);
    expect(componentsOf(content)[0]).toMatchObject({ type: 17, id: MARK });
    const pressed = buttonsOf(content).flatMap(({ custom_id }) =>
      custom_id === undefined ? [] : [custom_id],
    );
    expect(pressed).toEqual(card.actions.map(({ id }) => id));
    const galleries = componentsOf(content).flatMap(({ type, items }) => (type === 12 ? [items] : []));
    expect(galleries).toEqual(
      card.picture ? [[{ media: { url: "attachment://grid.jpg" }, description: card.picture.alt }]] : [],
    );
    expect(textsOf(content).at(-1)).toContain("-# ");
  });

  it("is the funnel in its frame, from words to the quiet line", () => {
    const content = show(showRound(roundOf(CHOOSING)));
    const [frame, ...inside] = componentsOf(content);
    expect(frame?.accent_color).toBe(0x5865f2);
    expect(inside.filter(({ type }) => type !== 2).map(({ type }) => type)).toEqual([10, 12, 1, 1, 10]);
    expect(textsOf(content)).toEqual([
      "<@1185700000000000002> drafts **a glass bottle refracting afternoon sun on a limestone table**\n" +
        "Vote with a number. An art director's number is the pick. Final: 4 credits.",
      "-# 4 credits · 496 left · seed 7 · nano-banana-lite · AI-generated",
    ]);
    expect(rowsOf(content)[0]).toEqual(["1", "2", "3", "4"]);
    expect(rowsOf(content)[1]).toContain("Reroll");
  });

  it.each([
    [1, [1]],
    [4, [4]],
    [6, [3, 3]],
    [9, [3, 3, 3]],
    [16, [4, 4, 4, 4]],
  ])("has %i numbers in even rows, and the verbs under them", (count, lengths) => {
    const content = show(showRound(roundOf(CHOOSING, { count })), { original: LINK });
    const rows = rowsOf(content);
    expect(rows.slice(0, lengths.length).map(({ length }) => length)).toEqual(lengths);
    expect(rows.flat().slice(0, count)).toEqual(Array.from({ length: count }, (_, index) => `${index + 1}`));
    expect(rows.length).toBeGreaterThan(lengths.length);
    expect(componentsOf(content).length).toBeLessThanOrEqual(40);
  });

  it("has one button at most that stands out in a group", () => {
    const styles = (card: Card) =>
      buttonsOf(show(card)).map(({ label, style }) => [String(label).replace("…", ""), style]);
    expect(styles(showFinal(DELIVERED_FINAL)).slice(0, 2)).toEqual([
      ["Approve", 1],
      ["Send back", 4],
    ]);
    expect(styles(showRound(roundOf(CHOOSING))).slice(0, 4)).toEqual(["1", "2", "3", "4"].map((n) => [n, 2]));
  });

  it("says its tone by more than its colour", () => {
    const firstWord = (tone: Card["tone"], words = "Said.") =>
      textsOf(toPrivate(plainCard(tone, words)))[0]?.split(" ")[0];
    const tones = ["busy", "ok", "warn", "error"] as const;
    expect(tones.map((tone) => firstWord(tone))).toEqual(["⏳", "✅", "⚠️", "🛑"]);
    expect(firstWord("info")).toBe("Said.");
    expect(firstWord("ok", "❌ Sent back.")).toBe("❌");
    const accents = [...tones, "info" as const].map(
      (tone) => toPrivate(plainCard(tone, "Said.")).components[0]?.accent_color,
    );
    expect(new Set(accents).size).toBe(5);
  });

  it("shows who, where and which message", () => {
    const card = plainCard("info", "x", [
      [member(MIA), text(" and "), member(DIRECTORS), text(" or "), member(MANAGERS), text(" in ")],
      [channel(CHANNEL), text(": "), message(GRID, "the grid"), text(", "), message(GRID, "a 🦊 [x](y)")],
      [bold("a"), bold("b"), text(" "), code("/draft `x`"), code(" y"), text("."), bold(" "), code("")],
    ]);
    const url = "https://discord.com/channels/1185700000000000100/1185700000000000200/1185700000000000400";
    expect(textsOf(toPrivate(card))).toEqual([
      "<@1185700000000000002> and <@&1185700000000000301> or anyone with Manage Server in \n" +
        `<#1185700000000000200>: [the grid](${url}), a 🦊 \\[x]\\(y) ([open](${url}))\n` +
        "**ab** ``/draft `x` y``. ",
    ]);
  });

  it("pings nobody, or whom it is told to", () => {
    const card = showFinal(DELIVERED_FINAL);
    const none = { parse: [], users: [], replied_user: false };
    expect(show(card).allowed_mentions).toEqual(none);
    expect(toPrivate(card).allowed_mentions).toEqual(none);
    const content = toMessage(card, { mark: MARK, shown: undefined, ping: ["1185700000000000002"] });
    expect(content.allowed_mentions).toEqual({ ...none, users: ["1185700000000000002"] });
    expect(checkMessage(content, [])).toEqual([]);
  });

  it("has the original as a file, or as a link", () => {
    const card = showFinal(DELIVERED_FINAL);
    const file = show(card, { original: { kind: "file", name: "original.webp" } });
    expect(checkMessage(file, ["grid.jpg", "original.webp"])).toEqual([]);
    expect(componentsOf(file)).toContainEqual({ type: 13, file: { url: "attachment://original.webp" } });
    const link = show(card, { original: LINK, notes: ["Original: 4096 × 4096, 31 MB"] });
    expect(rowsOf(link).at(-1)?.at(-1)).toBe("Original");
    expect(buttonsOf(link).at(-1)).toMatchObject({ style: 5, url: "https://files.example/o/1" });
    expect(textsOf(link).at(-1)).toMatch(/AI-generated\n-# Original: 4096 × 4096, 31 MB$/);
  });
});

/** As a prompt is. */
const oneLine = (words: string) => words.replace(/\s*\n\s*/g, " ").trim();

describe("words of people", () => {
  it.each(HOSTILE.map(oneLine))("%s stay words", (prompt) => {
    const [headline] = linesOf(show(showRound(roundOf(CHOOSING, { prompt }))));
    expect(headline).toEqual([
      { type: "mention", kind: "user", id: "1185700000000000002" },
      { type: "text", text: " drafts " },
      { type: "bold", inside: [{ type: "text", text: prompt }] },
    ]);
    const note = textsOf(show({ ...showFinal(DELIVERED_FINAL), note: prompt })).at(-1) ?? "";
    expect(parseMarkdown(note)).toEqual([{ type: "subtext", inside: [{ type: "text", text: prompt }] }]);
  });

  it("stay words in every kind of span", () => {
    const anyHostile = fc.array(fc.constantFrom(...HOSTILE.map(oneLine)), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(anyHostile, anyHostile, anyHostile, (one, two, three) => {
        const [first, second, third] = [one, two, three].map((words) => words.join(" ")) as [
          string,
          string,
          string,
        ];
        const body = [[text(first), bold(second), text(" "), code(third), text("."), message(GRID, second)]];
        const [line = []] = linesOf(toPrivate(plainCard("info", "x", body)));
        const styles = new Set(everyNode(line).map(({ type }) => type));
        const ours: readonly MarkdownNode["type"][] = ["text", "bold", "code", "link"];
        expect([...styles].filter((type) => !ours.includes(type))).toEqual([]);
        const said = `${first}${second} ${third}.${second}`;
        expect([said, `${said} (open)`]).toContain(visibleText(line));
      }),
    );
  });

  it.each([EMOJI_WALL, SIGN_WALL, CHARACTER_WALL])("leave room for all that has to be there", (prompt) => {
    const card = showRound(roundOf(CHOOSING, { prompt, count: 16 }));
    const content = show(card, { original: LINK });
    expect(checkMessage(content, ["grid.jpg"])).toEqual([]);
    expect(buttonsOf(content)).toHaveLength(card.actions.length + 1);
    const [words = "", note] = textsOf(content);
    expect(words).toContain("Vote with a number");
    expect(words.replaceAll("\\", "")).toContain(prompt);
    expect(note).toContain("496 left");
    const gallery = componentsOf(content).find(({ type }) => type === 12);
    expect(JSON.stringify(gallery?.items)).toMatch(/row 4: 13 to 16/);
  });

  it("are cut where there are too many, the longest first", () => {
    const long = "a long *story* ".repeat(600);
    const card = plainCard("warn", "x", [
      [text("short one")],
      [bold(long), text(" and more")],
      [text("last one")],
    ]);
    const content = toPrivate({ ...card, note: long });
    expect(checkMessage(content, [])).toEqual([]);
    const [words = "", note = ""] = textsOf(content);
    const [first, second = "", third] = words.split("\n");
    expect([first, third]).toEqual(["⚠️ short one", "last one"]);
    expect(second).toMatch(/^\*\*a long \\\*story\\\* .*…\*\*$/);
    expect(words.length).toBeGreaterThan(3_000);
    expect(note).toMatch(/^-# a long .*…$/);
  });
});

it("holds Discord's limits for any card", () => {
  const anyNotes = fc.array(anyWords, { maxLength: 4 });
  const anyOriginal = fc.constantFrom(undefined, LINK, { kind: "file", name: "o.webp" } as const);
  fc.assert(
    fc.property(anyCard, anyNotes, anyOriginal, (card, notes, original) => {
      const content = show(card, { notes, original });
      expect(checkMessage(content, ["grid.jpg", "o.webp"])).toEqual([]);
      expect(buttonsOf(content).length).toBeGreaterThanOrEqual(Math.min(25, card.actions.length));
      const privately = toPrivate(card);
      expect(privately.flags).toBe(V2 | EPHEMERAL);
      expect(checkMessage(privately, [])).toEqual([]);
      expect(componentsOf(privately).map(({ type }) => type)).not.toContain(12);
    }),
    { numRuns: 300 },
  );
});

describe("what one person sees", async () => {
  it.each([...PRIVATE_CARDS, await helpCard()])("$name is what Discord takes", ({ card }) => {
    const content = toPrivate(card);
    expect(checkMessage(content, [])).toEqual([]);
    expect(content.flags).toBe(V2 | EPHEMERAL);
    expect(componentsOf(content)[0]).not.toHaveProperty("id");
    expect(buttonsOf(content).map(({ custom_id }) => custom_id)).toEqual(card.actions.map(({ id }) => id));
  });
});
