import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import type { Action } from "../../../src/core/card.ts";
import { cut } from "./cut.ts";
import { LIMITS } from "./limits.ts";
import { literalLine } from "./literal.ts";

/** A button that leads to an address. */
export interface LinkButton {
  readonly url: URL;
  readonly label: string;
}

type Button = APIButtonComponentWithCustomId | APIButtonComponentWithURL;
type Row = APIActionRowComponent<Button>;

const NUMBER = /^\d+$/;

/** The actions of a card as buttons: the numbers of takes first, what else can be done under them. */
export function toRows(actions: readonly Action[], link: LinkButton | undefined): readonly Row[] {
  const shown = actions.slice(0, LIMITS.buttons);
  const numbers = shown.filter(({ label }) => NUMBER.test(label));
  const verbs = shown.filter(({ label }) => !NUMBER.test(label));
  const mayShine = (of: readonly Action[]) => of.filter(({ style }) => style === "primary").length === 1;
  const links = link === undefined || link.url.href.length > LIMITS.url ? [] : [toLink(link)];
  return [
    ...toEvenRows(numbers.map((action) => toButton(action, mayShine(numbers)))),
    ...toEvenRows([...verbs.map((action) => toButton(action, mayShine(verbs))), ...links]),
  ];
}

/** Rows that are as long as each other, if there are such. */
function toEvenRows(buttons: readonly Button[]): readonly Row[] {
  const length = rowLength(buttons.length);
  return Array.from({ length: Math.ceil(buttons.length / length) }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(row * length, (row + 1) * length),
  }));
}

/** Nine are three rows of three, and sixteen four of four, as they stand on their grid. */
function rowLength(count: number): number {
  if (count <= LIMITS.rowButtons) return Math.max(1, count);
  const even = [5, 4, 3].find((length) => count % length === 0);
  return even ?? Math.ceil(count / Math.ceil(count / LIMITS.rowButtons));
}

/**
 * "Use only one Primary button per group", and the same style for all of equal significance:
 * https://docs.discord.com/developers/components/reference#button-button-design-guidelines
 */
function toButton({ id, label, style }: Action, mayShine: boolean): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: toStyle(style, mayShine),
    custom_id: id,
    label: toLabel(label),
  };
}

function toStyle(style: Action["style"], mayShine: boolean): APIButtonComponentWithCustomId["style"] {
  if (style === "danger") return ButtonStyle.Danger;
  return style === "primary" && mayShine ? ButtonStyle.Primary : ButtonStyle.Secondary;
}

function toLink({ url, label }: LinkButton): APIButtonComponentWithURL {
  return { type: ComponentType.Button, style: ButtonStyle.Link, url: url.href, label: toLabel(label) };
}

/** No markdown is read in it. */
function toLabel(label: string): string {
  return cut(literalLine(label).trim(), LIMITS.label) || "…";
}
