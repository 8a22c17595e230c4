import { type Card, member, plainCard, type Span, text, user } from "../core/card.ts";
import { inCredits } from "../core/credits.ts";
import type { MemberRef } from "../core/ids.ts";
import type { Denial } from "../gate/gate.ts";
import { formatMoment } from "./moments.ts";

/** A kind no, with whom to ask. Always private. */
export function denialCard(denial: Denial, timeZone: string): Card {
  switch (denial.reason) {
    case "directors_only":
      return card("Only art directors decide here.", [
        text("Only art directors decide here. "),
        ...askLine(denial.directors, "Ask"),
        text(" Your number on a grid is a vote."),
      ]);
    case "requester_only":
      return card("Whoever asked for this decides.", [
        text("In this channel whoever asked for the takes decides: ask "),
        user(denial.requester),
        text("."),
      ]);
    case "requester_or_directors":
      return card("Only whoever asked for this, or an art director, can do that.", [
        text("Only "),
        user(denial.requester),
        text(" or an art director can do that here. You can always start your own with /draft."),
      ]);
    case "managers_only":
      return card("Only managers can change that.", [
        text("Only managers can change that. "),
        ...askLine(denial.managers, "Ask"),
      ]);
    case "frozen":
      return card("This channel's budget is frozen.", [
        text("This channel's budget is frozen by "),
        user(denial.by),
        text(", so nothing new can start. What was started goes on. "),
        ...askLine(denial.managers, "Ask"),
      ]);
    case "insufficient": {
      const short = `This channel has ${inCredits(denial.available)} left; this costs ${denial.needed}.`;
      const until = denial.resetsAt
        ? `, or wait until ${formatMoment(denial.resetsAt, denial.timeZone ?? timeZone)}`
        : "";
      return card(short, [text(`${short} Nothing was started. `), ...askLine(denial.managers, "Ask", until)]);
    }
  }
}

function card(summary: string, line: readonly Span[]): Card {
  return plainCard("warn", summary, [line]);
}

function askLine(people: readonly MemberRef[], lead: string, tail = ""): readonly Span[] {
  if (people.length === 0) return [text(`Ask whoever runs Draftroom${tail}.`)];
  const shown = people.slice(0, 3);
  const names = shown.flatMap((each, index): Span[] => [text(index === 0 ? " " : " or "), member(each)]);
  return [text(lead), ...names, text(`${tail}.`)];
}
