import { bold, type Card, type Span, text, user } from "../core/card.ts";
import { inCredits } from "../core/credits.ts";
import type { UserRef } from "../core/ids.ts";
import type { Prices } from "../core/prices.ts";
import { shorten } from "../core/prompt.ts";
import type { Staff } from "../core/roles.ts";
import type { Balance, Entry, EntryKind, Hold, Spender } from "../ports/ledger.ts";
import { formatMoment } from "./moments.ts";

export interface QuotaView {
  readonly balance: Balance;
  /** What is held, with the prompt of the work that holds it. */
  readonly holds: readonly (Hold & { readonly title: string })[];
  readonly spenders: readonly Spender[];
  readonly prices: Prices;
  readonly staff: Staff;
  readonly mayManage: boolean;
}

const HOLDS_SHOWN = 5;

/** Where the credits are, what things cost, and who used them. */
export function quotaCard(view: QuotaView): Card {
  const { balance, prices } = view;
  const { available, granted, reserved, spent } = balance;
  return {
    tone: available === 0 || balance.frozenBy ? "warn" : "info",
    summary: `${available} of ${inCredits(granted)} left, ${reserved} held, ${spent} spent.`,
    body: [
      [bold(`${available} of ${inCredits(granted)} left`), text(`  ${bar(available, reserved, granted)}`)],
      [text(`${spent} spent · ${reserved} held by work under way`)],
      ...frozenLine(balance),
      ...holdLines(view),
      [text(allowanceLine(balance))],
      [text(`A take costs ${prices.take}. A final costs ${finalPrices(prices)}.`)],
      ...spenderLine(view.spenders),
    ],
    picture: undefined,
    actions: [],
    reactions: [],
    note: view.mayManage
      ? "For managers: /quota grant 100 why · /quota set 500 per month · history · freeze · unfreeze · roles"
      : undefined,
  };
}

/** Ten dots: free, held, used. Read by eyes only; the numbers stand beside it. */
function bar(available: number, reserved: number, granted: number): string {
  if (granted === 0) return "";
  const free = Math.floor((available / granted) * 10);
  const held = Math.min(10 - free, reserved > 0 ? Math.max(1, Math.round((reserved / granted) * 10)) : 0);
  return `${"●".repeat(free)}${"◐".repeat(held)}${"○".repeat(10 - free - held)}`;
}

function finalPrices(prices: Prices): string {
  const { "1K": small, "2K": medium, "4K": large } = prices.final;
  return small === medium
    ? `${medium} (1K, 2K) or ${large} (4K)`
    : `${small} (1K), ${medium} (2K) or ${large} (4K)`;
}

function frozenLine({ frozenBy }: Balance): readonly (readonly Span[])[] {
  return frozenBy === undefined
    ? []
    : [[bold("Frozen"), text(" by "), user(frozenBy), text(": nothing new can start.")]];
}

function holdLines({ holds }: QuotaView): readonly (readonly Span[])[] {
  const lines = holds
    .slice(0, HOLDS_SHOWN)
    .map((hold): readonly Span[] => [
      text(
        `• ${hold.amount} for ${hold.tier === "draft" ? "takes" : "a final"} of “${shorten(hold.title, 40)}”, `,
      ),
      user(hold.person),
    ]);
  const more = holds.length - HOLDS_SHOWN;
  return more > 0 ? [...lines, [text(`• and ${more} more`)]] : lines;
}

function allowanceLine({ recurs, allowance, resetsAt }: Balance): string {
  if (recurs === undefined || resetsAt === undefined)
    return "No allowance that renews: a manager can /quota set one.";
  return `Allowance: ${allowance} per ${recurs.every}. Renews ${formatMoment(resetsAt, recurs.timeZone)}.`;
}

function spenderLine(spenders: readonly Spender[]): readonly (readonly Span[])[] {
  if (spenders.length === 0) return [];
  const spans = spenders.flatMap(({ person, spent }, index): Span[] => [
    text(index === 0 ? "Most spent: " : ", "),
    user(person),
    text(` ${spent}`),
  ]);
  return [spans];
}

const ENTRY_WORDS: Readonly<Record<EntryKind, string>> = {
  grant: "granted",
  allowance: "allowance",
  cut: "allowance lowered by",
  carry_in: "carried over from the last period",
  carry_out: "carried over to the next period",
  reserve: "held",
  spend: "spent",
  release: "given back",
};

export function historyCard(entries: readonly Entry[], timeZone: string): Card {
  const lines = entries.map((entry): readonly Span[] => [
    text(`${formatMoment(entry.at, timeZone).replace(/ \(.*\)$/, "")} · `),
    bold(`${ENTRY_WORDS[entry.kind]} ${entry.amount}`),
    ...by(entry.person),
    text(isCommon(entry.kind) ? "" : ` · ${entry.memo}`),
  ]);
  return {
    tone: "info",
    summary: `The last ${entries.length} movements of this channel's budget.`,
    body: lines.length > 0 ? lines : [[text("Nothing has moved yet.")]],
    picture: undefined,
    actions: [],
    reactions: [],
    note: `Newest first · times in ${timeZone}`,
  };
}

function by(person: UserRef | undefined): readonly Span[] {
  return person === undefined ? [] : [text(" · "), user(person)];
}

function isCommon(kind: EntryKind): boolean {
  return kind === "reserve" || kind === "spend";
}
