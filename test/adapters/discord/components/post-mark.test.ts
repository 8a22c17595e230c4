import fc from "fast-check";
import { expect, it } from "vitest";
import { postMark, readMark } from "../../../../adapters/discord/components/post-mark.ts";
import { toMessage } from "../../../../adapters/discord/components/to-message.ts";
import { plainCard } from "../../../../src/core/card.ts";

it("is a positive number of 31 bits that Discord never gives by itself, the same for the same post", () => {
  fc.assert(
    fc.property(fc.string(), (key) => {
      const mark = postMark(key);
      expect(Number.isInteger(mark)).toBe(true);
      expect(mark).toBeGreaterThan(1_000_000);
      expect(mark).toBeLessThan(2 ** 31);
      expect(postMark(key)).toBe(mark);
    }),
  );
  const marks = Array.from({ length: 1000 }, (_, index) => postMark(`round:${index}`));
  expect(new Set(marks).size).toBe(1000);
});

it("stands on the message", () => {
  const { components } = toMessage(plainCard("info", "x"), { mark: postMark("k"), shown: undefined });
  expect(readMark(components)).toBe(postMark("k"));
});

it.each([
  ["no components", undefined],
  ["none at all", []],
  ["a frame that Discord has numbered", [{ type: 17, id: 1, components: [] }]],
  ["another component", [{ type: 10, id: postMark("k"), content: "x" }]],
  [
    "a frame that is not the first",
    [
      { type: 10, id: 1 },
      { type: 17, id: postMark("k") },
    ],
  ],
  ["nonsense", [{ type: 17, id: "x" }]],
])("is not on %s", (_, components) => {
  expect(readMark(components)).toBeUndefined();
});
