import type { FinalId, IdSource, PostId, UserRef } from "../core/ids.ts";
import { type Prices, priceOfFinal } from "../core/prices.ts";
import type { Round, Take } from "../core/round.ts";
import type { Denial, Gate, Permit } from "../gate/gate.ts";
import { deliverJob, finalJob } from "../outbox/jobs.ts";
import type { Clock } from "../ports/log.ts";
import type { Database, Records } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { finalReservation } from "./final-reservation.ts";

export type PickTake = (round: Round, number: number, permit: Permit) => Promise<PickResult>;

export type PickResult =
  | { readonly status: "picked"; readonly final: FinalId }
  | {
      readonly status: "already_picked";
      readonly by: UserRef;
      readonly number: number;
      readonly approved: boolean;
    }
  | { readonly status: "no_such_take"; readonly count: number }
  | { readonly status: "take_failed" }
  | { readonly status: "not_ready" }
  | Denial;

export interface PickTakeParts {
  readonly gate: Gate;
  readonly database: Database;
  readonly prices: Prices;
  /** The id of the final tier's model. */
  readonly model: string;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** A take is chosen for finishing: the first to get here is the one; everybody after hears who it was. */
export function createPickTake(parts: PickTakeParts): PickTake {
  return async (round, number, permit) => {
    const take = round.takes.find((each) => each.number === number);
    if (take === undefined) return { status: "no_such_take", count: round.order.count };
    if (take.state.status === "failed") return { status: "take_failed" };
    const result = await parts.database.transact<PickResult>((records, undo) =>
      accept(parts, { records, undo, round, take, permit }),
    );
    if (result.status === "picked") parts.poke();
    return result;
  };
}

interface Pick {
  readonly records: Records;
  readonly undo: (value: PickResult) => never;
  readonly round: Round;
  readonly take: Take;
  readonly permit: Permit;
}

async function accept(
  parts: PickTakeParts,
  { records, undo, round, take, permit }: Pick,
): Promise<PickResult> {
  const at = parts.clock();
  const final = parts.ids() as FinalId;
  // Compare-and-set before anything else: of two hundred clicks, one goes on.
  if (!(await records.rounds.close(round.id, final, at))) {
    return undo(await whoWasFirst(records, round, take, permit));
  }
  const { channel } = round.concept;
  const { finalSize } = round.order;
  const [turn = 0] = await records.turns.take("finals", channel, permit.person, 1);
  const post = parts.ids() as PostId;
  const price = priceOfFinal(parts.prices, finalSize);
  const charged = await parts.gate.charge(records, permit, {
    holds: [{ id: finalReservation(final), amount: price }],
    tier: "final",
    subject: final,
    memo: `final of take ${take.number}, ${finalSize}`,
  });
  if (charged.status === "denied") return undo(charged);
  await records.finals.start({
    id: final,
    round: round.id,
    take: take.id,
    size: finalSize,
    model: parts.model,
    price,
    pickedBy: permit.person,
    post,
    turn,
    at,
  });
  await records.outbox.add([deliverJob(post, 1, channel), finalJob(final, turn)]);
  await refreshPost(records, round.post, channel, at);
  return { status: "picked", final };
}

async function whoWasFirst(records: Records, round: Round, take: Take, permit: Permit): Promise<PickResult> {
  const now = await records.rounds.find(round.id);
  const final = now?.state.status === "closed" ? await records.finals.find(now.state.final) : undefined;
  if (final === undefined) return { status: "not_ready" };
  const { pickedBy, number, state } = final;
  // A repeat of one's own pick is that pick.
  if (pickedBy === permit.person && final.take === take.id) return { status: "picked", final: final.id };
  return { status: "already_picked", by: pickedBy, number, approved: state.status === "approved" };
}
