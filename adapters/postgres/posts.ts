import { type Selectable, sql } from "kysely";
import type { ChannelRef, FinalId, MessageRef, PostId, RoundId, ThreadRef } from "../../src/core/ids.ts";
import type { Post, PostStore } from "../../src/ports/posts.ts";
import type { Db, Tables } from "./tables.ts";

export function createPostStore(db: Db): PostStore {
  return {
    async find(id) {
      const row = await db.selectFrom("posts").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toPost(row);
    },
    async findByRef(ref) {
      const row = await db.selectFrom("posts").selectAll().where("ref", "=", ref).executeTakeFirst();
      return row && toPost(row);
    },
    async isSending(channel) {
      const row = await db
        .selectFrom("posts")
        .select("id")
        .where("channel", "=", channel)
        .where("status", "=", "sending")
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async touch(id, at) {
      const { rows } = await sql<{ wanted: number }>`
        update posts set wanted = wanted + 1, changed_at = ${at} where id = ${id} returning wanted`.execute(
        db,
      );
      const [row] = rows;
      if (row === undefined) throw new Error(`no such post: ${id}`);
      return row.wanted;
    },
    async claim(id, at, until) {
      const { numUpdatedRows } = await db
        .updateTable("posts")
        .set({ held_until: until })
        .where("id", "=", id)
        .where((eb) => eb.or([eb("held_until", "is", null), eb("held_until", "<=", at)]))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async sending(id) {
      const { rows } = await sql<{ before: string }>`
        with before as (select id, status from posts where id = ${id} for update)
        update posts set status = case when before.status = 'waiting' then 'sending' else before.status end
        from before where posts.id = before.id returning before.status as before`.execute(db);
      return rows[0]?.before === "waiting" ? "first" : "in_doubt";
    },
    async notSent(id) {
      await db
        .updateTable("posts")
        .set({ status: "waiting" })
        .where("id", "=", id)
        .where("status", "=", "sending")
        .execute();
    },
    async unclaim(id, until) {
      await db
        .updateTable("posts")
        .set({ held_until: null })
        .where("id", "=", id)
        .where("held_until", "=", until)
        .execute();
    },
    async alive(id, at) {
      await db.updateTable("posts").set({ changed_at: at }).where("id", "=", id).execute();
    },
    async answered(id, answerMs, message, at) {
      const shown =
        message === undefined
          ? { status: "waiting" as const }
          : { status: "sent" as const, ref: message, shown: 1 };
      const row = await db
        .updateTable("posts")
        .set({ ...shown, held_until: null, changed_at: at })
        .where("id", "=", id)
        .where("status", "=", "sending")
        .where(sql<boolean>`held_until = created_at + ${answerMs} * interval '1 millisecond'`)
        .returning("channel")
        .executeTakeFirst();
      return row?.channel as ChannelRef | undefined;
    },
    async sent(id, ref, thread, at) {
      await db
        .updateTable("posts")
        .set({ status: "sent", ref, changed_at: at, ...(thread && { thread }) })
        .where("id", "=", id)
        .execute();
    },
    async shown(id, version) {
      await db
        .updateTable("posts")
        .set({ shown: version })
        .where("id", "=", id)
        .where("shown", "<", version)
        .execute();
    },
    async seeded(id) {
      await db.updateTable("posts").set({ seeded: true }).where("id", "=", id).execute();
    },
    async gone(id) {
      await db.updateTable("posts").set({ status: "gone" }).where("id", "=", id).execute();
    },
    async channelGone(channel) {
      await db.updateTable("posts").set({ status: "gone" }).where("channel", "=", channel).execute();
    },
    async behind(before, limit) {
      const rows = await db
        .selectFrom("posts as p")
        .select(["p.id", "p.wanted", "p.channel"])
        .whereRef("p.wanted", ">", "p.shown")
        .where("p.status", "<>", "gone")
        .where("p.changed_at", "<=", before)
        .where(CAN_BE_SEEN)
        .orderBy("p.changed_at")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id as PostId,
        wanted: row.wanted,
        channel: row.channel as ChannelRef,
      }));
    },
    async open(platform, since, limit) {
      const rows = await db
        .selectFrom("posts as p")
        .leftJoin("rounds as r", "r.id", "p.subject")
        .leftJoin("finals as f", "f.id", "p.subject")
        .selectAll("p")
        .where("p.status", "=", "sent")
        .where("p.created_at", ">=", since)
        .where(CAN_BE_SEEN)
        .where(sql<boolean>`starts_with(p.channel, ${`${platform}:`})`)
        .where((eb) =>
          eb.or([eb("r.status", "in", ["choosing", "closed"]), eb("f.status", "=", "delivered")]),
        )
        .orderBy("p.created_at", "desc")
        .limit(limit)
        .execute();
      return rows.map(toPost);
    },
  };
}

/** Of posts `p`: their workspace or channel has not left since. Until it is back, every call for it would be refused. */
const CAN_BE_SEEN = sql<boolean>`not exists (
  select from departures d join channels h on h.ref = p.channel
  where d.departed in (h.workspace, h.ref) and p.created_at <= d.left_at)`;

function toPost(row: Selectable<Tables["posts"]>): Post {
  return {
    id: row.id as PostId,
    place: { channel: row.channel as ChannelRef, thread: (row.thread ?? undefined) as ThreadRef | undefined },
    under: (row.under ?? undefined) as PostId | undefined,
    subject:
      row.kind === "round"
        ? { kind: "round", round: row.subject as RoundId }
        : { kind: "final", final: row.subject as FinalId },
    status: row.status,
    ref: (row.ref ?? undefined) as MessageRef | undefined,
    wanted: row.wanted,
    shown: row.shown,
    seeded: row.seeded,
    heldUntil: row.held_until ?? undefined,
    createdAt: row.created_at,
  };
}
