import { credits } from "../../src/core/credits.ts";
import type {
  AssetId,
  ChannelRef,
  ConceptId,
  EventId,
  FinalId,
  PostId,
  RoundId,
  TakeId,
  ThreadRef,
} from "../../src/core/ids.ts";
import type { Round } from "../../src/core/round.ts";
import type { CallRecord } from "../../src/ports/model-records.ts";
import type { Database, NewFinal, NewRound } from "../../src/ports/records.ts";
import { at, fresh, freshChannel, person } from "./fresh.ts";

export const T0 = at("2026-11-20T10:00:00Z");

/** A round to start, of a new concept unless it says otherwise. */
export function newRound(
  channel: ChannelRef,
  changes: Partial<NewRound> & { count?: number } = {},
): NewRound {
  const { count = 2, ...rest } = changes;
  return {
    id: fresh<RoundId>(),
    event: fresh<EventId>("event:"),
    concept: undefined,
    newConcept: fresh<ConceptId>(),
    requester: person("mia"),
    order: {
      prompt: "a red fox in snow",
      seed: 7,
      aspect: "16:9",
      count,
      finalSize: "2K",
      keep: "close",
      references: [],
    },
    origin: { kind: "draft" },
    model: "sketch",
    takePrice: credits(1),
    place: { channel, thread: undefined },
    post: fresh<PostId>(),
    answerBy: undefined,
    takes: Array.from({ length: count }, (_, index) => ({
      id: fresh<TakeId>(),
      number: index + 1,
      seed: 7 + index,
      turn: index,
    })),
    at: T0,
    ...rest,
  };
}

export function newFinal(round: Round, changes: Partial<NewFinal> = {}): NewFinal {
  const [take] = round.takes;
  if (take === undefined) throw new Error("a round has takes");
  return {
    id: fresh<FinalId>(),
    round: round.id,
    take: take.id,
    seed: take.seed,
    size: "2K",
    model: "sketch",
    price: credits(4),
    pickedBy: person("ada"),
    post: fresh<PostId>(),
    turn: 3,
    at: T0,
    ...changes,
  };
}

/** A channel with its account. */
export async function openChannel(database: Database, start = 100): Promise<ChannelRef> {
  return (await database.records.channels.open(freshChannel(), credits(start), T0)).ref;
}

/** Starts a round and reads it back. */
export async function startedRound(database: Database, round: NewRound): Promise<Round> {
  await database.records.rounds.start(round);
  return findRound(database, round.id);
}

export async function findRound(database: Database, id: RoundId): Promise<Round> {
  const round = await database.records.rounds.find(id);
  if (round === undefined) throw new Error(`no round ${id}`);
  return round;
}

/** A round whose grid stands there. */
export async function offeredRound(database: Database, round: NewRound): Promise<Round> {
  const { rounds } = database.records;
  await rounds.start(round);
  for (const take of round.takes) await rounds.takeMade(take.id, take.id as string as AssetId, T0);
  await rounds.offer(round.id, fresh<AssetId>(), T0);
  return findRound(database, round.id);
}

export const threadOf = (channel: ChannelRef): ThreadRef => fresh<ThreadRef>(`${channel}:`);

/** A call of a model that made what it was to make. */
export function newCall(changes: Partial<CallRecord> = {}): CallRecord {
  return {
    tier: "draft",
    name: "sketch",
    model: "draftroom/sketch",
    asset: fresh<AssetId>(),
    outcome: "made",
    billed: "yes",
    listUsd: 0.039,
    cost: { usd: 0.0387, basis: "tokens" },
    requestId: "req-1",
    tookMs: 4_200,
    at: T0,
    ...changes,
  };
}
