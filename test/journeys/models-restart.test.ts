import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import type { TakeId } from "../../src/core/ids.ts";
import { takeJob } from "../../src/outbox/jobs.ts";
import type { JobTree } from "../../src/ports/jobs.ts";
import { actionOf, cardOf, gridOf, shows, wordsOf } from "../support/cards.ts";
import { type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";
import { freshDatabase } from "../support/postgres-server.ts";
import { openLocalGoogle } from "../support/providers/local-google.ts";
import { openLocalOpenai } from "../support/providers/local-openai.ts";
import type { LocalProvider } from "../support/providers/local-provider.ts";
import { connectStudio } from "../support/studio-client.ts";

const CHANNEL = "spring-launch";
const postgresUrl = inject("postgresUrl");
/** Sweeps every three seconds. */
const HASTY_MAIN = new URL("../support/hasty-main.ts", import.meta.url).pathname;
const [LEAVING, STAYING] = ["leaving", "staying"];

const STAYING_DRAFT = `- { provider: openai, id: gpt-image-2.5-flare, tier: draft, name: ${STAYING} }`;
const STAYING_FINAL = `- { provider: openai, id: gpt-image-2.5-sunburst, tier: final, name: ${STAYING} }`;
const WITH = `
models:
  - { provider: google, id: gemini-3.1-flash-lite-image, tier: draft, name: ${LEAVING}, atOnce: 1 }
  - { provider: google, id: gemini-3-pro-image, tier: final, name: ${LEAVING}, atOnce: 1 }
  ${STAYING_DRAFT}
  ${STAYING_FINAL}
`;
const WITHOUT = `
models:
  ${STAYING_DRAFT}
  ${STAYING_FINAL}
`;

describe.skipIf(postgresUrl === undefined)("a model that is taken out of the settings", () => {
  let folder: string;
  let google: LocalProvider;
  let openai: LocalProvider;
  let pool: pg.Pool;
  let env: Record<string, string>;
  let running: DraftroomProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "draftroom-restart-"));
    google = await openLocalGoogle();
    openai = await openLocalOpenai();
    const databaseUrl = await freshDatabase(postgresUrl ?? "");
    pool = new pg.Pool({ connectionString: databaseUrl });
    env = {
      DATABASE_URL: databaseUrl,
      DRAFTROOM_DATA_DIR: folder,
      DRAFTROOM_MODELS_FILE: join(folder, "models.yaml"),
      DRAFTROOM_LEASE_SECONDS: "1",
      DRAFTROOM_LOG_LEVEL: "debug",
      SLACK_MINUTE_MS: "60000",
      GEMINI_API_KEY: [...google.keys][0] ?? "",
      GEMINI_API_URL: new URL("v1beta", google.url).href,
      OPENAI_API_KEY: [...openai.keys][0] ?? "",
      OPENAI_API_URL: openai.url.href,
    };
  });
  afterEach(async () => {
    const said = running?.log() ?? "";
    await running?.kill();
    for (const provider of [google, openai]) for (const key of provider.keys) expect(said).not.toContain(key);
  });
  afterAll(async () => {
    await Promise.all([google.close(), openai.close(), pool.end()]);
    await rm(folder, { recursive: true, force: true });
  });

  async function start(models: string) {
    await writeFile(join(folder, "models.yaml"), models);
    running = await startDraftroom(env, HASTY_MAIN);
    const studio = await connectStudio(running.url);
    return { mia: studio.as("mia"), ada: studio.as("ada") };
  }

  /** Ends the process while the leaving model says nothing to its latest call. */
  async function endAtCall(calls: number): Promise<void> {
    await expect.poll(() => google.paid.length, { timeout: 30_000, interval: 50 }).toBe(calls);
    await running?.kill();
  }

  async function books() {
    const { rows } = await pool.query<{ reserved: number; spent: number }>(
      "select coalesce(sum(reserved), 0)::int as reserved, coalesce(sum(spent), 0)::int as spent from draftroom.periods",
    );
    return rows[0] ?? { reserved: 0, spent: 0 };
  }

  const bothPaid = () => ({ google: google.paid.length, openai: openai.paid.length });

  test("while its takes wait, loses them to the next, and the grid comes", async () => {
    const before = bothPaid();
    const was = await start(WITH);
    const { spent } = await books();
    google.next("made", "slow");
    await was.mia.command(CHANNEL, "/draft a red kite --count 3");
    await endAtCall(before.google + 2);
    const { mia } = await start(WITHOUT);
    const grid = await mia.until(gridOf("a red kite"));
    expect(wordsOf(cardOf(grid))).toContain(STAYING);
    expect(bothPaid()).toEqual({ google: before.google + 2, openai: before.openai + 2 });
    expect(await books()).toEqual({ reserved: 0, spent: spent + 3 });
  });

  test("just after its last takes went to the next, keeps nobody waiting for the grid", async () => {
    const before = bothPaid();
    const was = await start(WITH);
    const { spent } = await books();
    google.next("made", "slow");
    await was.mia.command(CHANNEL, "/draft a blue kite --count 3");
    await endAtCall(before.google + 2);
    // The commit that passes a take on; its process died before the job's end.
    const { rows } = await pool.query<{ id: TakeId; turn: string }>(
      `update draftroom.takes set status = 'queued', model = $1, instead_of = $2, instead_because = 'overloaded'
       where status in ('queued', 'rendering') returning id, turn`,
      [STAYING, LEAVING],
    );
    expect(rows).toHaveLength(2);
    for (const { id, turn } of rows) {
      const tree: JobTree = { job: takeJob({ id, turn: Number(turn), model: STAYING ?? "" }), children: [] };
      await pool.query("insert into draftroom.outbox (tree) values ($1)", [JSON.stringify(tree)]);
    }
    const { mia } = await start(WITHOUT);
    const grid = await mia.until(gridOf("a blue kite"));
    expect(wordsOf(cardOf(grid))).toContain(`by ${STAYING}, because ${LEAVING} is overloaded`);
    expect(bothPaid()).toEqual({ google: before.google + 2, openai: before.openai + 2 });
    expect(await books()).toEqual({ reserved: 0, spent: spent + 3 });
  });

  test("while its final waits, loses it to the next, at the price that was said", async () => {
    const before = bothPaid();
    const was = await start(WITH);
    await was.mia.command(CHANNEL, "/draft a green kite --count 1");
    const grid = await was.mia.until(gridOf("a green kite"));
    google.next("slow");
    const { spent } = await books();
    await was.ada.press(grid.id, actionOf(grid, "1"));
    await endAtCall(before.google + 2);
    const { reserved } = await books();
    expect(reserved).toBeGreaterThan(0);
    const { mia } = await start(WITHOUT);
    const final = await mia.until(shows(/Final of take 1 .* a green kite/));
    expect(wordsOf(cardOf(final))).toContain(`Made by ${STAYING}`);
    expect(bothPaid()).toEqual({ google: before.google + 2, openai: before.openai + 1 });
    expect(await books()).toEqual({ reserved: 0, spent: spent + reserved });
  });
});
