import { toBudgetActionId } from "../budgets/budget-action.ts";
import { type Action, bold, type Card, type Span, text, user } from "../core/card.ts";
import { inCredits } from "../core/credits.ts";
import type { ChannelRef } from "../core/ids.ts";
import type { Balance } from "../ports/ledger.ts";
import { formatMoment } from "./moments.ts";

// A budget in figures, wherever it is shown.

export function budgetTone({ available, frozenBy }: Balance): Card["tone"] {
  return available === 0 || frozenBy ? "warn" : "info";
}

export function budgetSummary({ available, granted, reserved, spent }: Balance): string {
  return `${available} of ${inCredits(granted)} left, ${reserved} held, ${spent} spent.`;
}

/** `holds` says for what, where there is room for it. */
export function budgetLines(balance: Balance, holds: Card["body"]): Card["body"] {
  const { available, granted, reserved, spent } = balance;
  return [
    [bold(`${available} of ${inCredits(granted)} left`), text(`  ${bar(available, reserved, granted)}`)],
    [text(`${spent} spent · ${reserved} held by work under way`)],
    ...frozenLine(balance),
    ...holds,
    [text(allowanceLine(balance))],
  ];
}

/** For those who may: the gate asks again. */
export function budgetActions(channel: ChannelRef): readonly Action[] {
  return [
    { id: toBudgetActionId({ kind: "add", channel }), label: "Add…", style: "plain" },
    { id: toBudgetActionId({ kind: "set", channel }), label: "Set…", style: "plain" },
  ];
}

/** Ten dots: free, held, used. Read by eyes only; the numbers stand beside it. */
function bar(available: number, reserved: number, granted: number): string {
  if (granted === 0) return "";
  const free = Math.floor((available / granted) * 10);
  const held = Math.min(10 - free, reserved > 0 ? Math.max(1, Math.round((reserved / granted) * 10)) : 0);
  return `${"●".repeat(free)}${"◐".repeat(held)}${"○".repeat(10 - free - held)}`;
}

function frozenLine({ frozenBy }: Balance): readonly (readonly Span[])[] {
  return frozenBy === undefined
    ? []
    : [[bold("Frozen"), text(" by "), user(frozenBy), text(": nothing new can start.")]];
}

function allowanceLine({ recurs, allowance, resetsAt }: Balance): string {
  if (recurs === undefined || resetsAt === undefined)
    return "No allowance that renews: a manager can /quota set one.";
  return `Allowance: ${allowance} per ${recurs.every}. Renews ${formatMoment(resetsAt, recurs.timeZone)}.`;
}
