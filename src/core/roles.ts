import type { UserRef } from "./ids.ts";

export type Role = "director" | "manager";

/** Who directs and who manages in a channel. Everybody else is a member. */
export interface Staff {
  readonly directors: readonly UserRef[];
  readonly managers: readonly UserRef[];
}

/** Who picks: `director`, only art directors; `open`, whoever asked for the round. */
export type Approval = "director" | "open";

/** The default rule: directors decide once a channel has any. */
export function approvalOf(staff: Staff): Approval {
  return staff.directors.length > 0 ? "director" : "open";
}
