import type { Cost } from "../core/cost.ts";
import type { FailureKind } from "../core/failure.ts";
import type { AssetId } from "../core/ids.ts";
import type { ModelName, ModelSpec } from "../core/model.ts";
import type { Tier } from "../core/recipe.ts";
import type { Billed } from "./image-model.ts";

/** One call of a model, as it ended. */
export interface CallRecord {
  readonly tier: Tier;
  readonly name: ModelName;
  /** `{provider}/{model}`. */
  readonly model: string;
  /** What it was to make. */
  readonly asset: AssetId;
  readonly outcome: "made" | FailureKind;
  readonly billed: Billed;
  /** By the price list, in US dollars; undefined when it has no price. */
  readonly listUsd: number | undefined;
  /** What the provider said; undefined when it said nothing. */
  readonly cost: Cost | undefined;
  readonly requestId: string | undefined;
  /** From asking to the end, in milliseconds. */
  readonly tookMs: number;
  readonly at: Date;
}

export interface CallStore {
  add(call: CallRecord): Promise<void>;
  /** Of every model that was asked since then. */
  counts(since: Date): Promise<readonly CallCount[]>;
  /** What images cost whose price and whose cost are both known, by model. */
  costs(since: Date): Promise<readonly CallCosts[]>;
}

export interface CallCount {
  readonly tier: Tier;
  readonly name: ModelName;
  readonly calls: number;
  readonly failures: number;
}

/** US dollars. */
export interface CallCosts {
  readonly tier: Tier;
  readonly name: ModelName;
  readonly calls: number;
  readonly listUsd: number;
  readonly actualUsd: number;
}

type Named = Pick<ModelSpec, "tier" | "name">;

/**
 * A circuit breaker for each model, the same for all processes. Closed, everybody may ask. After so many
 * failures in a row it opens: nobody asks until its time has come. Then it is half open: one call goes
 * through, and closes it or opens it for longer.
 */
export interface BreakerStore {
  /** Whether a model may be asked now. `open`: not before `until`. */
  admit(
    model: Named,
    at: Date,
  ): Promise<{ readonly status: "admitted" } | { readonly status: "open"; readonly until: Date }>;
  succeeded(model: Named): Promise<void>;
  /** `opened`: with this failure, for the first time or for longer. */
  failed(model: Named, at: Date): Promise<"counted" | "opened">;
  list(): Promise<readonly (Named & { readonly failures: number; readonly openUntil: Date | undefined })[]>;
}
