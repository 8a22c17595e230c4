import type { Credits } from "./credits.ts";
import type { FailureKind } from "./failure.ts";
import type { AssetId, FinalId, PostId, RoundId, TakeId, UserRef } from "./ids.ts";
import type { ModelName } from "./model.ts";
import type { Size } from "./recipe.ts";
import type { InsteadOf } from "./round.ts";

/** The high-fidelity render of a pick. */
export interface Final {
  readonly id: FinalId;
  readonly round: RoundId;
  readonly take: TakeId;
  /** The number of the take on its grid. */
  readonly number: number;
  /** That of its take; another one, when the take was finished before and sent back. */
  readonly seed: number;
  readonly size: Size;
  /** Which one makes it. */
  readonly model: ModelName;
  readonly insteadOf: InsteadOf | undefined;
  /** What it was held for. */
  readonly price: Credits;
  readonly pickedBy: UserRef;
  readonly pickedAt: Date;
  readonly post: PostId;
  readonly state: FinalState;
}

export type FinalState =
  | { readonly status: "queued" }
  | { readonly status: "rendering" }
  | ({ readonly status: "delivered" } & Delivered)
  | (Decision & { readonly by: UserRef; readonly at: Date } & Delivered)
  | { readonly status: "failed"; readonly failure: FailureKind };
export type FinalStatus = FinalState["status"];

/** What a person says about a final that is there. */
export type Decision =
  | { readonly status: "approved" }
  /** `because`: in their words, at most `BECAUSE_LENGTH_MAX` characters; undefined when they gave none. */
  | { readonly status: "sent_back"; readonly because: string | undefined };

export const BECAUSE_LENGTH_MAX = 300;

interface Delivered {
  readonly asset: AssetId;
  /** The same picture, fitted to what a chat message takes. */
  readonly preview: AssetId;
}
