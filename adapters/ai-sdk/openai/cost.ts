import { z } from "zod";
import type { Cost } from "../../../src/core/cost.ts";
import type { TokenPrices } from "../vendor.ts";

const TOKENS = z.int().nonnegative();
/** Models that tell no details count pictures and words together. */
const DETAILS = z.object({ text_tokens: TOKENS.nullish(), image_tokens: TOKENS.nullish() }).nullish();
const ANSWER = z.object({
  usage: z.object({
    input_tokens: TOKENS,
    output_tokens: TOKENS,
    input_tokens_details: DETAILS,
    output_tokens_details: DETAILS,
  }),
});

/**
 * By the tokens that an answer counts; what it does not tell apart is words on the way in and picture on the
 * way out. Undefined: it counts none, or they have no price.
 */
export function costOf(answer: unknown, prices: TokenPrices | undefined): Cost | undefined {
  const read = ANSWER.safeParse(answer);
  if (!read.success || prices === undefined) return undefined;
  const { usage } = read.data;
  const imageIn = usage.input_tokens_details?.image_tokens ?? 0;
  const textOut = usage.output_tokens_details?.text_tokens ?? 0;
  const usd =
    (usage.input_tokens - imageIn) * prices.textIn +
    imageIn * prices.imageIn +
    textOut * prices.textOut +
    (usage.output_tokens - textOut) * prices.imageOut;
  return { usd: usd / 1_000_000, basis: "tokens" };
}
