import type { ActionsBlock, Button } from "@slack/web-api";
import { z } from "zod";
import type { Action } from "../../../src/core/card.ts";
import { LIMITS } from "./limits.ts";
import { plainText } from "./plain-text.ts";

const ACTION_ID = /^draftroom\.\d+$/;
const NUMBER = /^\d+$/;
/** More of them do not fit beside each other, and Slack would wrap the last few. */
const NUMBERS_A_ROW = 10;

interface Placed {
  readonly action: Action;
  readonly index: number;
}

/**
 * The actions of a card as buttons: the numbers of takes first, what else can be done under them.
 * `from`: how many buttons stand before them on the same page.
 */
export function toButtons(actions: readonly Action[], from = 0): ActionsBlock[] {
  const shown = actions.slice(0, LIMITS.buttons).map((action, index) => ({ action, index: from + index }));
  const numbers = shown.filter(({ action }) => NUMBER.test(action.label));
  const verbs = shown.filter(({ action }) => !NUMBER.test(action.label));
  return [...toEvenRows(numbers), verbs].filter((row) => row.length > 0).map(toRow);
}

function toEvenRows(numbers: readonly Placed[]): (readonly Placed[])[] {
  const rows = Math.ceil(numbers.length / NUMBERS_A_ROW);
  const length = Math.ceil(numbers.length / rows);
  return Array.from({ length: rows }, (_, row) => numbers.slice(row * length, (row + 1) * length));
}

/** "primary should only be used for one button within a set": https://docs.slack.dev/reference/block-kit/block-elements/button-element */
function toRow(row: readonly Placed[]): ActionsBlock {
  const mayShine = row.filter(({ action }) => action.style === "primary").length === 1;
  return {
    type: "actions",
    elements: row.map(({ action, index }) => toButton(action, index, mayShine)),
  };
}

function toButton({ id, label, style }: Action, index: number, mayShine: boolean): Button {
  return {
    type: "button",
    action_id: `draftroom.${index}`,
    value: id,
    text: plainText(label, LIMITS.label),
    ...(NUMBER.test(label) ? { accessibility_label: `Take ${label}` } : {}),
    ...(style === "danger" || (style === "primary" && mayShine) ? { style } : {}),
  };
}

const PRESSED = z.object({
  action_id: z.string().regex(ACTION_ID),
  value: z.string().min(1).max(LIMITS.buttonValue),
});

/** The `Action.id` of what was pressed, out of `actions` of a `block_actions` payload; undefined for what is no button of ours. */
export function readAction(pressed: unknown): string | undefined {
  return PRESSED.safeParse(pressed).data?.value;
}
