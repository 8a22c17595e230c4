import { expect, it } from "vitest";
import { fromEmoji, toEmoji } from "../../../../adapters/discord/components/emoji.ts";
import { EMOJI } from "../../../../src/core/card.ts";

it.each(EMOJI)("%s has a sign of its own, with or without the mark of its style", (emoji) => {
  const sign = toEmoji(emoji);
  expect(sign).toMatch(/^\p{RGI_Emoji}$/v);
  expect(fromEmoji(sign)).toBe(emoji);
  expect(fromEmoji(sign.replace("\ufe0f", ""))).toBe(emoji);
});

it("has all signs that are seeded", () => {
  expect(EMOJI.map(toEmoji).join(" ")).toBe("1️⃣ 2️⃣ 3️⃣ 4️⃣ 5️⃣ 6️⃣ 7️⃣ 8️⃣ 9️⃣ 🔄 ✅ ❌");
});

it.each([null, "", "🔟", "0️⃣", "👍", "n1", "approve", "1", "✅✅", "__proto__"])(
  "%s means nothing",
  (name) => {
    expect(fromEmoji(name)).toBeUndefined();
  },
);
