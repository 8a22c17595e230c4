import type { MemberRef } from "./ids.ts";

export type Role = "director" | "manager";

/** Who directs and who manages in a channel: people, and groups with everybody in them. Everybody else is a member. */
export interface Staff {
  readonly directors: readonly MemberRef[];
  readonly managers: readonly MemberRef[];
}

/** Who picks: `director`, only art directors; `open`, whoever asked for the round. */
export type Approval = "director" | "open";

/** The default rule: directors decide once a channel has any. A group counts, whoever is in it now. */
export function approvalOf(staff: Staff): Approval {
  return staff.directors.length > 0 ? "director" : "open";
}
