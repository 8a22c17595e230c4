import { setTimeout as after } from "node:timers/promises";
import type pg from "pg";
import type { JobRunner } from "../src/ports/jobs.ts";
import { UNASKED } from "../test/support/models.ts";
import { type BenchProgram, startBenchProgram } from "./bench-program.ts";
import { GROUNDS, type Ground, withFolder } from "./ground.ts";
import { atMost, type Bench, type Line } from "./line.ts";
import { createRandom, quantile } from "./measure.ts";

const RATE_PER_SECOND = 50;
/** Ours and the floor take turns of this long; the first of each is not counted. */
const WINDOW_MS = 2_000;
const WINDOWS = 6;
const SETTLE_MS_MAX = 60_000;
const CHANNELS = 40;
const PEOPLE = 200;
const BOUND = atMost(6);

/**
 * A `/draft` durably accepted, 50 a second: from the typed line to the answer, through the whole
 * program. Its relay moves the accepted jobs to the queue meanwhile, on the same database, where no
 * worker takes them. The floor is one transaction of one insert, at the same rate.
 */
export const acceptBench: Bench = {
  name: "accept",
  async *run() {
    for (const { name, open } of GROUNDS) {
      const ground = await open();
      if (ground === undefined) yield { name: `accept on ${name}`, missing: `${name} is not installed` };
      else yield await measure(`accept on ${name}, 50 a second`, ground).finally(() => ground.close());
    }
  },
};

async function measure(name: string, { pool }: Ground): Promise<Line> {
  await pool.query("create table bare (id text primary key, prompt text not null, at timestamptz not null)");
  const ours: number[] = [];
  const floor: number[] = [];
  await withFolder(async (folder) => {
    const parts = { pool, folder, runner: idleRunner, model: UNASKED, onCard: () => {} };
    const program = await startBenchProgram({ ...parts, backend: { kind: "postgres", pool } });
    const draft = createDrafts(program);
    const insert = createInserts(pool);
    for (let window = 0; window < WINDOWS; window++) {
      const bareMs = await offer(insert);
      const draftMs = await offer(draft);
      await settle(pool);
      if (window === 0) continue;
      floor.push(...bareMs);
      ours.push(...draftMs);
    }
    await program.stop();
  });
  const p50 = { ours: quantile(ours, 0.5), floor: quantile(floor, 0.5) };
  const p99 = { ours: quantile(ours, 0.99), floor: quantile(floor, 0.99) };
  return {
    name,
    ratio: p99.ours / p99.floor,
    bound: BOUND,
    detail: `p99 ${against(p99)}, p50 ${against(p50)}`,
  };
}

function against({ ours, floor }: { readonly ours: number; readonly floor: number }): string {
  return `${ours.toFixed(1)} against ${floor.toFixed(1)} ms`;
}

/** Drafts of many people in many channels, each an event of its own. */
function createDrafts(program: BenchProgram): () => Promise<void> {
  const random = createRandom(1);
  let events = 0;
  return () =>
    program.draft({
      event: `e${events++}`,
      channel: `c${Math.floor(random() * CHANNELS)}`,
      person: `p${Math.floor(random() * PEOPLE)}`,
    });
}

/** One transaction of one insert. */
function createInserts(pool: pg.Pool): () => Promise<void> {
  let rows = 0;
  return async () => {
    const row = [`e${rows++}`, "a glass bottle refracting afternoon sun on limestone", new Date()];
    const client = await pool.connect();
    try {
      await client.query("begin");
      await client.query("insert into bare (id, prompt, at) values ($1, $2, $3)", row);
      await client.query("commit");
    } finally {
      client.release();
    }
  };
}

/** Asks at the rate whatever the answers do, and times each from the moment it was due. */
async function offer(work: () => Promise<void>): Promise<readonly number[]> {
  const count = (RATE_PER_SECOND * WINDOW_MS) / 1000;
  const start = performance.now();
  const answers: Promise<number>[] = [];
  for (let index = 0; index < count; index++) {
    const due = start + (index * 1000) / RATE_PER_SECOND;
    await until(due);
    answers.push(work().then(() => performance.now() - due));
  }
  return Promise.all(answers);
}

/** A timer may be late by more than a transaction takes: the last of the wait is spent looking. */
async function until(due: number): Promise<void> {
  const early = due - performance.now() - 2;
  if (early > 0) await after(early);
  while (performance.now() < due) await new Promise(setImmediate);
}

/** Waits until the relay has nothing left to move. */
async function settle(pool: pg.Pool): Promise<void> {
  const end = performance.now() + SETTLE_MS_MAX;
  while (performance.now() < end) {
    const { rows } = await pool.query("select 1 from outbox limit 1");
    if (rows.length === 0) return;
    await after(20);
  }
  throw new Error("the relay does not move what was accepted");
}

const idleRunner: JobRunner = { start: async () => {}, drain: async () => {} };
