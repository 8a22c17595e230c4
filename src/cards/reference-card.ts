import type { KeptReferences, ReferenceFault } from "../assets/keep-references.ts";
import { REFERENCE_BYTES_MAX } from "../assets/keep-references.ts";
import { type Card, plainCard } from "../core/card.ts";
import { checkPrompt, shorten } from "../core/prompt.ts";
import { REFERENCES_MAX } from "../core/round.ts";
import { PIXELS_MAX } from "../images/inspect-image.ts";

const MEGABYTES = REFERENCE_BYTES_MAX / 2 ** 20;
const NAME_LENGTH_MAX = 60;

/** Why a picture cannot be gone by, and what can. Always private. */
export function referenceCard(refused: Exclude<KeptReferences, { readonly status: "kept" }>): Card {
  const rest = "Nothing was started or charged.";
  if (refused.status === "too_many_references") {
    return plainCard(
      "warn",
      `Up to ${REFERENCES_MAX} pictures can come with a draft; these are ${refused.count}. ${rest}`,
    );
  }
  const name = checkPrompt(refused.name);
  const which = name.status === "ok" ? `“${shorten(name.prompt, NAME_LENGTH_MAX)}”` : "That file";
  return plainCard("warn", `${which} ${FAULTS[refused.fault]} ${rest}`);
}

const FAULTS: Readonly<Record<ReferenceFault, string>> = {
  not_an_image: "is no picture that can be gone by. Send a PNG, JPEG or WebP picture.",
  too_many_bytes: `is too large. Send a picture of up to ${MEGABYTES} MB.`,
  too_many_pixels: `has too many pixels. Send a picture of up to ${PIXELS_MAX / 1e6} megapixels.`,
  animated: "moves. Send a still picture.",
  truncated: "is cut short or broken. Send it again.",
  unreadable: `could not be read. Send it again, as a PNG, JPEG or WebP picture of up to ${MEGABYTES} MB.`,
};
