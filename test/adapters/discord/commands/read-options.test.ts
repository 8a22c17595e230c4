import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { complete } from "../../../../adapters/discord/commands/complete.ts";
import type { GivenOption } from "../../../../adapters/discord/commands/given-options.ts";
import { readOptions } from "../../../../adapters/discord/commands/read-options.ts";
import { createCommandSpecs } from "../../../../commands/command-specs.ts";

const [draft, quota, help] = createCommandSpecs(["large-sketch", "sketch", "other"]);
if (!draft || !quota || !help) throw new Error("three commands");

const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const ATTACHMENT = 11;
const text = (name: string, value: string): GivenOption => ({ name, type: STRING, value });
const sub = (name: string, ...options: readonly GivenOption[]): GivenOption => ({ name, type: 1, options });

describe("readOptions", () => {
  it("words, options and pictures of a command", () => {
    expect(
      readOptions(draft, [
        { name: "reference", type: ATTACHMENT, value: "71" },
        text("prompt", "a red fox --count 3"),
        { name: "count", type: INTEGER, value: 6 },
        text("aspect", "16:9"),
        { name: "dry-run", type: BOOLEAN, value: true },
        { name: "reference2", type: ATTACHMENT, value: "72" },
      ]),
    ).toEqual({
      text: "a red fox --count 3",
      options: { count: "6", aspect: "16:9", "dry-run": "yes" },
      attachments: ["71", "72"],
    });
  });

  it("nothing at all", () => {
    expect(readOptions(draft, [])).toEqual({ text: "", options: {}, attachments: [] });
    expect(readOptions(help, [])).toEqual({ text: "", options: {}, attachments: [] });
  });

  it("a flag that is off is not given; a zero is", () => {
    const given = [
      { name: "dry-run", type: BOOLEAN, value: false },
      { name: "seed", type: INTEGER, value: 0 },
    ];
    expect(readOptions(draft, given).options).toEqual({ seed: "0" });
  });

  it("what the spec does not have is not read", () => {
    expect(readOptions(draft, [text("constructor", "x"), text("admin", "yes")]).options).toEqual({});
  });

  it("a subcommand, and what follows it in the order of its spec", () => {
    const given = [
      sub("grant", text("why", "spring launch"), { name: "credits", type: INTEGER, value: 200 }),
    ];
    expect(readOptions(quota, given)).toEqual({
      text: "grant 200 spring launch",
      options: {},
      attachments: [],
    });
    expect(readOptions(quota, [sub("freeze")]).text).toBe("freeze");
  });

  it("a subcommand that is no more is passed on, to be told so", () => {
    expect(readOptions(quota, [sub("burn", text("why", "fun"))]).text).toBe("burn");
  });

  it("what a command does alone has a name on Discord only", () => {
    expect(readOptions(quota, [sub("show")])).toEqual({ text: "", options: {}, attachments: [] });
  });
});

describe("complete", () => {
  const model = (value: string): readonly GivenOption[] => [
    text("prompt", "a fox"),
    { ...text("model", value), focused: true },
  ];
  const zone = (value: string): readonly GivenOption[] => [
    sub("set", { name: "credits", type: INTEGER, value: 5 }, { ...text("zone", value), focused: true }),
  ];
  const values = (of: readonly { value: string }[]) => of.map((each) => each.value);

  it("models: all, or those that may be meant", () => {
    expect(values(complete(draft, model("")))).toEqual(["large-sketch", "sketch", "other"]);
    // What begins with it comes first.
    expect(values(complete(draft, model("sk")))).toEqual(["sketch", "large-sketch"]);
    expect(values(complete(draft, model("LARGE")))).toEqual(["large-sketch"]);
    expect(complete(draft, model("nothing"))).toEqual([]);
  });

  it("time zones: what begins with it first, 25 at most", () => {
    expect(values(complete(quota, zone("europe/mad")))).toEqual(["Europe/Madrid"]);
    expect(values(complete(quota, zone("new york")))).toEqual(["America/New_York"]);
    expect(values(complete(quota, zone("america"))).every((each) => each.startsWith("America/"))).toBe(true);
    expect(values(complete(quota, zone("utc")))[0]).toBe("UTC");
    expect(complete(quota, zone(""))).toHaveLength(25);
  });

  it("nothing for what is not completed", () => {
    expect(complete(draft, [{ ...text("prompt", "a"), focused: true }])).toEqual([]);
    expect(complete(draft, [text("model", "sk")])).toEqual([]);
    expect(complete(draft, [{ ...text("no-such", ""), focused: true }])).toEqual([]);
    expect(complete(quota, [sub("no-such", { ...text("zone", ""), focused: true })])).toEqual([]);
  });

  it("whatever is typed: at most 25, each of what there is", () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const found = complete(quota, zone(typed));
        expect(found.length).toBeLessThanOrEqual(25);
        for (const { name, value } of found) expect([name, value]).toEqual([value, value]);
      }),
    );
  });
});
