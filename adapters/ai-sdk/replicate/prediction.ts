import { z } from "zod";
import type { Wire } from "../wire.ts";

/**
 * As far as it matters to us: https://replicate.com/docs/reference/http#predictions.get. That there is `aborted`
 * says https://replicate.com/docs/topics/predictions/lifecycle alone.
 */
const PREDICTION = z.object({
  id: z.string().min(1),
  status: z.enum(["starting", "processing", "succeeded", "failed", "canceled", "aborted"]),
  version: z.string().nullish().catch(undefined),
  error: z.string().nullish().catch(undefined),
  logs: z.string().nullish().catch(undefined),
  /** One address or several. */
  output: z.unknown().optional(),
});

export type Prediction = z.output<typeof PREDICTION>;

/** Undefined: the answer is none. */
export function toPrediction(json: unknown): Prediction | undefined {
  return PREDICTION.safeParse(json).data;
}

/** As it was seen last. */
export function lastPrediction({ exchanges }: Wire): Prediction | undefined {
  return exchanges.map((each) => toPrediction(each.json)).findLast((each) => each !== undefined);
}

/** The exact version. Official models answer `hidden`: their versions are nobody's business. */
export function versionOf({ version }: Prediction): string | undefined {
  return version === null || version === "hidden" ? undefined : version;
}

/** As models print it that were made after Replicate's own examples: https://github.com/replicate/cog-flux. */
export function seedOf({ logs }: Prediction): number | undefined {
  const seed = /^Using seed: (\d{1,15})\s*$/m.exec(logs ?? "")?.[1];
  return seed === undefined ? undefined : Number(seed);
}
