import type { Pool } from "pg";
import { audit } from "../support/audit.ts";

/** What the records say after a journey, as rows of words and figures. */
export interface RecordsAfter {
  readonly rounds: readonly string[];
  readonly takes: readonly string[];
  readonly finals: readonly string[];
  /** `{kind} {status}`, with how many versions behind the chat is. */
  readonly posts: readonly string[];
  /** `granted available reserved spent` of each period. */
  readonly periods: readonly string[];
  /** `{status}, {movements}` of each reservation, such as `spent, reserve spend`. */
  readonly reservations: readonly string[];
  readonly outbox: number;
  /** `{kind}` of each asset. */
  readonly assets: readonly string[];
  /** `channel` or `thread`, for each message of the bot that everybody sees. */
  readonly shown: readonly string[];
  /** What the bot said to single people. */
  readonly whispered: readonly string[];
}

const QUERIES = {
  rounds: "select status as line from rounds",
  takes: "select status as line from takes",
  finals: "select status as line from finals order by picked_at",
  posts: "select kind || ' ' || status || ' ' || (wanted - shown) as line from posts order by kind",
  periods:
    "select concat_ws(' ', granted, available, reserved, spent) as line from periods order by account_id, number",
  reservations: `
    select status || ', ' || (select string_agg(kind, ' ' order by seq) from entries e where e.id = r.id) as line
    from reservations r`,
  assets: "select kind as line from assets order by kind",
  outbox: "select tree::text as line from outbox",
  shown: `
    select case when thread is null then 'channel' else 'thread' end as line
    from studio_messages where author = 'draftroom' and audience is null order by position`,
  whispered: "select content as line from studio_messages where audience is not null",
} as const;

/** @throws Error when the books do not balance. */
export async function readRecords(pool: Pool): Promise<RecordsAfter> {
  await audit(pool);
  const read = async (query: string): Promise<readonly string[]> =>
    (await pool.query<{ line: string }>(query)).rows.map((row) => row.line);
  return {
    rounds: await read(QUERIES.rounds),
    takes: await read(QUERIES.takes),
    finals: await read(QUERIES.finals),
    posts: await read(QUERIES.posts),
    periods: await read(QUERIES.periods),
    reservations: await read(QUERIES.reservations),
    assets: await read(QUERIES.assets),
    outbox: (await read(QUERIES.outbox)).length,
    shown: await read(QUERIES.shown),
    whispered: await read(QUERIES.whispered),
  };
}

const START_CREDITS = 400;

/** What there has to be after one journey by a picture, of which each final but the last was sent back. */
export function recordsOf({
  takes,
  finals,
  spent,
}: {
  readonly takes: number;
  readonly finals: number;
  readonly spent: number;
}): Omit<RecordsAfter, "whispered"> {
  const period = `${START_CREDITS} ${START_CREDITS - spent} 0 ${spent}`;
  const each = <T>(count: number, line: T) => Array<T>(count).fill(line);
  return {
    rounds: ["closed"],
    takes: each(takes, "made"),
    finals: [...each(finals - 1, "sent_back"), "approved"],
    posts: [...each(finals, "final sent 0"), "round sent 0"],
    periods: [period],
    reservations: each(takes + finals, "spent, reserve spend"),
    outbox: 0,
    assets: [
      ...each(finals, "final"),
      "grid",
      ...each(finals, "preview"),
      "reference",
      ...each(takes, "take"),
    ],
    shown: ["channel", ...each(finals, "thread")],
  };
}
