import { type Kysely, sql } from "kysely";
import { batched } from "./batched.ts";
import type { EventTables } from "./event-tables.ts";

/**
 * What Slack has delivered and been told "ok" for, until it is handled. It makes the "ok" true whatever
 * happens next: what a process that dies leaves behind, another takes over.
 */
export interface EventLog {
  /**
   * Keeps a delivery, as this process's to handle until `until`. Resolves when it is durable; false when
   * the same was kept before.
   */
  keep(event: KeptEvent, until: Date): Promise<boolean>;
  /** It is handled. Only its id stays for a while, so that a late repeat is known. */
  done(id: string): Promise<void>;
  /** It is not handled, and is nobody's from then on. */
  giveBack(id: string, from: Date): Promise<void>;
  /** Takes over what was nobody's at `at`, until `until`. Oldest first. */
  takeOver(at: Date, until: Date, limit: number): Promise<readonly LeftEvent[]>;
  /** Forgets what was delivered and handled before. */
  forget(before: Date): Promise<void>;
}

export interface KeptEvent {
  readonly id: string;
  /** JSON of what was delivered. */
  readonly body: string;
  readonly at: Date;
}

export interface LeftEvent extends KeptEvent {
  /** How often it was taken over, this time too. */
  readonly tries: number;
}

/** More than one process ever has waiting; a statement's size has no other bound. */
const BATCH_MAX = 500;

export function createEventLog(db: Kysely<EventTables>): EventLog {
  const keep = batched(async (events: readonly { event: KeptEvent; until: Date }[]) => {
    const { rows } = await sql<{ id: string }>`
      insert into slack_events (id, body, at, claimed_until)
      select * from unnest(
        ${events.map(({ event }) => event.id)}::text[], ${events.map(({ event }) => event.body)}::text[],
        ${events.map(({ event }) => event.at)}::timestamptz[], ${events.map(({ until }) => until)}::timestamptz[])
      on conflict (id) do nothing returning id`.execute(db);
    const fresh = new Set(rows.map(({ id }) => id));
    // Of two of a kind in one batch, the first is the new one.
    return events.map(({ event }) => fresh.delete(event.id));
  }, BATCH_MAX);

  const done = batched(async (ids: readonly string[]) => {
    await sql`update slack_events set body = '', claimed_until = null where id = any(${ids}::text[])`.execute(
      db,
    );
    return ids.map(() => undefined);
  }, BATCH_MAX);

  return {
    keep: (event, until) => keep({ event, until }),
    async done(id) {
      await done(id);
    },
    async giveBack(id, from) {
      await db
        .updateTable("slack_events")
        .set({ claimed_until: from })
        .where("id", "=", id)
        .where("claimed_until", "is not", null)
        .execute();
    },
    async takeOver(at, until, limit) {
      const { rows } = await sql<LeftEvent>`
        update slack_events set claimed_until = ${until}, tries = tries + 1
        where id in (
          select id from slack_events where claimed_until <= ${at} order by at limit ${limit} for update skip locked)
        returning id, body, at, tries`.execute(db);
      return rows.toSorted((a, b) => a.at.getTime() - b.at.getTime());
    },
    async forget(before) {
      await db
        .deleteFrom("slack_events")
        .where("at", "<", before)
        .where("claimed_until", "is", null)
        .execute();
    },
  };
}
