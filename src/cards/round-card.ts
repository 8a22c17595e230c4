import { toActionId } from "../choices/choice.ts";
import { type Action, bold, type Card, EMOJI, type Emoji, numberOf, text, user } from "../core/card.ts";
import { type Credits, inCredits } from "../core/credits.ts";
import { FAILURE_NEXT_STEPS, FAILURE_SENTENCES, type FailureKind } from "../core/failure.ts";
import { fittingAspect, type ModelName, type ModelSpec, priceOf } from "../core/model.ts";
import type { Approval } from "../core/roles.ts";
import type { Round, Vote } from "../core/round.ts";
import { type Shortfall, shortfallsOf } from "../core/shortfall.ts";
import { describePositions } from "../images/describe-positions.ts";
import { fallbackWords, passedWords } from "./fallback-words.ts";
import { missingTakes } from "./missing-takes.ts";
import { type PickedFinal, pickedLine, spokenPick } from "./picked-line.ts";
import { pictureName } from "./picture-name.ts";
import { needsOtherWords, retryAction } from "./retry-action.ts";
import { type FormerRound, roundHeadline } from "./round-headline.ts";
import { foreseenWords, shortfallWords } from "./shortfall-words.ts";
import { voteLines } from "./vote-line.ts";

export interface RoundView {
  readonly round: Round;
  /** The round that it comes from; undefined for none, or one that is no longer kept. */
  readonly former: FormerRound | undefined;
  /** The earliest first. */
  readonly votes: readonly Vote[];
  /** The final of the take that was picked, while there is one. */
  readonly picked: PickedFinal | undefined;
  readonly approval: Approval;
  /** Of `round.model`; undefined when it is not there any more. */
  readonly model: ModelSpec | undefined;
  /** The model that a pick would be finished by. */
  readonly finalModel: ModelSpec;
  /** Of the takes that were made, each once. */
  readonly shortfalls: readonly Shortfall[];
  readonly available: Credits;
}

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

function busyCard(view: RoundView): Card {
  const { round, former, available } = view;
  const trouble = round.state.status === "rendering" ? round.state.trouble : undefined;
  return {
    tone: trouble ? "warn" : "busy",
    summary: `Drafting ${takesOf(shownOf(round))} of: ${round.order.prompt}`,
    body: [roundHeadline(round, former), ...(trouble ? troubleLines(trouble) : progressLines(view))],
    picture: undefined,
    // With trouble everything is made: there is nothing left to cancel.
    actions: trouble ? [] : [cancelOf(round)],
    reactions: [],
    note: `${inCredits(round.takePrice * comingOf(round))} held · ${available} left`,
  };
}

/** How many takes it may still have. */
function comingOf({ order, takes }: Round): number {
  return order.count - takes.filter((take) => take.state.status === "failed").length;
}

/** When none is coming, its end is: until then it stays at what was ordered. */
function shownOf(round: Round): number {
  return comingOf(round) || round.order.count;
}

function cancelOf({ id }: Round): Action {
  return { id: toActionId({ kind: "cancel_round", round: id }), label: "Cancel", style: "plain" };
}

function progressLines({ round, model }: RoundView): Card["body"] {
  const { aspect } = round.order;
  const takes = `${takesOf(shownOf(round))} in ${model ? fittingAspect(model.abilities, aspect) : aspect}`;
  const progress = round.state.status === "queued" ? `${takes}, in line…` : `Drafting ${takes}…`;
  return [progress, ...missingTakes(round.takes), ...passedWords(round.takes)].map((words) => [text(words)]);
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
      ...aboutTakes(view).map((words) => [text(words)]),
      ...voteLines(view.votes),
      ...(picked ? [pickedLine(picked)] : howToLines(view)),
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

/** What is not as it was asked for. */
function aboutTakes({ round, shortfalls }: RoundView): readonly string[] {
  const makers = makersOf(round);
  const who = makers.length === 1 ? (makers[0] ?? round.model) : "One of the models";
  return [...missingTakes(round.takes), ...fallbackWords(round.takes), ...shortfallWords(shortfalls, who)];
}

function failedCard({ round, former, available }: RoundView, failure: FailureKind): Card {
  const sentence = FAILURE_SENTENCES[failure];
  const rest = `Nothing was charged. ${FAILURE_NEXT_STEPS[failure]}`;
  return {
    tone: failure === "cancelled" ? "info" : "error",
    summary: `No takes of: ${round.order.prompt}. ${sentence} ${rest}`,
    body: [roundHeadline(round, former), [bold(sentence)], [text(rest)]],
    picture: undefined,
    actions: retriesOf(round, failure),
    reactions: [],
    note: `0 credits · ${available} left`,
  };
}

function retriesOf({ id }: Round, failure: FailureKind): readonly Action[] {
  const retry = retryAction(toActionId({ kind: "retry_round", round: id }), failure);
  if (!needsOtherWords(failure)) return [retry];
  return [
    { id: toActionId({ kind: "edit", round: id }), label: "Edit…", style: "primary" },
    { ...retry, style: "plain" },
  ];
}

/** How to pick, and what comes of it: what it costs, and what the final's model will not honour. */
function howToLines({ round, approval, finalModel }: RoundView): Card["body"] {
  const { finalSize: size, aspect, references } = round.order;
  const price = `Final: ${inCredits(priceOf(finalModel, size))}.`;
  const wanted = { size, aspect, hasGuide: true, references: references.length };
  const foreseen = foreseenWords(shortfallsOf(finalModel.abilities, wanted), finalModel.name);
  const then = foreseen === undefined ? price : `${price} ${foreseen}`;
  return [
    approval === "director"
      ? [text(`Vote with a number. An art director's number is the pick. ${then}`)]
      : [text("Vote with a number. "), user(round.requester), text(`'s number is the pick. ${then}`)],
  ];
}

/** A summary is plain text. */
function spokenStatus({ picked }: RoundView): string {
  return picked === undefined ? "Choose a take by its number." : spokenPick(picked);
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
  const recipe: Action = {
    id: toActionId({ kind: "recipe_round", round: round.id }),
    label: "Recipe",
    style: "plain",
  };
  if (picked) return [...more, recipe];
  return [
    ...numbers,
    ...more,
    { id: toActionId({ kind: "approve_leader", round: round.id }), label: "Approve", style: "plain" },
    recipe,
  ];
}

/** Keycaps end at 9: a larger grid has its numbers as buttons only. */
function seedsOf(round: Round): readonly Emoji[] {
  const made = new Set(round.takes.filter((take) => take.state.status === "made").map((take) => take.number));
  const numbers = EMOJI.filter((emoji) => made.has(numberOf(emoji) ?? 0));
  return round.order.count <= 9 ? [...numbers, "reroll", "approve"] : ["reroll", "approve"];
}

function noteOf({ round, shortfalls, available }: RoundView): string {
  const made = round.takes.filter((take) => take.state.status === "made").length;
  const seed = shortfalls.some(({ kind }) => kind === "seed") ? "no seed" : `seed ${round.order.seed}`;
  const credits = inCredits(round.takePrice * made);
  return [credits, `${available} left`, seed, makersOf(round).join(", "), "AI-generated"].join(" · ");
}

/** The models that made its takes. */
function makersOf({ takes, model }: Round): readonly ModelName[] {
  const made = takes.filter((take) => take.state.status === "made");
  return made.length === 0 ? [model] : [...new Set(made.map((take) => take.model))];
}

function takesOf(count: number): string {
  return count === 1 ? "1 take" : `${count} takes`;
}
