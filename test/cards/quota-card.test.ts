import { describe, expect, it } from "vitest";
import { priceWords } from "../../src/cards/price-words.ts";
import { type QuotaView, quotaCard } from "../../src/cards/quota-card.ts";
import { credits } from "../../src/core/credits.ts";
import type { ChannelRef } from "../../src/core/ids.ts";
import type { Size } from "../../src/core/recipe.ts";
import { BALANCE } from "../support/card-gallery.ts";
import { specOf } from "../support/models.ts";
import { DIRECTED, inWords } from "../support/story-desk.ts";

const LITE = specOf("draft", { name: "nano-banana-lite" });
const PRO = specOf("final", { name: "nano-banana-pro" });

const show = (more: Partial<QuotaView> = {}) =>
  quotaCard({
    channel: "studio:local:x" as ChannelRef,
    balance: BALANCE,
    holds: [],
    spenders: [],
    models: { draft: LITE, final: PRO },
    drifts: [],
    staff: DIRECTED,
    mayManage: true,
    ...more,
  });

/** A model of these sizes, at these prices. */
function priced(sizes: readonly Size[], [small, medium, large]: readonly [number, number, number]) {
  const { abilities } = PRO;
  const prices = { "1K": credits(small), "2K": credits(medium), "4K": credits(large) };
  return specOf("final", { abilities: { ...abilities, sizes }, prices: { credits: prices, usd: undefined } });
}

describe("what things cost", () => {
  it("is said with whose price it is", () => {
    expect(inWords(show())).toContain(
      "\nA take by nano-banana-lite costs 1, a final by nano-banana-pro 4 (1K, 2K) or 7 (4K).",
    );
  });

  it.each([
    [["1K", "2K", "4K"], [3, 4, 7], "3 (1K), 4 (2K) or 7 (4K)"],
    [["1K", "2K", "4K"], [4, 4, 7], "4 (1K, 2K) or 7 (4K)"],
    [["1K", "2K", "4K"], [4, 4, 4], "4"],
    [["1K", "2K"], [4, 5, 5], "4 (1K) or 5 (2K)"],
    // What a model cannot make has no price of its own.
    [["1K"], [2, 9, 9], "2"],
  ] as const)("in %j at %j is %s", (sizes, prices, words) => {
    expect(priceWords(priced(sizes, prices))).toBe(words);
  });
});

describe("a price list that is off", () => {
  const drifts = [
    { tier: "final", name: "nano-banana-pro", ratio: 1.124, calls: 40 },
    { tier: "draft", name: "nano-banana-lite", ratio: 0.8, calls: 7 },
  ] as const;

  it("is said to managers, more and less", () => {
    expect(inWords(show({ drifts })).split("\n").slice(-2)).toEqual([
      "⚠️ nano-banana-pro: the provider charges 12 % more than the price list says, over 40 images. Check the prices in models.yaml.",
      "⚠️ nano-banana-lite: the provider charges 20 % less than the price list says, over 7 images. Check the prices in models.yaml.",
    ]);
  });

  it("is nothing to others", () => {
    expect(inWords(show({ drifts, mayManage: false }))).not.toMatch(/charges/);
  });
});
