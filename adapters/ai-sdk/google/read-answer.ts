import { ModelError, type ModelFailureKind, type ModelImage } from "../../../src/ports/image-model.ts";
import type { HostedModel, TokenPrices } from "../vendor.ts";
import type { Exchange, Wire } from "../wire.ts";
import { ANSWER, type Answer } from "./answer.ts";
import { billedFor, costOf } from "./cost.ts";

/**
 * The answer as it came over the wire: the package keeps neither the version nor the id, and drops an image
 * that stands among the thoughts.
 *
 * @throws ModelError when there is no image.
 */
export function readAnswer({ tokenPrices }: HostedModel, wire: Wire): ModelImage {
  const answer = parseAnswer(wire.exchanges.at(-1));
  const image = imageOf(answer);
  if (image === undefined) throw failureOf(answer, tokenPrices);
  return {
    bytes: Buffer.from(image, "base64"),
    modelVersion: answer.modelVersion,
    seed: undefined,
    requestId: answer.responseId,
    cost: costOf(answer.usageMetadata, tokenPrices),
  };
}

/**
 * The package asks again, and pays again, for what comes in parts.
 *
 * @throws ModelError
 */
export function refuseParts(exchange: Exchange): void {
  const [first] = parseAnswer(exchange).candidates;
  if (first?.finishReason !== "CONTINUATION" || first.continuationToken === undefined) return;
  throw new ModelError("no_image", "google answered with a part: CONTINUATION", {
    retryable: true,
    billed: "yes",
  });
}

export function parseAnswer(exchange: Exchange | undefined): Answer {
  return ANSWER.safeParse(exchange?.json).data ?? ANSWER.parse({});
}

/** The last image. Those among the thoughts are on the way to it, but the last of them is the result where no other follows. */
function imageOf({ candidates }: Answer): string | undefined {
  const parts = candidates[0]?.content?.parts.filter((each) => each !== undefined) ?? [];
  const image = parts.findLast((each) => each.thought !== true) ?? parts.at(-1);
  return image?.inlineData.data;
}

/** The filter stopped the image: https://ai.google.dev/api/generate-content#FinishReason. */
const WITHHELD: ReadonlySet<string | undefined> = new Set([
  "SAFETY",
  "RECITATION",
  "BLOCKLIST",
  "PROHIBITED_CONTENT",
  "SPII",
  "IMAGE_SAFETY",
  "IMAGE_PROHIBITED_CONTENT",
  "IMAGE_RECITATION",
]);

/** What an answer without an image means. */
export function failureOf(answer: Answer, prices: TokenPrices | undefined): ModelError {
  const { usageMetadata: usage, responseId: requestId } = answer;
  const [kind, code] = meaningOf(answer);
  return new ModelError(kind, `google sent no image: ${code}`, {
    retryable: kind === "no_image",
    billed: billedFor(usage),
    cost: costOf(usage, prices),
    requestId,
  });
}

function meaningOf({ candidates, promptFeedback }: Answer): [kind: ModelFailureKind, code: string] {
  const finished = candidates[0]?.finishReason;
  const blocked = promptFeedback?.blockReason;
  if (finished === undefined && blocked !== undefined && blocked !== "BLOCK_REASON_UNSPECIFIED") {
    return ["blocked", blocked];
  }
  return [WITHHELD.has(finished) ? "withheld" : "no_image", finished ?? "no reason given"];
}
