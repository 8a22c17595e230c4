import { sql } from "kysely";
import type { AccountId, ChannelRef, MemberRef, WorkspaceRef } from "../../src/core/ids.ts";
import type { Tier } from "../../src/core/recipe.ts";
import type { ChannelRecord, ChannelStore } from "../../src/ports/records.ts";
import type { Db } from "./tables.ts";

export function createChannelStore(db: Db): ChannelStore {
  return {
    find: (channel) => find(db, channel),
    list: (workspace, limit) => list(db, workspace, limit),
    async workspaces(platform) {
      const { rows } = await sql<{ workspace: WorkspaceRef }>`
        select distinct workspace from channels where starts_with(ref, ${`${platform}:`})
        except select departed from departures`.execute(db);
      return rows.map((row) => row.workspace);
    },
    async open(channel, startCredits, at) {
      const known = await find(db, channel);
      if (known) return known;
      // One statement: a channel without its account, or an account without its credits, is never seen.
      await sql`
        with account as (
          insert into accounts (id, allowance) values (${channel}, ${startCredits}) on conflict do nothing returning id
        ), period as (
          insert into periods (account_id, number, starts_at, allowance, granted, available, reserved, spent)
          select id, 1, ${at}::timestamptz, ${startCredits}::int, ${startCredits}::int, ${startCredits}::int, 0, 0 from account
        ), entry as (
          insert into entries (account_id, period, kind, id, amount, memo, at)
          select id, 1, 'allowance', id, ${startCredits}::int, 'starting credits', ${at}::timestamptz from account
        )
        insert into channels (ref, account_id) select id, id from account on conflict do nothing`.execute(db);
      const opened = await find(db, channel);
      if (!opened) throw new Error(`could not open ${channel}`);
      return opened;
    },
    async setRole(channel, role, people, by, at) {
      if (people === undefined) {
        await db
          .deleteFrom("channel_roles")
          .where("channel", "=", channel)
          .where("role", "=", role)
          .execute();
        return;
      }
      const row = { people: [...people], set_by: by, set_at: at };
      await db
        .insertInto("channel_roles")
        .values({ channel, role, ...row })
        .onConflict((conflict) => conflict.columns(["channel", "role"]).doUpdateSet(row))
        .execute();
    },
    async setModel(channel, tier, model, by, at) {
      if (model === undefined) {
        await db
          .deleteFrom("channel_models")
          .where("channel", "=", channel)
          .where("tier", "=", tier)
          .execute();
        return;
      }
      const row = { model, set_by: by, set_at: at };
      await db
        .insertInto("channel_models")
        .values({ channel, tier, ...row })
        .onConflict((conflict) => conflict.columns(["channel", "tier"]).doUpdateSet(row))
        .execute();
    },
    async setAdvice(channel, isOn, by, at) {
      const row = { advice: isOn, set_by: by, set_at: at };
      await db
        .insertInto("channel_policies")
        .values({ channel, ...row })
        .onConflict((conflict) => conflict.column("channel").doUpdateSet(row))
        .execute();
    },
    async dismissAdvice(channel, person, at) {
      await db
        .insertInto("advice_dismissals")
        .values({ channel, person, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async hasDismissedAdvice(channel, person) {
      const row = await db
        .selectFrom("advice_dismissals")
        .select("at")
        .where("channel", "=", channel)
        .where("person", "=", person)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** A channel is used when Draftroom has something to say there. */
async function list(db: Db, workspace: WorkspaceRef, limit: number): Promise<readonly ChannelRef[]> {
  const { rows } = await sql<{ ref: ChannelRef }>`
    select ref from channels where workspace = ${workspace}
    order by (select max(created_at) from posts where channel = channels.ref) desc nulls last, ref
    limit ${limit}`.execute(db);
  return rows.map((row) => row.ref);
}

async function find(db: Db, channel: ChannelRef): Promise<ChannelRecord | undefined> {
  const rows = await db
    .selectFrom("channels as c")
    .leftJoin("channel_roles as r", "r.channel", "c.ref")
    .leftJoin("channel_models as m", "m.channel", "c.ref")
    .leftJoin("channel_policies as p", "p.channel", "c.ref")
    .select(["c.account_id", "r.role", "r.people", "m.tier", "m.model", "p.advice"])
    .where("c.ref", "=", channel)
    .execute();
  const [first] = rows;
  if (first === undefined) return undefined;
  const people = (role: string) =>
    rows.find((row) => row.role === role)?.people as readonly MemberRef[] | null | undefined;
  const model = (tier: Tier) => rows.find((row) => row.tier === tier)?.model ?? undefined;
  return {
    ref: channel,
    account: first.account_id as AccountId,
    directors: people("director") ?? undefined,
    managers: people("manager") ?? undefined,
    models: { draft: model("draft"), final: model("final") },
    isAdviceOn: first.advice ?? true,
  };
}
