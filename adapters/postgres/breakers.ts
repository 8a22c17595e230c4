import { sql } from "kysely";
import type { BreakerStore } from "../../src/ports/model-records.ts";
import type { Db } from "./tables.ts";

/** A handful may be bad luck: providers shed single requests. That many without one that works are the provider's trouble. */
export const FAILURES_MAX = 5;
/** About what a short outage lasts, and less than the queue's ladder waits in all: the work is still there when it is over. */
export const OPEN_MS_MIN = 30_000;
/** An outage that is over is noticed within that time. */
export const OPEN_MS_MAX = 600_000;
/**
 * The call that goes through may end without a word: cut off, or with its process. Nearly all are over by
 * then; after one that is not another goes through, which costs no more than a second failure.
 */
export const TRIAL_MS_MAX = 180_000;
/** While that call runs, nobody knows when it ends: a picture takes about that long. */
export const ASK_AGAIN_MS = 10_000;

/**
 * What all processes know of how models are doing. Each answer is one statement: the database decides who
 * of several is first.
 */
export function createBreakerStore(db: Db): BreakerStore {
  return {
    async admit({ tier, name }, at) {
      // The second of two finds the first one's trial, since it waits for its lock and looks again.
      const { rows } = await sql<{ open_until: Date | null; admitted: boolean }>`
        with trial as (
          update breakers set trial_until = ${later(at, TRIAL_MS_MAX)}
          where tier = ${tier} and name = ${name} and open_until <= ${at}
            and (trial_until is null or trial_until <= ${at})
          returning tier
        )
        select open_until, exists (select from trial) as admitted
        from breakers where tier = ${tier} and name = ${name}`.execute(db);
      const [row] = rows;
      if (row === undefined || row.open_until === null || row.admitted) return { status: "admitted" };
      const until = row.open_until > at ? row.open_until : later(at, ASK_AGAIN_MS);
      return { status: "open", until };
    },
    async succeeded({ tier, name }) {
      await db.deleteFrom("breakers").where("tier", "=", tier).where("name", "=", name).execute();
    },
    async failed({ tier, name }, at) {
      // Those that were asked before it opened say nothing new. Whoever fails during the trial may be one
      // of them: it then opens for longer than it had to, and the trial may still close it.
      const opens = sql`(
        (b.open_until is null and b.failures + 1 >= ${FAILURES_MAX}) or b.trial_until is not null
      )`;
      const openMs = sql`least(coalesce(b.open_ms * 2, ${OPEN_MS_MIN}), ${OPEN_MS_MAX})`;
      const { rows } = await sql<{ opened: boolean }>`
        insert into breakers as b (tier, name, failures) values (${tier}, ${name}, 1)
        on conflict (tier, name) do update set
          failures = b.failures + 1,
          opened_at = case when ${opens} then b.failures + 1 else b.opened_at end,
          open_ms = case when ${opens} then ${openMs} else b.open_ms end,
          open_until = case when ${opens} then ${at}::timestamptz + ${openMs} * interval '1 millisecond' else b.open_until end,
          trial_until = case when ${opens} then null else b.trial_until end
        returning opened_at is not distinct from failures as opened`.execute(db);
      return rows[0]?.opened ? "opened" : "counted";
    },
    async list() {
      const rows = await db
        .selectFrom("breakers")
        .select(["tier", "name", "failures", "open_until"])
        .orderBy("tier")
        .orderBy("name")
        .execute();
      return rows.map(({ tier, name, failures, open_until }) => ({
        tier,
        name,
        failures,
        openUntil: open_until ?? undefined,
      }));
    },
  };
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
