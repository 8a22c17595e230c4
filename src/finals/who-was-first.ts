import type { FinalId, UserRef } from "../core/ids.ts";
import type { Records } from "../ports/records.ts";
import type { FinalWish } from "./start-final.ts";

export type FirstPick =
  | { readonly status: "picked"; readonly final: FinalId }
  | {
      readonly status: "already_picked";
      readonly by: UserRef;
      readonly number: number;
      readonly approved: boolean;
    }
  | { readonly status: "not_ready" };

/** What became of a round that is not open for this pick. */
export async function whoWasFirst(records: Records, { round, take, permit }: FinalWish): Promise<FirstPick> {
  const now = await records.rounds.find(round.id);
  const final = now?.state.status === "closed" ? await records.finals.find(now.state.final) : undefined;
  if (final === undefined) return { status: "not_ready" };
  const { pickedBy, number, state } = final;
  // A repeat of one's own pick is that pick.
  if (pickedBy === permit.person && final.take === take.id) return { status: "picked", final: final.id };
  return { status: "already_picked", by: pickedBy, number, approved: state.status === "approved" };
}
