import type { FinalId, IdSource, PostId } from "../core/ids.ts";
import { priceOf } from "../core/model.ts";
import type { Round, Take } from "../core/round.ts";
import type { Denial, Gate, Permit } from "../gate/gate.ts";
import { type Models, modelOf } from "../models/models.ts";
import { deliverJob, finalJob } from "../outbox/jobs.ts";
import type { Clock } from "../ports/log.ts";
import type { Database, Records } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { finalReservation } from "./final-reservation.ts";
import { refreshSentBack } from "./refresh-sent-back.ts";
import { seedOfFinal } from "./seed-of-final.ts";

export interface StartFinalParts {
  readonly gate: Gate;
  readonly database: Database;
  readonly models: Models;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** Who wants which take finished. */
export interface FinalWish {
  readonly round: Round;
  readonly take: Take;
  readonly permit: Permit;
}

/**
 * Closes the round for a final of one take: its record, its held credits and its jobs, within the
 * caller's transaction. Whatever does not end with `picked` is to be undone. `not_open`: somebody else
 * was first, or there is no grid yet.
 */
export async function startFinal(
  parts: StartFinalParts,
  records: Records,
  { round, take, permit }: FinalWish,
): Promise<
  { readonly status: "picked"; readonly final: FinalId } | { readonly status: "not_open" } | Denial
> {
  const at = parts.clock();
  const final = parts.ids() as FinalId;
  // Compare-and-set before anything else: of two hundred clicks, one goes on.
  if (!(await records.rounds.close(round.id, final, at))) return { status: "not_open" };
  const { channel } = round.concept;
  const { finalSize } = round.order;
  const [turn = 0] = await records.turns.take("finals", channel, permit.person, 1);
  const post = parts.ids() as PostId;
  const { spec } = modelOf(parts.models, "final", permit.channel);
  const price = priceOf(spec, finalSize);
  const charged = await parts.gate.charge(records, permit, {
    holds: [{ id: finalReservation(final), amount: price }],
    tier: "final",
    subject: final,
    memo: `final of take ${take.number}, ${finalSize}, ${spec.name}`,
  });
  if (charged.status === "denied") return charged;
  await records.finals.start({
    id: final,
    round: round.id,
    take: take.id,
    seed: seedOfFinal(take.seed, await records.finals.madeOf(take.id)),
    size: finalSize,
    model: spec.name,
    price,
    pickedBy: permit.person,
    post,
    turn,
    at,
  });
  await records.outbox.add([deliverJob(post, 1, channel), finalJob({ id: final, model: spec.name }, turn)]);
  await refreshPost(records, round.post, channel, at);
  await refreshSentBack(records, round, at);
  return { status: "picked", final };
}
