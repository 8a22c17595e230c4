import { setTimeout as wait } from "node:timers/promises";
import { type ImageModel, type ImageRequest, ModelError } from "../../src/ports/image-model.ts";
import { composeScene } from "./compose-scene.ts";
import { drawComposition } from "./draw-composition.ts";
import { openGuide, paintOver, showsSamePicture } from "./guide.ts";
import { REFUSED_WORDS } from "./lexicon.ts";
import { readPrompt } from "./read-prompt.ts";
import { colorsOfReferences } from "./reference-colors.ts";
import { finish, type Layers, toSvg } from "./render.ts";
import { wordsOf } from "./tokens.ts";

/**
 * The built-in model: blocks in what the prompt asks for, from a modest lexicon, and signs it as a
 * sketch. Needs no key and no network, and makes the same bytes for the same request.
 *
 * - A final whose guide is the take of the same prompt and seed is that scene drawn again, larger and
 *   with more detail. Any other guide is painted over: its composition stays, and `1 − strength` is
 *   how far its colours and light, and of a take its crop, may move by the seed. Strength 0 ignores
 *   the guide.
 * - References lend it their colours, after those that the prompt asks for.
 * - A prompt with one of `REFUSED_WORDS` is refused as `blocked`, like at a hosted model, so that
 *   people can see what a refusal looks like.
 *
 * `delayMs` is waited before the work, in milliseconds: 0 for none.
 */
export function createSketchModel({ delayMs }: { readonly delayMs: number }): ImageModel {
  return {
    async generate(request, { signal }) {
      signal.throwIfAborted();
      refuseIfBlocked(request.prompt);
      await pause(delayMs, signal);
      const layers = await sketch(request, signal);
      signal.throwIfAborted();
      const bytes = await finish(layers, request.dimensions);
      signal.throwIfAborted();
      return {
        bytes,
        modelVersion: MODEL_VERSION,
        seed: request.seed,
        requestId: undefined,
        cost: undefined,
      };
    },
    check: async () => ({ status: "reachable", how: "it is built in" }),
  };
}

/** Goes up when the same request would give another picture. */
const MODEL_VERSION = "2";

async function sketch(request: ImageRequest, signal: AbortSignal): Promise<Layers> {
  const { tier, dimensions, guide } = request;
  const scene = readPrompt(request.prompt);
  const colors = [...scene.colors, ...(await colorsOfReferences(request.references))];
  signal.throwIfAborted();
  const composition = composeScene({ ...scene, colors }, request.seed ?? 0, request.aspect);
  const afresh = () => {
    const elements = drawComposition(composition, tier === "final");
    return { picture: toSvg(elements, composition.frame, dimensions), over: undefined };
  };
  if (guide === undefined || guide.strength === 0) return afresh();
  const opened = await openGuide(guide.bytes);
  signal.throwIfAborted();
  if (tier === "final" && (await showsSamePicture(opened, composition))) return afresh();
  signal.throwIfAborted();
  const light = 1 - guide.strength;
  return await paintOver(opened, composition, dimensions, { light, crop: tier === "final" ? 0 : light });
}

function refuseIfBlocked(prompt: string): void {
  const word = wordsOf(prompt).find((candidate) => REFUSED_WORDS.has(candidate));
  if (word === undefined) return;
  throw new ModelError("blocked", "the sketch refuses this prompt", { retryable: false, billed: "no" });
}

/** Waits, or rejects with the signal's own reason. */
async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  if (delayMs === 0) return;
  await wait(delayMs, undefined, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
}
