import { describe, expect, it } from "vitest";
import { findCycle, roomOf, wrongImport, wrongPackage } from "./support/import-rules.ts";
import { readImports, readSources, type SourceFile } from "./support/source-tree.ts";

const sources = readSources(["src", "adapters", "commands"]);
const ours = sources.flatMap((file) =>
  file.imports.filter((each) => each.ours).map((each) => ({ from: file.path, ...each })),
);
const foreign = sources.flatMap((file) =>
  file.imports.filter((each) => !each.ours).map((each) => ({ from: file.path, to: each.to })),
);

describe("the law of imports", () => {
  it("looked at something", () => {
    expect(sources.length).toBeGreaterThan(80);
    expect(ours.length).toBeGreaterThan(200);
    expect(foreign.length).toBeGreaterThan(40);
    for (const folder of ["src/core/", "src/ports/", "src/images/", "adapters/web/page/", "commands/"]) {
      expect(
        sources.some((each) => each.path.startsWith(folder)),
        folder,
      ).toBe(true);
    }
  });

  it("every file has a room", () => {
    expect(sources.map((each) => each.path).filter((path) => roomOf(path) === undefined)).toEqual([]);
  });

  it("every import goes the right way", () => {
    expect(ours.map((each) => wrongImport(each.from, each.to, each.typeOnly)).filter(isSaid)).toEqual([]);
  });

  it("every import is of a file that there is", () => {
    const known = new Set(sources.map((each) => each.path));
    expect(ours.filter((each) => !known.has(each.to))).toEqual([]);
  });

  it("packages stay in their rooms", () => {
    expect(foreign.map((each) => wrongPackage(each.from, each.to)).filter(isSaid)).toEqual([]);
  });

  it("credits are reserved in the gate only", () => {
    const reserving = sources.filter((each) => /\.\s*reserve\s*\(/.test(each.text)).map((each) => each.path);
    expect(reserving).toEqual(["src/gate/gate.ts"]);
  });

  it("nothing imports itself by way of others", () => {
    expect(findCycle(sources)).toBeUndefined();
  });
});

describe("the checks themselves", () => {
  it.each([
    ["src/core/card.ts", "src/ports/chat.ts"],
    ["src/ports/chat.ts", "src/images/grid.ts"],
    ["src/images/grid.ts", "src/cards/round-card.ts"],
    ["src/rounds/start-round.ts", "adapters/postgres/database.ts"],
    ["src/rounds/start-round.ts", "commands/draft.ts"],
    ["src/rounds/start-round.ts", "src/config.ts"],
    ["commands/draft.ts", "adapters/web/studio.ts"],
    ["commands/draft.ts", "src/program.ts"],
    ["adapters/web/studio.ts", "adapters/postgres/database.ts"],
    ["adapters/web/studio.ts", "src/choices/choice.ts"],
    ["adapters/web/studio.ts", "commands/draft.ts"],
    ["adapters/slack/sender.ts", "adapters/web/page/bot.ts"],
    ["adapters/web/page/main.ts", "adapters/web/studio.ts"],
    ["adapters/web/page/main.ts", "src/core/card.ts"],
    ["src/program.ts", "adapters/web/studio.ts"],
    ["src/main.ts", "adapters/web/studio.ts"],
    ["src/compose.ts", "commands/draft.ts"],
    ["src/core/card.ts", "test/support/fresh.ts"],
    ["commands/draft.ts", "bench/grid.ts"],
    ["src/compose.ts", "test/support/audit.ts"],
    ["src/core/card.ts", "src/utils/card.ts"],
    ["src/rounds/start-round.ts", "src/settings/slack-settings.ts"],
    ["adapters/slack/slack.ts", "src/settings/slack-settings.ts"],
    ["src/settings/slack-settings.ts", "src/config.ts"],
    ["src/settings/slack-settings.ts", "adapters/slack/slack.ts"],
  ])("%s may not import %s", (from, to) => {
    expect(wrongImport(from, to)).toBeDefined();
  });

  it.each([
    "src/helpers/text.ts",
    "src/loose.ts",
    "src/nowhere/thing.ts",
    "adapters/loose.ts",
    "adapters/web/utils/text.ts",
    "commands/lib/parse.ts",
  ])("%s has no room", (path) => {
    expect(roomOf(path)).toBeUndefined();
  });

  it.each([
    ["src/core/card.ts", "zod"],
    ["src/ports/chat.ts", "node:fs"],
    ["src/rounds/compose-grid.ts", "sharp"],
    ["adapters/web/page-files.ts", "sharp"],
    ["adapters/web/page/main.ts", "zod"],
  ])("%s may not use %s", (from, to) => {
    expect(wrongPackage(from, to)).toBeDefined();
  });

  it("reads every way to import", () => {
    const text = [
      'import type { A } from "./a.ts";',
      'import {\n  b,\n  type C,\n} from "../ports/b.ts";',
      'import "./c.css.ts";',
      'export { d } from "./d.ts";',
      'const e = await import("./e.ts");',
      'import f from "node:fs";',
      'const words = "import nothing from here";',
    ].join("\n");
    expect(readImports("src/core/x.ts", text)).toEqual([
      { to: "src/core/a.ts", ours: true, typeOnly: true },
      { to: "src/ports/b.ts", ours: true, typeOnly: false },
      { to: "src/core/c.css.ts", ours: true, typeOnly: false },
      { to: "src/core/d.ts", ours: true, typeOnly: false },
      { to: "node:fs", ours: false, typeOnly: false },
      { to: "src/core/e.ts", ours: true, typeOnly: false },
    ]);
    expect(() => readImports("src/core/x.ts", "await import(name)")).toThrow(/cannot be read off/);
  });

  it("finds a cycle", () => {
    const file = (path: string, ...to: string[]): SourceFile => ({
      path,
      text: "",
      imports: to.map((each) => ({ to: each, ours: true, typeOnly: false })),
    });
    expect(findCycle([file("a", "b"), file("b", "c"), file("c", "b")])).toEqual(["b", "c", "b"]);
    expect(findCycle([file("a", "b", "c"), file("b", "c"), file("c")])).toBeUndefined();
  });
});

function isSaid(sentence: string | undefined): sentence is string {
  return sentence !== undefined;
}
