import { toActionId } from "../choices/choice.ts";
import {
  type Action,
  bold,
  type Card,
  EMOJI,
  type Emoji,
  numberOf,
  type Span,
  text,
  user,
} from "../core/card.ts";
import { type Credits, inCredits } from "../core/credits.ts";
import { FAILURE_NEXT_STEPS, FAILURE_SENTENCES, type FailureKind } from "../core/failure.ts";
import { type Prices, priceOfFinal } from "../core/prices.ts";
import type { Approval } from "../core/roles.ts";
import type { Round, Vote } from "../core/round.ts";
import { describePositions } from "../images/describe-positions.ts";
import { type PickedFinal, pickedLine, spokenPick } from "./picked-line.ts";
import { pictureName } from "./picture-name.ts";
import { type FormerRound, roundHeadline } from "./round-headline.ts";

export interface RoundView {
  readonly round: Round;
  /** The round that it comes from; undefined for none, or one that is no longer kept. */
  readonly former: FormerRound | undefined;
  /** The earliest first. */
  readonly votes: readonly Vote[];
  /** The final of the take that was picked, while there is one. */
  readonly picked: PickedFinal | undefined;
  readonly approval: Approval;
  readonly prices: Prices;
  readonly available: Credits;
}

/** Another order is the way out of these. */
const NEED_OTHER_WORDS: ReadonlySet<FailureKind> = new Set(["blocked", "no_image", "invalid"]);

/** The one live message of a round: at work, then its grid, then what became of it. */
export function roundCard(view: RoundView): Card {
  switch (view.round.state.status) {
    case "queued":
    case "rendering":
      return busyCard(view);
    case "choosing":
    case "closed":
      return gridCard(view, view.round.state);
    case "failed":
      return failedCard(view, view.round.state.failure);
  }
}

function busyCard({ round, former, available }: RoundView): Card {
  const { count, prompt } = round.order;
  const trouble = round.state.status === "rendering" ? round.state.trouble : undefined;
  return {
    tone: trouble ? "warn" : "busy",
    summary: `Drafting ${takesOf(count)} of: ${prompt}`,
    body: [roundHeadline(round, former), ...(trouble ? troubleLines(trouble) : [[text(progressOf(round))]])],
    picture: undefined,
    actions: [],
    reactions: [],
    note: `${inCredits(round.takePrice * count)} held · ${available} left`,
  };
}

function progressOf({ order, state }: Round): string {
  const takes = takesOf(order.count);
  return state.status === "queued"
    ? `${takes} in ${order.aspect}, in line…`
    : `Drafting ${takes} in ${order.aspect}…`;
}

function troubleLines(trouble: FailureKind): Card["body"] {
  return [
    [bold("The takes are made, but their grid is not. "), text(FAILURE_SENTENCES[trouble])],
    [text("It is tried again every minute, and nothing more is charged.")],
  ];
}

function gridCard(view: RoundView, state: Extract<Round["state"], { grid: unknown }>): Card {
  const { round, former, picked } = view;
  const { count, aspect, prompt } = round.order;
  return {
    tone: picked ? "ok" : "info",
    summary: `${takesOf(count)} of: ${prompt}. ${spokenStatus(view)}`,
    body: [
      roundHeadline(round, former),
      ...failureLines(round),
      ...voteLines(view.votes),
      picked ? pickedLine(picked) : howToLine(view),
    ],
    picture: {
      asset: state.grid,
      name: pictureName(prompt, "grid"),
      alt:
        count === 1
          ? `One take for: ${prompt}`
          : `A grid of ${takesOf(count)} for: ${prompt}. ${describePositions(count, aspect)}`,
      full: undefined,
    },
    actions: actionsOf(round, picked !== undefined),
    reactions: seedsOf(round),
    note: noteOf(view),
  };
}

function failedCard({ round, former, available }: RoundView, failure: FailureKind): Card {
  const sentence = FAILURE_SENTENCES[failure];
  const rest = `Nothing was charged. ${FAILURE_NEXT_STEPS[failure]}`;
  return {
    tone: "error",
    summary: `No takes of: ${round.order.prompt}. ${sentence} ${rest}`,
    body: [roundHeadline(round, former), [bold(sentence)], [text(rest)]],
    picture: undefined,
    actions: retriesOf(round, failure),
    reactions: [],
    note: `0 credits · ${available} left`,
  };
}

