import { sql } from "kysely";
import type { AssetId, ChannelRef, FinalId, RoundId, TakeId } from "../../src/core/ids.ts";
import type {
  Departed,
  DoomedAsset,
  Remains,
  RemainsStore,
  TakenChannel,
} from "../../src/ports/retention.ts";
import type { Db } from "./tables.ts";

export function createRemainsStore(db: Db): RemainsStore {
  return {
    takeChannel: (departed, leftBy) => takeChannel(db, departed, leftBy),
    async unused(sentBefore, limit) {
      const { rows } = await sql<{ id: AssetId }>`
        select id from assets where kind = 'reference' and created_at < ${sentBefore} and not exists (
          select from (select unnest(reference_ids) as id from rounds where reference_ids <> '{}') used
          where used.id = assets.id
        )
        order by created_at limit ${limit}`.execute(db);
      return rows.map((row) => row.id);
    },
    async doom(assets, dueAt) {
      await sql`
        insert into doomed_assets (asset, due_at)
        select asset, due_at
        from unnest(${[...assets]}::text[]) as asset cross join unnest(${[...dueAt]}::timestamptz[]) as due_at
        on conflict do nothing`.execute(db);
    },
    async doomed(by, limit) {
      const rows = await db
        .selectFrom("doomed_assets")
        .selectAll()
        .where("due_at", "<=", by)
        .orderBy("due_at")
        .orderBy("asset")
        .limit(limit)
        .execute();
      return rows.map((row) => ({ asset: row.asset as AssetId, dueAt: row.due_at }));
    },
    deleted: (assets) => deleted(db, assets),
  };
}

/** One statement: an asset that is no longer listed has no row either. A call may have ended after its take was deleted. */
async function deleted(db: Db, assets: readonly DoomedAsset[]): Promise<void> {
  await sql`
    with gone as (
      select * from unnest(${assets.map((each) => each.asset)}::text[], ${assets.map((each) => each.dueAt)}::timestamptz[])
        as gone (asset, due_at)
    ), rows as (
      delete from assets where id in (select asset from gone)
    ), calls as (
      delete from model_calls where asset in (select asset from gone)
    )
    delete from doomed_assets d using gone where d.asset = gone.asset and d.due_at = gone.due_at`.execute(db);
}

async function takeChannel(db: Db, departed: Departed, leftBy: Date): Promise<TakenChannel> {
  // This opens its books, see refuse_change in the migration, and whoever comes back waits for the commit.
  const begun = await db
    .updateTable("departures")
    .set({ purging: true })
    .where("departed", "=", departed)
    .where("left_at", "<=", leftBy)
    .returning("departed")
    .executeTakeFirst();
  if (begun === undefined) return { status: "not_due" };
  const channel = await db
    .selectFrom("channels")
    .select(["ref", "account_id"])
    .where((eb) => eb.or([eb("workspace", "=", departed), eb("ref", "=", departed)]))
    .orderBy("ref")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (channel === undefined) {
    await db.deleteFrom("departures").where("departed", "=", departed).execute();
    return { status: "nothing_left" };
  }
  const remains = await readRemains(db, channel.ref as ChannelRef);
  await deleteWork(db, channel.ref);
  await deleteChannel(db, channel.ref, channel.account_id);
  return { status: "taken", remains };
}

const conceptsOf = (channel: string) => sql`select id from concepts where channel = ${channel}`;
const roundsOf = (channel: string) => sql`select id from rounds where concept_id in (${conceptsOf(channel)})`;

async function readRemains(db: Db, channel: ChannelRef): Promise<Remains> {
  const rounds = await sql<{ id: RoundId; grid: AssetId | null; reference_ids: AssetId[] }>`
    select id, grid, reference_ids from rounds where concept_id in (${conceptsOf(channel)})`.execute(db);
  const takes = await sql<{ id: TakeId; asset: AssetId | null }>`
    select id, asset from takes where round_id in (${roundsOf(channel)})`.execute(db);
  const finals = await sql<{ id: FinalId; asset: AssetId | null; preview: AssetId | null }>`
    select id, asset, preview from finals where round_id in (${roundsOf(channel)})`.execute(db);
  const assets = [
    ...rounds.rows.flatMap((row) => [row.grid, ...row.reference_ids]),
    ...takes.rows.map((row) => row.asset),
    ...finals.rows.flatMap((row) => [row.asset, row.preview]),
  ];
  return {
    rounds: rounds.rows.map((row) => row.id),
    takes: takes.rows.map((row) => row.id),
    finals: finals.rows.map((row) => row.id),
    assets: assets.filter((each) => each !== null),
  };
}

async function deleteWork(db: Db, channel: string): Promise<void> {
  const rounds = roundsOf(channel);
  const posts = sql`select id from posts where channel = ${channel}`;
  for (const statement of [
    sql`
      delete from model_calls where asset in (
        select id from takes where round_id in (${rounds}) union all select id from finals where round_id in (${rounds})
      )`,
    sql`delete from votes where round_id in (${rounds})`,
    sql`delete from finals where round_id in (${rounds})`,
    sql`delete from takes where round_id in (${rounds})`,
    sql`delete from rounds where concept_id in (${conceptsOf(channel)})`,
    sql`delete from concepts where channel = ${channel}`,
    sql`delete from reactions where post in (${posts})`,
    sql`delete from posts where channel = ${channel}`,
    sql`delete from lanes where queue in ('takes', 'finals') and channel = ${channel}`,
    sql`delete from channel_roles where channel = ${channel}`,
    sql`delete from channel_models where channel = ${channel}`,
    sql`delete from channel_policies where channel = ${channel}`,
    sql`delete from advice_dismissals where channel = ${channel}`,
  ]) {
    await statement.execute(db);
  }
}

/** The account goes with the last of its channels. */
async function deleteChannel(db: Db, channel: string, account: string): Promise<void> {
  const others = await db
    .selectFrom("channels")
    .select("ref")
    .where("account_id", "=", account)
    .where("ref", "<>", channel)
    .limit(1)
    .execute();
  if (others.length > 0) {
    await db.deleteFrom("channels").where("ref", "=", channel).execute();
    return;
  }
  for (const statement of [
    sql`delete from reservations where account_id = ${account}`,
    sql`delete from entries where account_id = ${account}`,
    sql`delete from periods where account_id = ${account}`,
    sql`delete from channels where ref = ${channel}`,
    sql`delete from accounts where id = ${account}`,
  ]) {
    await statement.execute(db);
  }
}
