import {
  bold,
  type Card,
  channel as channelSpan,
  code,
  message as messageSpan,
  plainCard,
  type Span,
  text,
  user,
} from "../core/card.ts";
import type { ChannelRef } from "../core/ids.ts";
import { shorten } from "../core/prompt.ts";
import type { HomeView } from "../home/read-home.ts";
import type { Undecided, UnderWay } from "../ports/home.ts";
import type { Balance } from "../ports/ledger.ts";
import { ageOf } from "./age.ts";
import { budgetActions, budgetLines, budgetSummary, budgetTone } from "./budget-lines.ts";

const PROMPT_LENGTH = 60;

/** A person's own page, from the top. */
export function homeCards(view: HomeView): readonly Card[] {
  return [
    view.underWay.length > 0 ? underWayCard(view) : idleCard(view),
    ...(view.decisions.length > 0 ? [decisionsCard(view)] : []),
    ...view.budgets.map(budgetCard),
    ...(view.moreBudgets > 0 ? [moreBudgetsCard(view.moreBudgets)] : []),
  ];
}

function underWayCard({ underWay, at }: HomeView): Card {
  const what = underWay.length === 1 ? "1 concept" : `${underWay.length} concepts`;
  return plainCard("info", `You have ${what} under way.`, [
    [bold("Your open concepts")],
    ...underWay.map((each) => lineOf(each, [text(stateOf(each.work))], at)),
  ]);
}

/** Whoever decides or manages comes for that: how to begin is for those who have nothing else here. */
function idleCard({ decisions, budgets }: HomeView): Card {
  const summary = "Nothing of yours is under way. Type /draft and what you want to see.";
  if (decisions.length + budgets.length > 0) return plainCard("info", summary);
  return plainCard("info", summary, [
    [bold("Nothing of yours is under way.")],
    [text("In any channel where Draftroom is, type "), code("/draft"), text(" and what you want to see:")],
    [code("/draft a glass bottle refracting afternoon sun on a limestone table")],
    [text("Soon a grid of quick takes is there to choose from. "), code("/help"), text(" says the rest.")],
  ]);
}

function decisionsCard({ decisions, at }: HomeView): Card {
  const what = decisions.length === 1 ? "1 final waits" : `${decisions.length} finals wait`;
  return plainCard("info", `${what} for your decision.`, [
    [bold("Waiting for your decision")],
    ...decisions.map((each) =>
      lineOf(each, [text(`final of take ${each.number} for `), user(each.requester)], at),
    ),
  ]);
}

function lineOf(each: UnderWay | Undecided, what: readonly Span[], at: Date): readonly Span[] {
  return [
    text("• "),
    bold(shorten(each.prompt, PROMPT_LENGTH)),
    text(": "),
    ...what,
    text(", in "),
    channelSpan(each.channel),
    text(`, ${ageOf(each.since, at)}`),
    ...(each.message ? [text(" · "), messageSpan(each.message, "Open")] : []),
  ];
}

function stateOf(work: UnderWay["work"]): string {
  if (work.kind === "round") {
    const takes = work.count === 1 ? "1 take" : `${work.count} takes`;
    if (work.status === "queued") return `${takes} in line`;
    return work.status === "rendering" ? `drafting ${takes}` : `${takes} to choose from`;
  }
  return work.status === "delivered"
    ? `the final of take ${work.number} waits for a decision`
    : `finishing take ${work.number} in ${work.size}`;
}

function budgetCard({ channel, balance }: { readonly channel: ChannelRef; readonly balance: Balance }): Card {
  return {
    ...plainCard(budgetTone(balance), budgetSummary(balance), [
      [text("The budget of "), channelSpan(channel)],
      ...budgetLines(balance, []),
    ]),
    actions: budgetActions(channel),
  };
}

function moreBudgetsCard(count: number): Card {
  return plainCard(
    "info",
    `And ${count} more that you manage: /quota shows the budget of the channel where it is typed.`,
  );
}
