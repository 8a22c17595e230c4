import { KEEP_DEFAULT, KEEPS } from "../src/core/keep.ts";
import type { ModelName } from "../src/core/model.ts";
import { nearest } from "../src/core/nearest.ts";
import { checkPrompt, PROMPT_LENGTH_MAX } from "../src/core/prompt.ts";
import { ASPECTS, type Aspect, SEED_MAX, SIZES } from "../src/core/recipe.ts";
import { type RoundOrder, type RoundOrigin, TAKES_DEFAULT, TAKES_MAX } from "../src/core/round.ts";
import type { OptionStyle } from "./option-style.ts";

/** What a round is to make, as far as words say it. */
export type DraftOrder = Omit<RoundOrder, "seed" | "references"> & { readonly seed: number | undefined };

/** What is to be drafted, and how. */
export interface Drafting {
  readonly order: DraftOrder;
  /** Undefined: the channel's. */
  readonly model: ModelName | undefined;
  readonly origin: RoundOrigin;
  /** Besides what comes along. */
  readonly references: RoundOrder["references"];
}

export type DraftOrderCheck =
  | {
      readonly status: "ok";
      readonly order: DraftOrder;
      /** Undefined: none was named. */
      readonly model: ModelName | undefined;
    }
  | Bad;

interface Bad {
  readonly status: "bad";
  readonly sentence: string;
}

/** As a person gave them: anything at all. */
export interface DraftWords {
  readonly prompt?: string | undefined;
  readonly count?: string | undefined;
  readonly aspect?: string | undefined;
  readonly size?: string | undefined;
  readonly seed?: string | undefined;
  readonly keep?: string | undefined;
  readonly model?: string | undefined;
}

/**
 * Reads what a round is to make from words, as typed after `/draft` or into a form. Empty words take the default.
 *
 * @param models the names of the draft tier's models.
 */
export function readDraftOrder(
  words: DraftWords,
  models: readonly ModelName[],
  style: OptionStyle,
): DraftOrderCheck {
  const { called, such, command } = NAMES[style];
  const prompt = checkPrompt(words.prompt ?? "");
  if (prompt.status === "empty") return bad(`Say what to draft, for example: ${command}a red fox in snow`);
  if (prompt.status === "too_long") {
    return bad(
      `That prompt has ${prompt.length} characters; ${PROMPT_LENGTH_MAX} is the most. Shorten it a little.`,
    );
  }
  const count = words.count ? Number(words.count) : TAKES_DEFAULT;
  if (!isDigits(words.count) || count < 1 || count > TAKES_MAX) {
    return bad(
      `${called("count")} is a whole number from 1 to ${TAKES_MAX}, such as ${such("count", 4)}. You gave ${words.count}.`,
    );
  }
  const aspect = words.aspect ? toAspect(words.aspect) : "1:1";
  if (aspect === undefined)
    return bad(`${called("aspect")} is one of ${ASPECTS.join(" ")}. You gave ${words.aspect}.`);
  const finalSize = words.size ? SIZES.find((each) => each === words.size?.toUpperCase()) : "2K";
  if (finalSize === undefined)
    return bad(
      `${called("size")} is one of ${SIZES.join(" ")}: the size of the final. You gave ${words.size}.`,
    );
  const keep = words.keep ? KEEPS.find((each) => each === words.keep?.toLowerCase()) : KEEP_DEFAULT;
  if (keep === undefined)
    return bad(
      `${called("keep")} is one of ${KEEPS.join(" ")}: how closely the final follows its take. You gave ${words.keep}.`,
    );
  const seed = words.seed ? Number(words.seed) : undefined;
  if (!isDigits(words.seed) || (seed ?? 0) > SEED_MAX) {
    return bad(
      `${called("seed")} is a whole number from 0 to ${SEED_MAX}, such as ${such("seed", 7)}. You gave ${words.seed}.`,
    );
  }
  const model = words.model?.toLowerCase() || undefined;
  if (model !== undefined && !models.includes(model)) return bad(unknownModel(model, models));
  return { status: "ok", order: { prompt: prompt.prompt, count, aspect, finalSize, keep, seed }, model };
}

function unknownModel(model: string, models: readonly ModelName[]): string {
  const meant = nearest(model, models);
  return meant
    ? `There is no model ${model}. Did you mean ${meant}?`
    : `There is no model ${model}. Drafts are made by ${models.join(", ")}.`;
}

/** What an option is called where it was given, how an example of it looks there, and what stands before a prompt. */
const NAMES = {
  typed: {
    called: (option: string) => `--${option}`,
    such: (option: string, value: number) => `--${option} ${value}`,
    command: "/draft ",
  },
  asked: {
    called: (option: string) => option.charAt(0).toUpperCase() + option.slice(1),
    such: (_: string, value: number) => `${value}`,
    command: "",
  },
} as const;

function bad(sentence: string): Bad {
  return { status: "bad", sentence };
}

/** Nothing, or digits only: `1.5`, `-1`, `1e3` and `0x10` are numbers to a computer, not to a person. */
function isDigits(value: string | undefined): boolean {
  return value === undefined || value === "" || /^\d{1,10}$/.test(value);
}

/** `16:9`, and the same written 16x9, 16/9 or 16×9. */
function toAspect(value: string): Aspect | undefined {
  const written = value.replace(/[x×/]/iu, ":");
  return ASPECTS.find((aspect) => aspect === written);
}
