import { bold, type Card, type Span, text, user } from "../core/card.ts";
import type { ChannelRef, UserRef } from "../core/ids.ts";
import { type ModelSpec, priceOf } from "../core/model.ts";
import { shorten } from "../core/prompt.ts";
import { TAKE_SIZE, type Tier } from "../core/recipe.ts";
import type { Staff } from "../core/roles.ts";
import type { Drift } from "../models/drift.ts";
import type { Balance, Entry, EntryKind, Hold, Spender } from "../ports/ledger.ts";
import { budgetActions, budgetLines, budgetSummary, budgetTone } from "./budget-lines.ts";
import { formatMoment } from "./moments.ts";
import { priceWords } from "./price-words.ts";

export interface QuotaView {
  readonly channel: ChannelRef;
  readonly balance: Balance;
  /** What is held, with the prompt of the work that holds it. */
  readonly holds: readonly (Hold & { readonly title: string })[];
  readonly spenders: readonly Spender[];
  /** Those that the channel's next work is for. */
  readonly models: Readonly<Record<Tier, ModelSpec>>;
  /** For whoever may manage; of no interest to others. */
  readonly drifts: readonly Drift[];
  readonly staff: Staff;
  readonly mayManage: boolean;
}

const HOLDS_SHOWN = 5;

/** Where the credits are, what things cost, and who used them. */
export function quotaCard(view: QuotaView): Card {
  const { balance } = view;
  return {
    tone: budgetTone(balance),
    summary: budgetSummary(balance),
    body: [
      ...budgetLines(balance, holdLines(view)),
      [text(priceLine(view.models))],
      ...spenderLine(view.spenders),
      ...(view.mayManage ? view.drifts.map(driftLine) : []),
    ],
    picture: undefined,
    actions: view.mayManage ? budgetActions(view.channel) : [],
    reactions: [],
    note: undefined,
  };
}

function priceLine({ draft, final }: QuotaView["models"]): string {
  const take = `A take by ${draft.name} costs ${priceOf(draft, TAKE_SIZE)}`;
  return `${take}, a final by ${final.name} ${priceWords(final)}.`;
}

function driftLine({ name, ratio, calls }: Drift): readonly Span[] {
  const off = `${Math.round(Math.abs(ratio - 1) * 100)} % ${ratio > 1 ? "more" : "less"}`;
  return [
    text("⚠️ "),
    bold(name),
    text(`: the provider charges ${off} than the price list says, over ${calls} images. `),
    text("Check the prices in models.yaml."),
  ];
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

const HISTORY_SHOWN = 15;

/** @param entries the newest first. Those that read the same within a minute, as of the takes of one round, are one line. */
export function historyCard(entries: readonly Entry[], timeZone: string): Card {
  const momentOf = ({ at }: Entry) => formatMoment(at, timeZone).replace(/ \(.*\)$/, "");
  const alike = Map.groupBy(entries, (entry) =>
    [momentOf(entry), entry.kind, entry.person, memoOf(entry)].join("\n"),
  );
  const lines = [...alike.values()].slice(0, HISTORY_SHOWN).flatMap((group): (readonly Span[])[] => {
    const [first] = group;
    if (first === undefined) return [];
    const amount = group.reduce((sum, entry) => sum + entry.amount, 0);
    return [
      [
        text(`${momentOf(first)} · `),
        bold(movementOf(first, amount)),
        ...by(first.person),
        text(memoOf(first)),
      ],
    ];
  });
  return {
    tone: "info",
    summary: "The latest movements of this channel's budget.",
    body: lines.length > 0 ? lines : [[text("Nothing has moved yet.")]],
    picture: undefined,
    actions: [],
    reactions: [],
    note: `Newest first · times in ${timeZone}`,
  };
}

function movementOf(entry: Entry, amount: number): string {
  if (isAllowanceSet(entry) && amount === 0) return "allowance set";
  const isRaised = isAllowanceSet(entry) && entry.kind === "allowance";
  return `${isRaised ? "allowance raised by" : ENTRY_WORDS[entry.kind]} ${amount}`;
}

/** By a person: an allowance that comes with a new budget or period is nobody's doing. */
function isAllowanceSet({ kind, person }: Entry): boolean {
  return kind === "cut" || (kind === "allowance" && person !== undefined);
}

function by(person: UserRef | undefined): readonly Span[] {
  return person === undefined ? [] : [text(" · "), user(person)];
}

/** What is held and spent is known by whom it is for; of an allowance that is set, what it is now. */
function memoOf(entry: Entry): string {
  const { kind, memo } = entry;
  if (kind === "reserve" || kind === "spend") return "";
  return isAllowanceSet(entry) ? ` · now ${memo}` : ` · ${memo}`;
}
