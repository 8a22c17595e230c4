import type { FinalId, RoundId } from "../core/ids.ts";

/** What a button means. Its id on the platform is a word, the subject and perhaps a number: nothing that is worth forging. */
export type Choice =
  | { readonly kind: "number"; readonly round: RoundId; readonly number: number }
  | { readonly kind: "reroll" | "edit" | "vary" | "approve_leader" | "retry_round"; readonly round: RoundId }
  | { readonly kind: "approve" | "send_back" | "redo" | "retry_final"; readonly final: FinalId };

export function toActionId(choice: Choice): string {
  switch (choice.kind) {
    case "number":
      return `number.${choice.round}.${choice.number}`;
    case "reroll":
    case "edit":
    case "vary":
    case "approve_leader":
    case "retry_round":
      return `${choice.kind}.${choice.round}`;
    case "approve":
    case "send_back":
    case "redo":
    case "retry_final":
      return `${choice.kind}.${choice.final}`;
  }
}

/** Undefined for anything that `toActionId` never made. */
export function parseActionId(id: string): Choice | undefined {
  const match = /^([a-z_]+)\.([A-Za-z0-9]{1,40})(?:\.([1-9]\d?))?$/.exec(id);
  if (!match) return undefined;
  const [, kind, subject = "", digits] = match;
  if ((kind === "number") !== (digits !== undefined)) return undefined;
  switch (kind) {
    case "number":
      return { kind, round: subject as RoundId, number: Number(digits) };
    case "reroll":
    case "edit":
    case "vary":
    case "approve_leader":
    case "retry_round":
      return { kind, round: subject as RoundId };
    case "approve":
    case "send_back":
    case "redo":
    case "retry_final":
      return { kind, final: subject as FinalId };
    default:
      return undefined;
  }
}
