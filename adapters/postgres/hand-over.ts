import { sql } from "kysely";
import type { FailureKind } from "../../src/core/failure.ts";
import type { InsteadOf } from "../../src/core/round.ts";
import type { Pass } from "../../src/ports/records.ts";

export type Fragment = ReturnType<typeof sql>;

/** Of rounds, takes and finals alike. */
export const UNENDED = sql`status in ('queued', 'rendering')`;

/** It waits again, so that whoever wants it no more until the other model begins pays nothing. */
export function handOver({ to, insteadOf }: Pass): Fragment {
  const { model, because } = insteadOf;
  return sql`status = 'queued', model = ${to}, instead_of = ${model}, instead_because = ${because}`;
}

/** The work is not done, and still its first holder's. */
export function isHeld({ from }: Pass): Fragment {
  return sql`${UNENDED} and model = ${from}`;
}

export function toInsteadOf(row: {
  readonly instead_of: string | null;
  readonly instead_because: string | null;
}): InsteadOf | undefined {
  const { instead_of: model, instead_because: because } = row;
  return model === null ? undefined : { model, because: because as FailureKind };
}
