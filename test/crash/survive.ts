import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { startCountingModel } from "../support/counting-model-server.ts";
import type { Ground } from "./grounds.ts";
import { createLives, type Doomed, type Lives } from "./lives.ts";
import { type RecordsAfter, readRecords, recordsOf } from "./records-after.ts";
import { JOURNEY, playJourney } from "./whole-journey.ts";

export interface Survival {
  readonly dooms: readonly Doomed[];
  /** Fewer than dooms when a place was not come by: later occurrences depend on who is how quick. */
  readonly deaths: number;
  /** How often the model was asked, and so paid, beyond once an image. */
  readonly paidAgain: number;
  readonly whispered: number;
  readonly ms: number;
  /** What was lost or done twice; undefined when nothing was. */
  readonly problem: string | undefined;
}

/** Times of the program in a test: recovery is as quick as its lease. */
const ENV = { DRAFTROOM_LEASE_SECONDS: "1", DRAFTROOM_LOG_LEVEL: "warn" };
const MODEL_MS = 5;

/** Plays a whole journey on a ground, killed wherever it is doomed to be, and looks at what is left. */
export async function survive(ground: Ground, dooms: readonly Doomed[], list?: string): Promise<Survival> {
  const startedAt = performance.now();
  const model = await startCountingModel(MODEL_MS);
  /** The images that were kept when the program died, and how often each had been paid for. */
  const keptAtDeath = new Map<string, number>();
  const lives = createLives({
    env: { ...ENV, ...ground.env, MODEL_URL: model.url, ...(list !== undefined && { DOOM_LIST: list }) },
    dooms,
    async onDeath() {
      for (const key of await findPaid(ground)) {
        if (!keptAtDeath.has(key)) keptAtDeath.set(key, model.countByKey().get(key) ?? 0);
      }
    },
  });
  let problem: string | undefined;
  let whispered = 0;
  try {
    await playJourney(lives);
    await lives.end();
    const after = await readRecordsAtRest(ground, lives);
    const { whispered: said, ...records } = after;
    whispered = said.length;
    const counts = model.countByKey();
    expect(records).toEqual(recordsOf(JOURNEY));
    expect(model.strays).toEqual([]);
    expect(counts.size, "images paid for").toBe(JOURNEY.takes + JOURNEY.finals);
    for (const [key, count] of counts)
      expect(count, `calls for ${key}`).toBeLessThanOrEqual(1 + lives.deaths());
    for (const [key, count] of keptAtDeath) expect(counts.get(key), `calls for ${key}, kept`).toBe(count);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  } finally {
    await lives.abandon();
    await model.stop();
  }
  const ms = Math.round(performance.now() - startedAt);
  const paidAgain = model.calls.length - model.countByKey().size;
  return { dooms, deaths: lives.deaths(), paidAgain, whispered, ms, problem };
}

/** Each life takes longer than a fifth of a lease. */
const MORE_LIVES_MAX = 10;

/**
 * A job that is still in the outbox belongs to a process that died: once its claim has run out, the next
 * one moves it, to no effect.
 */
async function readRecordsAtRest(ground: Ground, lives: Lives): Promise<RecordsAfter> {
  let records = await readOnce(ground);
  for (let more = 0; records.outbox > 0 && more < MORE_LIVES_MAX; more++) {
    await lives.live(async () => {});
    await lives.end();
    records = await readOnce(ground);
  }
  return records;
}

async function readOnce(ground: Ground): Promise<RecordsAfter> {
  const pool = await ground.openPool();
  try {
    return await readRecords(pool);
  } finally {
    await pool.end();
  }
}

/** Keys of the images whose bytes are kept. Beside each stands who made it; a half-written file is none. */
async function findPaid({ dataDir }: Ground): Promise<readonly string[]> {
  const names = await readdir(join(dataDir, "images", "paid")).catch(() => []);
  return names.filter((name) => !name.includes("."));
}
