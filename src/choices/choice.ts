import type { FinalId, RoundId } from "../core/ids.ts";

/** What a button means. Its id on the platform is a word, the subject and perhaps a number: nothing that is worth forging. */
export type Choice =
  | { readonly kind: "number"; readonly round: RoundId; readonly number: number }
  | { readonly kind: RoundWord; readonly round: RoundId }
  | { readonly kind: FinalWord; readonly final: FinalId };

const ROUND_WORDS = [
  "reroll",
  "edit",
  "vary",
  "approve_leader",
  "retry_round",
  "cancel_round",
  "recipe_round",
] as const;
type RoundWord = (typeof ROUND_WORDS)[number];

const FINAL_WORDS = ["approve", "send_back", "redo", "retry_final", "cancel_final", "recipe_final"] as const;
type FinalWord = (typeof FINAL_WORDS)[number];

export function toActionId(choice: Choice): string {
  if (choice.kind === "number") return `number.${choice.round}.${choice.number}`;
  return `${choice.kind}.${"round" in choice ? choice.round : choice.final}`;
}

/** Undefined for anything that `toActionId` never made. */
export function parseActionId(id: string): Choice | undefined {
  const match = /^([a-z_]+)\.([A-Za-z0-9]{1,40})(?:\.([1-9]\d?))?$/.exec(id);
  if (!match) return undefined;
  const [, word, subject = "", digits] = match;
  if (word === "number" && digits !== undefined) {
    return { kind: word, round: subject as RoundId, number: Number(digits) };
  }
  if (digits !== undefined) return undefined;
  const onRound = ROUND_WORDS.find((each) => each === word);
  if (onRound) return { kind: onRound, round: subject as RoundId };
  const onFinal = FINAL_WORDS.find((each) => each === word);
  return onFinal && { kind: onFinal, final: subject as FinalId };
}
