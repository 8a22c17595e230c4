import type { Cost } from "../../../src/core/cost.ts";
import type { Billed } from "../../../src/ports/image-model.ts";
import type { TokenPrices } from "../vendor.ts";
import type { Usage } from "./answer.ts";

/**
 * By the tokens that Google counted: https://ai.google.dev/gemini-api/docs/pricing. What is not said to be text
 * of what came out is taken for the image, which is dearer; thoughts are counted apart, and priced as text.
 */
export function costOf(usage: Usage | undefined, prices: TokenPrices | undefined): Cost | undefined {
  if (usage === undefined || prices === undefined) return undefined;
  const imageIn = among(usage.promptTokensDetails, "IMAGE");
  const textOut = among(usage.candidatesTokensDetails, "TEXT");
  const millionths =
    prices.textIn * (rest(usage.promptTokenCount, imageIn) + usage.toolUsePromptTokenCount) +
    prices.imageIn * imageIn +
    prices.textOut * (textOut + usage.thoughtsTokenCount) +
    prices.imageOut * rest(usage.candidatesTokenCount, textOut);
  return { usd: millionths / 1_000_000, basis: "tokens" };
}

/** Of a call without an image. What went in alone is not known to be charged for. */
export function billedFor(usage: Usage | undefined): Billed {
  const out = (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0);
  return out > 0 ? "yes" : "unknown";
}

function among(details: Usage["promptTokensDetails"], modality: string): number {
  return details.reduce((sum, each) => sum + (each.modality === modality ? each.tokenCount : 0), 0);
}

function rest(all: number, known: number): number {
  return Math.max(0, all - known);
}
