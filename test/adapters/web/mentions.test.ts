import { expect, test } from "vitest";
import { mentionsOf, toLines } from "../../../adapters/web/mentions.ts";
import { userRef } from "../../../adapters/web/studio-refs.ts";
import { text, user } from "../../../src/core/card.ts";

const PEOPLE = [
  { id: "ada", name: "Ada Lindqvist", hue: 1 },
  { id: "zoe-p", name: "Zoë Park", hue: 2 },
  { id: "sam-1", name: "Sam Oduya", hue: 3 },
  { id: "sam-2", name: "Sam Ek", hue: 4 },
  { id: "park", name: "Ada Park", hue: 5 },
];
const named = (typed: string) => mentionsOf(typed, PEOPLE).map((one) => `${one.typed} ${one.who}`);

test.each([
  ["@ada and @Ada, @ADA.", ["@ada studio:ada", "@Ada studio:ada", "@ADA studio:ada"]],
  ["@ada @ada", ["@ada studio:ada"]],
  ["(@zoë)", ["@zoë studio:zoe-p"]],
  ["@zoe-p's\n@Park", ["@zoe-p studio:zoe-p", "@Park studio:park"]],
  // An id comes before a first name, and a first name of two people is nobody's.
  ["@sam @sam-2", ["@sam-2 studio:sam-2"]],
  ["<@studio:ada> @studio:ada studio:ada", []],
  ["@adas @ada_ @ada-x @adá me@ada x@ada @@ada @", []],
])("%j names %j", (typed, people) => {
  expect(named(typed)).toEqual(people);
});

test("what is shown is what is meant, and every other word stays", () => {
  expect(toLines("Hi @Zoë, <@studio:ada>\n@nobody", PEOPLE)).toEqual([
    [text("Hi "), user(userRef("zoe-p")), text(", <@studio:ada>")],
    [text("@nobody")],
  ]);
});
