import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { createDraftCommand } from "../commands/draft.ts";
import { createQuotaCommand } from "../commands/quota.ts";
import { readConfig, SETTINGS } from "../src/config.ts";

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), "utf8");

/** The settings as the code has them. */
const settings = Object.entries(SETTINGS as Record<string, z.ZodType>).map(([name, type]) => {
  const parsed = type.safeParse(undefined);
  const given = parsed.success ? parsed.data : undefined;
  return { name, description: type.description ?? "", fallback: given === undefined ? "" : `${given}` };
});

describe("the settings", () => {
  test("there are some, each with a description", () => {
    expect(settings.length).toBeGreaterThan(15);
    expect(settings.filter((each) => each.description === "")).toEqual([]);
  });

  test("the README's table is the code's", async () => {
    const [, table = ""] = (await read("README.md")).split("<!-- settings:");
    const rows = [...table.matchAll(/^\| `(\w+)` \| (?:`(.*)`)? ?\| (.*) \|$/gm)];
    expect(rows.map(([, name, fallback = "", description]) => ({ name, description, fallback }))).toEqual(
      settings,
    );
  });

  test(".env.example names each one, with its default, and is itself a good configuration", async () => {
    const example = await read(".env.example");
    const lines = [...example.matchAll(/^(#?)([A-Z_0-9]+)=(.*)$/gm)];
    expect(lines.map(([, , name]) => name).toSorted()).toEqual(settings.map((each) => each.name).toSorted());
    const given = Object.fromEntries(
      lines.filter(([, off]) => off === "").map(([, , name, value]) => [name, value]),
    );
    const defaults = settings
      .filter((each) => each.fallback !== "")
      .map((each) => [each.name, each.fallback]);
    expect(given).toEqual(Object.fromEntries(defaults));
    expect(readConfig(given).status).toBe("ok");
  });
});

test("the README's commands are the code's", async () => {
  const readme = await read("README.md");
  // A command's words are there before its parts are asked for anything.
  const never = undefined as never;
  const draft = createDraftCommand(never).spec;
  const quota = createQuotaCommand(never).spec;
  for (const option of draft.options) expect(readme).toContain(`--${option.name}`);
  expect(quota.subcommands.length).toBeGreaterThan(4);
  for (const { usage } of quota.subcommands)
    expect(readme.replaceAll("\\|", "|")).toContain(`/quota ${usage}`);
});