/** What the model has refused, it would refuse again. */
function retriesOf({ id }: Round, failure: FailureKind): readonly Action[] {
  const retry = { id: toActionId({ kind: "retry_round", round: id }), label: "Retry" };
  if (!NEED_OTHER_WORDS.has(failure)) return [{ ...retry, style: "primary" }];
  return [
    { id: toActionId({ kind: "edit", round: id }), label: "Edit…", style: "primary" },
    { ...retry, style: "plain" },
  ];
}

function howToLine({ round, approval, prices }: RoundView): readonly Span[] {
  const price = `Final: ${inCredits(priceOfFinal(prices, round.order.finalSize))}.`;
  return approval === "director"
    ? [text(`Vote with a number. An art director's number is the pick. ${price}`)]
    : [text("Vote with a number. "), user(round.requester), text(`'s number is the pick. ${price}`)];
}

/** A summary is plain text. */
function spokenStatus({ picked }: RoundView): string {
  return picked === undefined ? "Choose a take by its number." : spokenPick(picked);
}

function failureLines(round: Round): readonly (readonly Span[])[] {
  const byKind = new Map<FailureKind, number[]>();
  for (const { number, state } of round.takes) {
    if (state.status === "failed") byKind.set(state.failure, [...(byKind.get(state.failure) ?? []), number]);
  }
  return [...byKind].map(([failure, numbers]) => {
    const which = numbers.length === 1 ? `Take ${numbers[0]} is` : `Takes ${numbers.join(", ")} are`;
    return [text(`${which} missing: ${FAILURE_SENTENCES[failure]} Credits returned.`)];
  });
}

function voteLines(votes: readonly Vote[]): readonly (readonly Span[])[] {
  if (votes.length === 0) return [];
  const numbers = [...new Set(votes.map((vote) => vote.number))];
  const count = (number: number) => votes.filter((vote) => vote.number === number).length;
  const ranked = numbers.toSorted((a, b) => count(b) - count(a) || a - b);
  const spans = ranked.flatMap((number, index): Span[] => {
    const people = votes.filter((vote) => vote.number === number).map((vote) => user(vote.person));
    return [text(`${index === 0 ? "Votes: " : " · "}take `), bold(`${number}`), text(" "), ...commas(people)];
  });
  return [spans];
}

function commas(people: readonly Span[]): readonly Span[] {
  return people.flatMap((person, index) => (index === 0 ? [person] : [text(", "), person]));
}

function actionsOf(round: Round, picked: boolean): readonly Action[] {
  const numbers = round.takes
    .filter((take) => take.state.status === "made")
    .map(
      ({ number }): Action => ({
        id: toActionId({ kind: "number", round: round.id, number }),
        label: `${number}`,
        style: "primary",
      }),
    );
  const more: readonly Action[] = [
    { id: toActionId({ kind: "reroll", round: round.id }), label: "Reroll", style: "plain" },
    { id: toActionId({ kind: "edit", round: round.id }), label: "Edit…", style: "plain" },
    { id: toActionId({ kind: "vary", round: round.id }), label: "Vary…", style: "plain" },
  ];
  if (picked) return more;
  return [
    ...numbers,
    ...more,
    { id: toActionId({ kind: "approve_leader", round: round.id }), label: "Approve", style: "plain" },
  ];
}

/** Keycaps end at 9: a larger grid has its numbers as buttons only. */
function seedsOf(round: Round): readonly Emoji[] {
  const made = new Set(round.takes.filter((take) => take.state.status === "made").map((take) => take.number));
  const numbers = EMOJI.filter((emoji) => made.has(numberOf(emoji) ?? 0));
  return round.order.count <= 9 ? [...numbers, "reroll", "approve"] : ["reroll", "approve"];
}

function noteOf({ round, available }: RoundView): string {
  const made = round.takes.filter((take) => take.state.status === "made").length;
  return `${inCredits(round.takePrice * made)} · ${available} left · seed ${round.order.seed} · ${round.model} · AI-generated`;
}

function takesOf(count: number): string {
  return count === 1 ? "1 take" : `${count} takes`;
}
