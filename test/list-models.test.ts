import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { openPglitePool } from "../adapters/pglite/pglite-pool.ts";
import { createDatabase } from "../adapters/postgres/database.ts";
import { migrate, readRecordMigrations, SCHEMA } from "../adapters/postgres/migrate.ts";
import type { AssetId } from "../src/core/ids.ts";
import { freshDatabase } from "./support/postgres-server.ts";
import { openLocalGoogle } from "./support/providers/local-google.ts";
import type { LocalProvider } from "./support/providers/local-provider.ts";
import { findFreePort } from "./support/server-process.ts";
import { ROOT } from "./support/source-tree.ts";

// As people run it: a process of its own, with the environment for its settings, in a folder that may have a models file.

let folder: string;
let google: LocalProvider;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-models-"));
  google = await openLocalGoogle();
});
afterEach(async () => {
  await google.close();
  expect(google.unknown).toEqual([]);
  // Looking costs nothing.
  expect(google.paid).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

async function list(env: Readonly<Record<string, string>> = {}, file?: string) {
  if (file !== undefined) await writeFile(join(folder, "models.yaml"), file);
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--liftoff-only", join(ROOT, "src/list-models.ts")],
    { cwd: folder, env: { PATH: process.env.PATH ?? "", ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const [said, errors] = [child.stdout.toArray(), child.stderr.toArray()];
  const [code] = await once(child, "exit");
  return {
    code,
    words: Buffer.concat(await said).toString(),
    errors: Buffer.concat(await errors).toString(),
  };
}

const atGoogle = (): Readonly<Record<string, string>> => ({
  GEMINI_API_KEY: [...google.keys][0] ?? "",
  GEMINI_API_URL: new URL("/v1beta", google.url).href,
});

describe("which models there are", () => {
  it("with nothing set: the sketch", async () => {
    const { code, words, errors } = await list();
    expect(words).toBe(`Drafts, in the order in which they are asked:

  ✓ sketch: draftroom/sketch
      reachable: it is built in
      costs 1K: 1 credit, $0
      makes 1K 2K 4K · every aspect · follows a picture by a number · references: 4 · seeds
      300 s a call · in 24 hours: 0 calls, 0 failed

Finals, in the order in which they are asked:

  ✓ sketch: draftroom/sketch
      reachable: it is built in
      costs 1K: 4 credits, $0 · 2K: 4 credits, $0 · 4K: 7 credits, $0
      makes 1K 2K 4K · every aspect · follows a picture by a number · references: 4 · seeds
      300 s a call · in 24 hours: 0 calls, 0 failed

`);
    expect(errors).toBe("");
    expect(code).toBe(0);
  });

  it("with a key: those of the provider, in order, and never the key", async () => {
    const env = atGoogle();
    const { code, words } = await list(env);
    const names = [...words.matchAll(/^ {2}(. [\w.-]+): /gm)].map(([, name]) => name);
    expect(names).toEqual([
      "✓ nano-banana-lite",
      "✓ nano-banana-2.1",
      "✓ nano-banana-pro",
      "✓ nano-banana-2.1",
    ]);
    expect(words).toContain("  ✓ nano-banana-pro: google/gemini-3-pro-image, with GEMINI_API_KEY\n");
    expect(words).toContain("costs 1K: 4 credits, $0.134 · 2K: 4 credits, $0.134 · 4K: 7 credits, $0.24\n");
    expect(words).not.toContain(env.GEMINI_API_KEY);
    expect(code).toBe(0);
  });

  it("by a models file: what has no key, what the provider does not know, and what cannot be reached", async () => {
    const { code, words, errors } = await list(
      { ...atGoogle(), SDAPI_URL: `http://127.0.0.1:${await findFreePort()}` },
      `models:
  - {provider: google, id: gemini-4-image, tier: draft, sizes: [1K], aspects: [1:1, 16:9], atOnce: 2, requestsPerMinute: 9}
  - {provider: sdapi, id: loaded, tier: draft}
  - {provider: google, id: gemini-3-pro-image, tier: final}
  - {provider: openai, id: gpt-image-2.5-sunburst, tier: final, price: {credits: 9}, timeoutSeconds: 60}
final: [gpt-image-sunburst]
`,
    );
    expect(words).toMatch(/✗ gemini-4-image: .*\n {6}google answered 404/);
    expect(words).toContain("costs 1K: 1 credit, no list price\n");
    expect(words).toContain("makes 1K · 1:1 16:9 · ");
    expect(words).toContain("300 s a call · 2 at once · 9 a minute · ");
    expect(words).toMatch(/✗ sdapi: sdapi\/loaded\n {6}no answer from 127\.0\.0\.1:\d+\n/);
    expect(words).toMatch(/✗ gpt-image-sunburst: .*\n {6}no key: OPENAI_API_KEY is not set\n/);
    expect(words).toContain("costs 1K: 9 credits, $0.053 · 2K: 9 credits, $0.107\n");
    expect(words.indexOf("gpt-image-sunburst")).toBeLessThan(words.indexOf("nano-banana-pro"));
    expect(words).toMatch(/\n✗ Drafts cannot be made: none of their models can be reached\.\n$/);
    expect(errors).toBe("OPENAI_API_KEY is not set, so these models cannot be asked: gpt-image-sunburst\n");
    expect(code).toBe(1);
  });

  it("a key that the provider does not take", async () => {
    const env = atGoogle();
    google.keys.clear();
    const { code, words } = await list(env);
    expect(words.match(/✗ nano/g)).toHaveLength(4);
    expect(words).toContain("Finals cannot be made");
    expect(words).not.toContain(env.GEMINI_API_KEY);
    expect(code).toBe(1);
  });

  it("says what is wrong with the settings", async () => {
    const { code, words, errors } = await list({ DRAFTROOM_PORT: "x" }, "darft: []");
    expect(errors).toContain("  - DRAFTROOM_PORT is a whole number\n");
    expect(errors).toContain("  - models.yaml, line 1: darft is no setting: did you mean draft?\n");
    expect(words).toBe("");
    expect(code).toBe(1);
  });
});

describe("how they were doing", () => {
  const NANO = { tier: "draft", name: "nano-banana-lite" } as const;

  /** Three calls today, one of which failed, and one before; finals fail one after the other. */
  async function remember(pool: pg.Pool): Promise<void> {
    await migrate(pool, await readRecordMigrations());
    const { calls, breakers } = createDatabase(pool).records;
    const hour = 3_600_000;
    const outcomes = ["made", "made", "overloaded", "overloaded"] as const;
    for (const [index, outcome] of outcomes.entries()) {
      await calls.add({
        ...NANO,
        model: "google/gemini-3.1-flash-lite-image",
        asset: `asset-${index}` as AssetId,
        outcome,
        billed: "no",
        listUsd: undefined,
        cost: undefined,
        requestId: undefined,
        tookMs: 1,
        at: new Date(Date.now() - (outcome === "made" || index === 2 ? hour : 25 * hour)),
      });
    }
    for (let failed = 0; failed < 5; failed++) {
      await breakers.failed({ tier: "final", name: "nano-banana-pro" }, new Date());
    }
  }

  function expectRemembered(words: string): void {
    expect(words).toMatch(
      /✓ nano-banana-lite: (?:.*\n){4} {6}300 s a call · in 24 hours: 3 calls, 1 failed\n/,
    );
    expect(words).toMatch(
      /✓ nano-banana-pro: .*\n {6}reachable.*\n {6}! not asked until \d{4}-\S+Z, after 5 failures in a row\n/,
    );
  }

  it("by the embedded database, while Draftroom does not run", async () => {
    const dataDir = join(folder, "data/database");
    const pool = await openPglitePool({ dataDir, searchPath: SCHEMA });
    await remember(pool);
    const running = await list(atGoogle());
    expect(running.words).toContain(
      "How they were doing is not known: the embedded database is in use, as Draftroom is running.\n",
    );
    expect(running.words).not.toContain("in 24 hours");
    expect(running.code).toBe(0);
    await pool.end();
    expectRemembered((await list(atGoogle())).words);
  });

  const postgres = inject("postgresUrl") ?? "";
  it.skipIf(postgres === "")("by a PostgreSQL server", async () => {
    const DATABASE_URL = await freshDatabase(postgres);
    // Draftroom was never started on it.
    expect((await list({ ...atGoogle(), DATABASE_URL })).words).toContain("in 24 hours: 0 calls, 0 failed");
    const pool = new pg.Pool({ connectionString: DATABASE_URL, options: `-c search_path=${SCHEMA}` });
    await remember(pool);
    await pool.end();
    expectRemembered((await list({ ...atGoogle(), DATABASE_URL })).words);
  });

  it("not, when the database does not answer", async () => {
    const DATABASE_URL = `postgres://me:hunter2@127.0.0.1:${await findFreePort()}/x`;
    const { code, words } = await list({ ...atGoogle(), DATABASE_URL });
    expect(words).toContain("How they were doing is not known: the database does not answer.\n");
    expect(words).not.toContain("hunter2");
    expect(code).toBe(0);
  });
});
