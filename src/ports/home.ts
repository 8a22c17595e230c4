import type { ChannelRef, MessageRef, UserRef, WorkspaceRef } from "../core/ids.ts";
import type { Size } from "../core/recipe.ts";

/** What a person's own page tells. */
export interface HomeStore {
  /**
   * The concepts in which a round of that person is not over, the newest first: of each one the final
   * that is being made or waits for a decision, or else the newest round.
   */
  underWay(workspace: WorkspaceRef, person: UserRef, limit: number): Promise<readonly UnderWay[]>;
  /** The finals of a workspace that nobody has decided about, the newest first. */
  undecided(workspace: WorkspaceRef, limit: number): Promise<readonly Undecided[]>;
}

interface Mentioned {
  readonly prompt: string;
  readonly channel: ChannelRef;
  /** Undefined while nothing of it is posted. */
  readonly message: MessageRef | undefined;
  /** When it was asked for. */
  readonly since: Date;
}

export interface UnderWay extends Mentioned {
  readonly work:
    | { readonly kind: "round"; readonly status: "queued" | "rendering" | "choosing"; readonly count: number }
    | {
        readonly kind: "final";
        readonly status: "queued" | "rendering" | "delivered";
        readonly number: number;
        readonly size: Size;
      };
}

export interface Undecided extends Mentioned {
  readonly requester: UserRef;
  /** Of the take. */
  readonly number: number;
}
