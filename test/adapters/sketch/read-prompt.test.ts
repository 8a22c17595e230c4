import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPrompt } from "../../../adapters/sketch/read-prompt.ts";

function thingsOf(prompt: string): string[] {
  return readPrompt(prompt).elements.map(
    ({ subject, count }) => `${count} ${typeof subject === "number" ? "form" : subject}`,
  );
}

describe("readPrompt", () => {
  test("finds the things, their colours and materials, and the table", () => {
    const scene = readPrompt("a glass bottle refracting afternoon sun on a limestone table");
    expect(scene.elements).toMatchObject([{ subject: "bottle", material: "glass", count: 1 }]);
    expect(scene).toMatchObject({ setting: "table", surface: "limestone", light: "day" });
    expect([...scene.features]).toEqual(["refraction"]);
  });

  test("gives a colour to the thing that follows it, and the rest to the picture", () => {
    const [fox, house] = readPrompt("a red fox left of a blue house").elements;
    expect(fox?.colors).toEqual(["#cf3a32"]);
    expect(house?.colors).toEqual(["#2f63c0"]);
    const poster = readPrompt("minimal perfume poster, pink and gold");
    expect(poster.elements[0]?.colors).toEqual([]);
    expect(poster.colors).toHaveLength(2);
  });

  test.each([
    ["a red fox left of a blue house", 0, { relation: "left", of: 1 }],
    ["three lemons on a blue plate", 0, { relation: "on", of: 1 }],
    ["a cat behind a plant", 0, { relation: "behind", of: 1 }],
    ["a bowl of oranges", 1, { relation: "in", of: 0 }],
    ["a bowl of oranges left of a pear", 0, { relation: "left", of: 2 }],
    ["a bowl of oranges left of a pear", 1, { relation: "in", of: 0 }],
    ["a dog under a tree", 0, { relation: "before", of: 1 }],
    ["a fox below a balloon", 1, { relation: "above", of: 0 }],
  ])("%s: places element %i", (prompt, index, place) => {
    expect(readPrompt(prompt).elements[index]?.place).toEqual(place);
  });

  test("counts, and takes a plural for a few", () => {
    expect(thingsOf("two pears and an orange")).toEqual(["2 pear", "1 orange"]);
    expect(thingsOf("lemons")).toEqual(["3 lemon"]);
    expect(thingsOf("🦊 and 🌳")).toEqual(["1 fox", "1 tree"]);
  });

  test("tells an orange from orange", () => {
    expect(thingsOf("an orange cat")).toEqual(["1 cat"]);
    expect(thingsOf("an orange")).toEqual(["1 orange"]);
    expect(readPrompt("poster, teal and orange").colors).toHaveLength(2);
  });

  test("lifts what flies above a place", () => {
    const scene = readPrompt("a sneaker flying above a neon city");
    expect(scene).toMatchObject({ setting: "city", light: "neon" });
    expect(scene.elements).toMatchObject([{ subject: "shoe", aloft: true }]);
  });

  test("makes a form of an unknown noun, always the same one", () => {
    const [koala] = readPrompt("a koala on a table").elements;
    expect(koala?.subject).toBeTypeOf("number");
    expect(readPrompt("two lamps behind a koala").elements[1]?.subject).toBe(koala?.subject);
  });

  test("gives every text something to draw, within limits", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 1000 }), (prompt) => {
        const scene = readPrompt(prompt);
        const drawable = scene.elements.length > 0 || scene.features.size > 0 || scene.setting === "abstract";
        return drawable && scene.elements.length <= 6;
      }),
    );
  });
});
