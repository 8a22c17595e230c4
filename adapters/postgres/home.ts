import { sql } from "kysely";
import type { ChannelRef, MessageRef, UserRef, WorkspaceRef } from "../../src/core/ids.ts";
import type { Size } from "../../src/core/recipe.ts";
import type { HomeStore, Undecided, UnderWay } from "../../src/ports/home.ts";
import type { Db } from "./tables.ts";

export function createHomeStore(db: Db): HomeStore {
  return {
    underWay: (workspace, person, limit) => underWay(db, workspace, person, limit),
    undecided: (workspace, limit) => undecided(db, workspace, limit),
  };
}

interface MentionedRow {
  readonly prompt: string;
  readonly channel: ChannelRef;
  readonly ref: MessageRef | null;
  readonly since: Date;
}

type UnderWayRow = MentionedRow & { readonly take_count: number } & (
    | { readonly number: null; readonly status: "queued" | "rendering" | "choosing" }
    | { readonly number: number; readonly size: Size; readonly status: "queued" | "rendering" | "delivered" }
  );

async function underWay(
  db: Db,
  workspace: WorkspaceRef,
  person: UserRef,
  limit: number,
): Promise<readonly UnderWay[]> {
  // A round that is closed has the final that was picked last; before that one, others were sent back.
  const { rows } = await sql<UnderWayRow>`
    with work as (
      select r.concept_id, r.prompt, r.take_count, r.status, r.post, r.created_at as since,
             null::int as number, null as size
      from rounds r where r.requester = ${person} and r.status in ('queued', 'rendering', 'choosing')
      union all
      select r.concept_id, r.prompt, r.take_count, f.status, f.post, f.picked_at, t.number, f.size
      from rounds r join finals f on f.id = r.final_id join takes t on t.id = f.take_id
      where r.requester = ${person} and r.status = 'closed' and f.status in ('queued', 'rendering', 'delivered')
    ), furthest as (
      select distinct on (concept_id) * from work
      order by concept_id, number is null, since desc, post desc
    )
    select f.*, c.channel, p.ref
    from furthest f join concepts c on c.id = f.concept_id join channels h on h.ref = c.channel
    left join posts p on p.id = f.post and p.status = 'sent'
    where h.workspace = ${workspace}
    order by f.since desc, f.post desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...toMentioned(row), work: toWork(row) }));
}

function toWork(row: UnderWayRow): UnderWay["work"] {
  return row.number === null
    ? { kind: "round", status: row.status, count: row.take_count }
    : { kind: "final", status: row.status, number: row.number, size: row.size };
}

async function undecided(db: Db, workspace: WorkspaceRef, limit: number): Promise<readonly Undecided[]> {
  const { rows } = await sql<MentionedRow & { requester: UserRef; number: number }>`
    select r.prompt, r.requester, c.channel, p.ref, f.picked_at as since, t.number
    from finals f join takes t on t.id = f.take_id
    join rounds r on r.id = f.round_id join concepts c on c.id = r.concept_id join channels h on h.ref = c.channel
    left join posts p on p.id = f.post and p.status = 'sent'
    where f.status = 'delivered' and h.workspace = ${workspace}
    order by f.picked_at desc, f.id desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...toMentioned(row), requester: row.requester, number: row.number }));
}

function toMentioned({ prompt, channel, ref, since }: MentionedRow) {
  return { prompt, channel, message: ref ?? undefined, since };
}
