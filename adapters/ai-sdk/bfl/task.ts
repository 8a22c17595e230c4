import { z } from "zod";
import type { Cost } from "../../../src/core/cost.ts";
import type { Wire } from "../wire.ts";

const CREDITS = z.number().nonnegative().nullish().catch(undefined);

/** https://docs.bfl.ai/api-reference: what each model answers at once. */
const SUBMITTED = z.object({ id: z.string().min(1), polling_url: z.string(), cost: CREDITS });
/** https://docs.bfl.ai/api-reference/utility/get-result */
const RESULT = z.object({
  id: z.string().min(1).optional().catch(undefined),
  status: z.string(),
  cost: CREDITS,
  result: z
    .object({
      sample: z.string().optional().catch(undefined),
      seed: z.int().nonnegative().optional().catch(undefined),
    })
    .nullish()
    .catch(undefined),
});

export type Result = z.output<typeof RESULT>;

/** Undefined: the answer is none. */
export function toResult(json: unknown): Result | undefined {
  return RESULT.safeParse(json).data;
}

export interface Task {
  readonly id: string;
  /** As it was seen last; undefined: never. */
  readonly result: Result | undefined;
  /** Undefined: nothing was said. */
  readonly cost: Cost | undefined;
}

/** What became of a call; undefined: it was not accepted, or nobody heard. */
export function findTask({ exchanges }: Wire): Task | undefined {
  const submitted = exchanges.map((each) => SUBMITTED.safeParse(each.json).data).find((each) => each);
  if (submitted === undefined) return undefined;
  const result = exchanges.map((each) => toResult(each.json)).findLast((each) => each !== undefined);
  return { id: submitted.id, result, cost: toCost(result?.cost ?? submitted.cost) };
}

/** A credit is one cent: https://docs.bfl.ai/quick_start/pricing. */
export function toCost(credits: number | null | undefined): Cost | undefined {
  if (credits === null || credits === undefined) return undefined;
  return { usd: Number((credits / 100).toFixed(6)), basis: "reported" };
}
