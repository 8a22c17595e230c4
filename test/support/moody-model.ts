import { setTimeout as wait } from "node:timers/promises";
import { type ImageModel, type ImageRequest, ModelError } from "../../src/ports/image-model.ts";

/** What a hosted model does on a bad day, by a word of the prompt. */
export const MOODS = {
  /** Every second take fails. */
  patchy: "patchy",
  /** Its first four takes fail. */
  tired: "tired",
  /** Its first final fails. */
  stubborn: "stubborn",
  /** A take lasts longer than a status can stand for it in a channel. */
  sleepy: "sleepy",
  /** A final lasts as long as people need to look up. */
  unhurried: "unhurried",
} as const;

const SLEEPY_MS = 23_000;
const UNHURRIED_MS = 2_500;

/** A model in the mood that a prompt asks for; otherwise as it is. */
export function createMoodyModel(model: ImageModel): ImageModel {
  const asked = new Map<string, number>();
  return {
    check: (signal) => model.check(signal),
    async generate(request, call) {
      const what = `${request.tier} ${request.prompt}`;
      const before = asked.get(what) ?? 0;
      asked.set(what, before + 1);
      failIfMoody(request, before);
      await wait(delayOf(request), undefined, { signal: call.signal });
      return model.generate(request, call);
    },
  };
}

function failIfMoody({ tier, prompt, seed }: ImageRequest, before: number): void {
  const is = (mood: string) => prompt.includes(mood);
  const fails =
    tier === "draft"
      ? (is(MOODS.patchy) && (seed ?? 0) % 2 === 0) || (is(MOODS.tired) && before < 4)
      : is(MOODS.stubborn) && before < 1;
  const kind = tier === "draft" ? "overloaded" : "timeout";
  if (fails) throw new ModelError(kind, "in a mood", { retryable: false, billed: "no" });
}

function delayOf({ tier, prompt }: ImageRequest): number {
  if (tier === "draft") return prompt.includes(MOODS.sleepy) ? SLEEPY_MS : 0;
  return prompt.includes(MOODS.unhurried) ? UNHURRIED_MS : 0;
}
