import { expect, test } from "vitest";
import { complete } from "../../../adapters/web/page/completion.ts";
import { COMMANDS } from "./scripted-inbox.ts";

const PEOPLE = [
  { id: "ada", name: "Ada Lindqvist", hue: 1 },
  { id: "max", name: "Max Oyelaran", hue: 2 },
];
const at = (typed: string) => {
  const { suggestions, isMeant } = complete(typed, COMMANDS, PEOPLE);
  return { labels: suggestions.map((one) => one.label), isMeant };
};

test.each([
  ["/", ["/draft", "/quota", "/policy"], true],
  ["/q", ["/quota"], true],
  // Typed whole: Enter sends it.
  ["/quota", ["/quota"], false],
  ["/nothing", [], true],
  ["/quota ", ["grant", "report"], false],
  ["/quota g", ["grant"], true],
  ["/quota grant", [], false],
  ["/quota grant ", [], false],
  ["/quota grant @m", ["@max"], true],
  ["/quota @a", ["@ada"], true],
  ["/draft ", [], false],
  ["/draft a fox", [], false],
  ["/draft a fox --", ["--takes", "--aspect", "--seed"], false],
  ["/draft a fox --t", ["--takes"], true],
  ["/draft a fox —as", ["--aspect"], true],
  ["/draft a fox --takes ", ["2", "4", "6", "9"], false],
  ["/draft a fox --takes 6", [], false],
  ["/draft a fox --aspect 1", ["1:1", "16:9"], true],
  ["/draft a fox --aspect 16:9 --", ["--takes", "--seed"], false],
  ["/draft a fox --seed ", [], false],
  ["hello @", ["@ada", "@max"], false],
  ["hello @AD", ["@ada"], true],
  ["hello", [], false],
  ["", [], false],
  ["not /a command", [], false],
])("after %j come %j", (typed, labels, isMeant) => {
  expect(at(typed)).toEqual({ labels, isMeant: labels.length === 0 ? expect.any(Boolean) : isMeant });
});

test("what is taken replaces the word being typed", () => {
  const typed = "/draft a fox —as";
  const [first] = complete(typed, COMMANDS, PEOPLE).suggestions;
  expect(typed.slice(0, first?.from) + first?.value + typed.slice(first?.to)).toBe("/draft a fox --aspect ");
});
