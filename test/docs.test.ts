import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { createDraftSpec } from "../commands/draft.ts";
import { QUOTA_SPEC } from "../commands/quota.ts";
import { readConfig, SETTINGS } from "../src/config.ts";
import type { Size } from "../src/core/recipe.ts";
import { describeModel, type ModelDescription } from "../src/settings/describe-model.ts";
import { KNOWN_MODELS } from "../src/settings/known-models.ts";
import { ACCESS } from "../src/settings/model-access.ts";
import { MODELS_FILE } from "../src/settings/models-file-schema.ts";
import { readSources } from "./support/source-tree.ts";

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

describe("docs/models.md", () => {
  const modelType = MODELS_FILE.shape.models.unwrap().element;

  test("its table is what the code knows", async () => {
    const [, table = ""] = (await read("docs/models.md")).split("<!-- models:");
    const rows = [...table.matchAll(/^\| `(\S+)` \| `(\S+)` \| `(\S+)` \| (.*) \| (.*) \|(?: (.*))? \|$/gm)];
    const known = KNOWN_MODELS.map(({ name, provider, id, tiers, weaknesses }) => {
      const tier = tiers[0] ?? "draft";
      const described = describeModel({ provider, id, tier });
      const prices = described.status === "ok" ? pricesOf(described.model) : "";
      return [name, provider, id, tiers.join(", "), prices, weaknesses.join(", ")];
    });
    expect(known.length).toBeGreaterThan(10);
    expect(rows.map(([, ...cells]) => cells.map((cell) => cell ?? ""))).toEqual(known);
  });

  function pricesOf({ facts: { sizes }, usd }: ModelDescription): string {
    const of = (size: Size) => (typeof usd === "object" ? (usd[size] ?? usd["1K"]) : usd);
    return sizes.map((size) => `${size} $${of(size)}`).join(" · ");
  }

  test("says what each word of a models file means", async () => {
    const [, reference = ""] = (await read("docs/models.md")).split("\n## models.yaml");
    const words = [...Object.keys(modelType.shape), "usd", "credits", "baseUrl", "keyFrom"];
    expect(words.length).toBeGreaterThan(20);
    expect(words.filter((word) => !reference.includes(`\`${word}\``))).toEqual([]);
  });

  test("docs/models.example.yaml is a good models file, and shows every word", async () => {
    const example = await read("docs/models.example.yaml");
    const keys = ["GEMINI_API_KEY", "FAL_KEY", "ART_TEAM_OPENAI_KEY"];
    const env = Object.fromEntries(keys.map((key) => [key, "k".repeat(20)]));
    expect(readConfig(env, () => example)).toMatchObject({ status: "ok", hints: [] });
    expect(Object.keys(modelType.shape).filter((word) => !example.includes(`${word}:`))).toEqual([]);
  });
});

test("the README names the key of every provider", async () => {
  const [, table = ""] = (await read("README.md")).split("## With real image models");
  const names = Object.values(ACCESS).map(({ key, url }) => key ?? url);
  for (const name of names.filter((each) => each !== undefined)) expect(table).toContain(`| \`${name}\``);
});

test("the README's commands are the code's", async () => {
  const readme = await read("README.md");
  const { options } = createDraftSpec([]);
  expect(options.length).toBeGreaterThan(3);
  for (const option of options) expect(readme).toContain(`--${option.name}`);
  expect(QUOTA_SPEC.subcommands.length).toBeGreaterThan(4);
  for (const { usage } of QUOTA_SPEC.subcommands)
    expect(readme.replaceAll("\\|", "|")).toContain(`/quota ${usage}`);
});

test("docs/architecture.md names each room", async () => {
  const architecture = await read("docs/architecture.md");
  for (const place of ["src", "adapters", "adapters/slack", "adapters/discord"]) {
    const entries = await readdir(new URL(`../${place}`, import.meta.url), { withFileTypes: true });
    const rooms = entries.filter((each) => each.isDirectory()).map((each) => `${each.name}/`);
    expect(rooms.length).toBeGreaterThan(5);
    expect(
      rooms.filter((room) => !architecture.includes(room)),
      place,
    ).toEqual([]);
  }
});

describe("docs/operations.md", () => {
  const sources = readSources(["src", "adapters", "commands"]).map(({ text }) => text);
  const eventsIn = async () => {
    const [, table = ""] = (await read("docs/operations.md")).split("## What the log says");
    return [...(table.split("\n## ")[0] ?? "").matchAll(/`([a-z]+\.[a-z_]+)`/g)].map(([, event]) => event);
  };

  test("says what each event in the log means", async () => {
    const logged = sources.flatMap((text) =>
      [...text.matchAll(/\blog\.(?:info|warn|error)\(\s*"([a-z]+\.[a-z_]+)"/g)].map(([, event]) => event),
    );
    expect(new Set(logged).size).toBeGreaterThan(50);
    const documented = await eventsIn();
    expect([...new Set(logged)].filter((event) => !documented.includes(event))).toEqual([]);
  });

  test("speaks of no event that is never logged, and of each once", async () => {
    const documented = await eventsIn();
    const all = sources.join("\n");
    expect(documented.filter((event) => !all.includes(`"${event}"`))).toEqual([]);
    expect(documented).toHaveLength(new Set(documented).size);
  });
});
