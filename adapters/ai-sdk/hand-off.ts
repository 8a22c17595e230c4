import type { Tier } from "../../src/core/recipe.ts";
import type { ImageRequest } from "../../src/ports/image-model.ts";
import type { Family } from "./vendor.ts";

/**
 * The prompt, with what a family of models has to be told to follow the guide and the pictures to go by. The
 * guide is always the first picture. Families whose closeness is a number of its own are told nothing. The
 * person's words stand last, whole and as they are.
 */
export function promptFor(family: Family, request: ImageRequest): string {
  const { prompt, guide, references, tier } = request;
  if (family === "diffusion" || (guide === undefined && references.length === 0)) return prompt;
  const words = WORDS[family];
  const told = [
    guide === undefined ? undefined : words.guide[tier],
    guide === undefined ? undefined : words.keep[closenessOf(guide.strength)],
    references.length === 0 ? undefined : words.references(guide === undefined ? 1 : 2, references.length),
    words.prompt,
  ];
  return `${told.filter((each) => each !== undefined).join(" ")}\n\n${prompt}`;
}

type Closeness = "exact" | "close" | "loose";

function closenessOf(strength: number): Closeness {
  if (strength >= 0.9) return "exact";
  return strength >= 0.75 ? "close" : "loose";
}

interface Words {
  /** What becomes of the first picture. */
  readonly guide: Readonly<Record<Tier, string>>;
  readonly keep: Readonly<Record<Closeness, string>>;
  /** What the other pictures are for, `count` from the number `first`. */
  references(first: number, count: number): string;
  /** Before the person's words. */
  readonly prompt: string;
}

const WORDS: Readonly<Record<Exclude<Family, "diffusion">, Words>> = {
  /** Whole sentences, with all that stays the same: https://ai.google.dev/gemini-api/docs/image-generation. */
  gemini: {
    guide: {
      final: "Using the first image as the approved draft, redraw it in high fidelity.",
      draft: "Using the first image as the starting point, make a new variation of it.",
    },
    keep: {
      exact:
        "Keep everything exactly as it is there: the composition, framing, camera angle, poses, colors and lighting. Only the finish and the finest details may differ.",
      close:
        "Keep its composition, framing and camera angle, and keep every subject in its place. Details, textures and light may follow the description.",
      loose:
        "Keep its overall composition and mood. Everything else may be reinterpreted to follow the description.",
    },
    references: (first) =>
      `${first === 1 ? "The images" : "The other images"} are references only: take their colors, their style and the things in them where the description calls for them, and do not copy any of them as a whole.`,
    prompt: "The description of the image:",
  },
  /** Each image by its number and its role, then what has to stay: https://developers.openai.com/cookbook/examples/multimodal/image-gen-models-prompting-guide. */
  "gpt-image": {
    guide: {
      final: "Image 1 is the approved draft: redraw it as the finished picture, in high fidelity.",
      draft: "Image 1 is a draft: make a variation of it.",
    },
    keep: {
      exact:
        "Do not change its composition, framing, camera angle, poses, colors or lighting, and add or remove nothing: refine only the finish and the finest details.",
      close:
        "Preserve its composition, framing and camera angle and the place of every subject; change only details, textures and light, and only as the description says.",
      loose: "Preserve its overall composition and mood; change anything else to suit the description.",
    },
    references: (first, count) =>
      `${count === 1 ? `Image ${first} is a reference` : `Images ${first} to ${first + count - 1} are references`} for colors, style and things: use them as the description needs, and do not copy a whole image.`,
    prompt: "Description:",
  },
  /** What each numbered image gives, and no negations: https://docs.bfl.ai/guides/usecases_editing_multi_image_compositing. */
  flux: {
    guide: {
      final: "Redraw image 1 in high fidelity,",
      draft: "Create a variation of image 1,",
    },
    keep: {
      exact:
        "keeping the exact same composition, framing, camera angle, poses, colors and lighting, with cleaner and finer details.",
      close:
        "maintaining the same composition, framing and camera angle with every subject in its place, while details, textures and light follow the description.",
      loose: "maintaining its overall composition and mood, while everything else follows the description.",
    },
    references: (first, count) => {
      const named = Array.from({ length: count }, (_, at) => `image ${first + at}`).join(", ");
      return `Take only colors, style and objects from ${named}, arranged anew as the description says.`;
    },
    prompt: "Description:",
  },
};
