import type { Selectable } from "kysely";
import { credits } from "../../src/core/credits.ts";
import type { FailureKind } from "../../src/core/failure.ts";
import type {
  AssetId,
  ChannelRef,
  ConceptId,
  FinalId,
  PostId,
  RoundId,
  TakeId,
  UserRef,
} from "../../src/core/ids.ts";
import type { Aspect, Size } from "../../src/core/recipe.ts";
import type { Round, RoundOrigin, RoundState, Take, TakeState } from "../../src/core/round.ts";
import type { TakeWork } from "../../src/ports/records.ts";
import { toInsteadOf } from "./hand-over.ts";
import type { Db, Tables } from "./tables.ts";

export async function findRound(db: Db, id: RoundId): Promise<Round | undefined> {
  const row = await db
    .selectFrom("rounds as r")
    .innerJoin("concepts as c", "c.id", "r.concept_id")
    .selectAll("r")
    .select(["c.channel", "c.requester as owner", "c.root_post"])
    .where("r.id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const takes = await db
    .selectFrom("takes")
    .selectAll()
    .where("round_id", "=", id)
    .orderBy("number")
    .execute();
  return {
    id,
    concept: {
      id: row.concept_id as ConceptId,
      channel: row.channel as ChannelRef,
      requester: row.owner as UserRef,
      rootPost: row.root_post as PostId,
    },
    number: row.number,
    requester: row.requester as UserRef,
    order: {
      prompt: row.prompt,
      seed: Number(row.seed),
      aspect: row.aspect as Aspect,
      count: row.take_count,
      finalSize: row.final_size as Size,
      keep: row.keep,
      references: row.reference_ids as AssetId[],
    },
    origin: toOrigin(row),
    model: row.model,
    takePrice: credits(row.take_price),
    post: row.post as PostId,
    createdAt: row.created_at,
    takes: takes.map(toTake),
    state: toRoundState(row),
  };
}

export async function findTakeWork(db: Db, id: TakeId): Promise<TakeWork | undefined> {
  const row = await db.selectFrom("takes").selectAll().where("id", "=", id).executeTakeFirst();
  const round = row && (await findRound(db, row.round_id as RoundId));
  if (!round) return undefined;
  const { seed, turn, insteadOf, model } = toTake(row);
  return { id, round, number: row.number, seed, turn, model, insteadOf, status: row.status };
}

function toTake(row: Selectable<Tables["takes"]>): Take {
  return {
    id: row.id as TakeId,
    round: row.round_id as RoundId,
    number: row.number,
    seed: Number(row.seed),
    turn: Number(row.turn),
    model: row.model,
    insteadOf: toInsteadOf(row),
    state: toTakeState(row),
  };
}

// The checks of the tables promise what each state has; a row that breaks them is a bug worth hearing of.
function toTakeState(row: Selectable<Tables["takes"]>): TakeState {
  switch (row.status) {
    case "made":
      return { status: "made", asset: present(row.asset) as AssetId };
    case "failed":
      return { status: "failed", failure: present(row.failure) as FailureKind };
    default:
      return { status: row.status };
  }
}

function toRoundState(row: Selectable<Tables["rounds"]>): RoundState {
  switch (row.status) {
    case "choosing":
      return { status: "choosing", grid: present(row.grid) as AssetId };
    case "closed":
      return {
        status: "closed",
        grid: present(row.grid) as AssetId,
        final: present(row.final_id) as FinalId,
      };
    case "failed":
      return { status: "failed", failure: present(row.failure) as FailureKind };
    case "rendering":
      return { status: "rendering", trouble: (row.trouble ?? undefined) as FailureKind | undefined };
    case "queued":
      return { status: "queued" };
  }
}

function toOrigin(row: Selectable<Tables["rounds"]>): RoundOrigin {
  switch (row.origin) {
    case "reroll":
      return { kind: "reroll", of: present(row.origin_of) as RoundId };
    case "like":
      return { kind: "like", of: present(row.origin_of) as AssetId };
    case "vary":
      return { kind: "vary", of: present(row.origin_of) as TakeId, number: present(row.origin_number) };
    case "draft":
      return { kind: "draft" };
  }
}

export function present<T>(value: T | null): T {
  if (value === null) throw new Error("a column that this state has is empty");
  return value;
}
