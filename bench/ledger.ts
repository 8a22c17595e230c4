import type pg from "pg";
import { createDatabase } from "../adapters/postgres/database.ts";
import { credits } from "../src/core/credits.ts";
import type { AccountId, ChannelRef, ReservationId, UserRef } from "../src/core/ids.ts";
import type { Ledger } from "../src/ports/ledger.ts";
import type { ChannelRecord } from "../src/ports/records.ts";
import { GROUNDS } from "./ground.ts";
import { atLeast, type Bench, type Line } from "./line.ts";
import { timePairs } from "./measure.ts";

const PAIRS = 25;
/** Of a timed batch: each reserves and spends once. */
const MOVEMENTS = 48;
const CLIENTS = [1, 8] as const;
const BOUND = atLeast(0.7);
const PERSON = "bench:w:ana" as UserRef;
const HOUR_MS = 3_600_000;

/** Reserve and spend once. Ids come from outside and are never used twice. */
type Move = (channel: ChannelRecord, id: string) => Promise<void>;

/**
 * Reserving and spending, against two hand-written transactions that touch the same rows of the same
 * tables through the same pool. Each client has an account of its own, so that neither side waits for
 * the other's locks.
 */
export const ledgerBench: Bench = {
  name: "ledger",
  async *run() {
    for (const { name, open } of GROUNDS) {
      const ground = await open();
      if (ground === undefined) {
        yield { name: `ledger on ${name}`, missing: `${name} is not installed` };
        continue;
      }
      try {
        for (const clients of CLIENTS) yield await measure(name, ground.pool, clients);
      } finally {
        await ground.close();
      }
    }
  },
};

async function measure(ground: string, pool: pg.Pool, clients: number): Promise<Line> {
  const { records } = createDatabase(pool);
  const channels = await Promise.all(
    Array.from({ length: clients }, (_, index) =>
      records.channels.open(`bench:w:${clients}-${index}` as ChannelRef, credits(1_000_000), new Date()),
    ),
  );
  let batches = 0;
  const batchOf = (move: Move) => async () => {
    const batch = `${clients}.${batches++}`;
    await Promise.all(
      channels.map(async (channel, client) => {
        for (let at = client; at < MOVEMENTS; at += clients) await move(channel, `${batch}.${at}`);
      }),
    );
  };
  const { ratio, oursMs, floorMs } = await timePairs(
    PAIRS,
    batchOf((channel, id) => moveByLedger(records.ledger, channel, id)),
    batchOf((channel, id) => moveByHand(pool, channel.account, id)),
  );
  const rate = (ms: number) => `${Math.round((MOVEMENTS / ms) * 1000)}/s`;
  return {
    name: `ledger on ${ground}, ${clients} client${clients === 1 ? "" : "s"}`,
    ratio: 1 / ratio,
    bound: BOUND,
    detail: `${rate(oursMs)} against ${rate(floorMs)}`,
  };
}

async function moveByLedger(ledger: Ledger, channel: ChannelRecord, id: string): Promise<void> {
  const at = new Date();
  const reservation = `take.${id}` as ReservationId;
  const reserved = await ledger.reserve({
    account: channel.account,
    holds: [{ id: reservation, amount: credits(1) }],
    tier: "draft",
    subject: id,
    channel: channel.ref,
    person: PERSON,
    memo: "1 take",
    at,
    expiresAt: new Date(at.getTime() + HOUR_MS),
  });
  const spent = await ledger.spend(reservation, undefined, at);
  if (reserved.status !== "reserved" || spent.status !== "spent") throw new Error("the ledger refused");
}

async function moveByHand(pool: pg.Pool, account: AccountId, id: string): Promise<void> {
  const at = new Date();
  const reservation = `take.${id}`;
  await transact(pool, [
    [
      "update periods set available = available - $2, reserved = reserved + $2 where account_id = $1 and number = 1 and available >= $2",
      [account, 1],
    ],
    [
      "insert into reservations (id, account_id, period, amount, tier, subject, channel, person, made_at, expires_at) values ($1, $2, 1, 1, 'draft', $3, $2, $4, $5, $6)",
      [reservation, account, id, PERSON, at, new Date(at.getTime() + HOUR_MS)],
    ],
    [
      "insert into entries (account_id, period, kind, id, amount, person, tier, memo, at) values ($2, 1, 'reserve', $1, 1, $3, 'draft', '1 take', $4)",
      [reservation, account, PERSON, at],
    ],
  ]);
  await transact(pool, [
    [
      "update periods set reserved = reserved - $2, spent = spent + $2 where account_id = $1 and number = 1",
      [account, 1],
    ],
    ["update reservations set status = 'spent' where id = $1 and status = 'held'", [reservation]],
    [
      "insert into entries (account_id, period, kind, id, amount, person, tier, memo, at) values ($2, 1, 'spend', $1, 1, $3, 'draft', $1, $4)",
      [reservation, account, PERSON, at],
    ],
  ]);
}

type Statement = readonly [sql: string, params: readonly unknown[]];

async function transact(pool: pg.Pool, statements: readonly Statement[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    for (const [sql, params] of statements) {
      const { rowCount } = await client.query(sql, [...params]);
      if (rowCount !== 1) throw new Error(`touched ${rowCount} rows: ${sql}`);
    }
    await client.query("commit");
  } finally {
    client.release();
  }
}
