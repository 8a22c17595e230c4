import { toActionId } from "../choices/choice.ts";
import { type Action, bold, type Card, type Span, text, user } from "../core/card.ts";
import { type Credits, inCredits } from "../core/credits.ts";
import { FAILURE_NEXT_STEPS, FAILURE_SENTENCES, type FailureKind } from "../core/failure.ts";
import type { Final } from "../core/final.ts";
import { fittingSize, type ModelSpec } from "../core/model.ts";
import { shorten } from "../core/prompt.ts";
import type { Approval } from "../core/roles.ts";
import type { Round } from "../core/round.ts";
import type { Shortfall } from "../core/shortfall.ts";
import { becauseWords } from "./fallback-words.ts";
import { pictureName } from "./picture-name.ts";
import { needsOtherWords, retryAction } from "./retry-action.ts";
import { shortfallWords } from "./shortfall-words.ts";

export interface FinalView {
  readonly final: Final;
  readonly round: Round;
  readonly approval: Approval;
  readonly available: Credits;
  /** Of `final.model`; undefined when it is not there any more. */
  readonly model: ModelSpec | undefined;
  /** Of the picture that was made. */
  readonly shortfalls: readonly Shortfall[];
}

const PROMPT_LENGTH = 200;

/** The one live message of a final, in the thread of its concept. */
export function finalCard(view: FinalView): Card {
  const { state } = view.final;
  switch (state.status) {
    case "queued":
    case "rendering":
      return busyCard(view);
    case "delivered":
    case "approved":
    case "sent_back":
      return deliveredCard(view, state);
    case "failed":
      return failedCard(view, state.failure);
  }
}

function busyCard(view: FinalView): Card {
  const { final, round, available } = view;
  const size = sizeOf(view);
  return {
    tone: "busy",
    summary: `Finishing take ${final.number} in ${size}: ${round.order.prompt}`,
    body: [
      [user(final.pickedBy), text(` picked take ${final.number} for `), user(round.requester)],
      [text(`Finishing it in ${size}…`)],
      ...(final.insteadOf ? [[text(`${final.model} makes it now, ${becauseWords(final.insteadOf)}.`)]] : []),
    ],
    picture: undefined,
    actions: [{ id: toActionId({ kind: "cancel_final", final: final.id }), label: "Cancel", style: "plain" }],
    reactions: [],
    note: `${inCredits(final.price)} held · ${available} left`,
  };
}

function deliveredCard(view: FinalView, state: Extract<Final["state"], { asset: unknown }>): Card {
  const { final, round } = view;
  const open = state.status === "delivered";
  const { prompt } = round.order;
  return {
    tone: state.status === "sent_back" ? "warn" : open ? "info" : "ok",
    summary: `The final of take ${final.number}: ${prompt}. ${plainStatus(view)}`,
    body: [
      [text("Final of "), ...whatFor(view)],
      ...aboutImage(view).map((words) => [text(words)]),
      statusLine(view, state),
    ],
    picture: {
      asset: state.preview,
      name: pictureName(prompt, "final"),
      alt: `The final in high fidelity, made from take ${final.number}, for: ${prompt}`,
      full: state.asset,
    },
    actions: actionsOf(view),
    reactions: ["approve", "reject"],
    note: noteOf(view),
  };
}

/** What is not as it was asked for. */
function aboutImage({ final, shortfalls }: FinalView): readonly string[] {
  const { insteadOf, model } = final;
  const instead = insteadOf ? [`Made by ${model}, ${becauseWords(insteadOf)}.`] : [];
  return [...instead, ...shortfallWords(shortfalls, model)];
}

/** As far as the model goes, or as the picture turned out: perhaps less than was asked for. */
function sizeOf({ final, model, shortfalls }: FinalView): string {
  if ("asset" in final.state) return shortfalls.find((each) => each.kind === "size")?.got ?? final.size;
  return model ? fittingSize(model.abilities, final.size) : final.size;
}

function noteOf(view: FinalView): string {
  const { final, shortfalls, available } = view;
  const seed = shortfalls.some(({ kind }) => kind === "seed") ? "no seed" : `seed ${final.seed}`;
  const credits = inCredits(final.price);
  return [credits, `${available} left`, sizeOf(view), seed, final.model, "AI-generated"].join(" · ");
}

/** Nobody has picked since this one was sent back. */
function isOpenAgain({ final, round }: FinalView): boolean {
  return final.state.status === "sent_back" && round.state.status === "choosing";
}

/** The grid above it has all of the prompt, and so has the picture's text. */
function whatFor({ final, round }: FinalView): readonly Span[] {
  const prompt = shorten(round.order.prompt, PROMPT_LENGTH);
  return [text(`take ${final.number} for `), user(round.requester), text(": "), bold(prompt)];
}

function actionsOf(view: FinalView): readonly Action[] {
  const { id, state } = view.final;
  const redo: Action = { id: toActionId({ kind: "redo", final: id }), label: "Redo", style: "plain" };
  const recipe: Action = {
    id: toActionId({ kind: "recipe_final", final: id }),
    label: "Recipe",
    style: "plain",
  };
  if (state.status !== "delivered") return isOpenAgain(view) ? [redo, recipe] : [recipe];
  return [
    { id: toActionId({ kind: "approve", final: id }), label: "Approve", style: "primary" },
    { id: toActionId({ kind: "send_back", final: id }), label: "Send back…", style: "danger" },
    redo,
    recipe,
  ];
}

function statusLine(view: FinalView, state: Extract<Final["state"], { asset: unknown }>) {
  switch (state.status) {
    case "approved":
      return [text("✅ Approved by "), user(state.by), text(".")];
    case "sent_back":
      return [
        text("❌ Sent back by "),
        user(state.by),
        text(`${reasonOf(state)} `),
        text(
          isOpenAgain(view)
            ? "The grid is open again: redo this one, pick a number, vary or reroll."
            : "Another final is in the thread.",
        ),
      ];
    case "delivered": {
      const rest = "✅ approves it, ❌ sends it back. Redo sends it back and pays for another.";
      return view.approval === "director"
        ? [text(`An art director's ${rest}`)]
        : [user(view.round.requester), text(`'s ${rest}`)];
    }
  }
}

/** The end of a sentence: ": too dark." or "." alone. */
function reasonOf({ because }: Extract<Final["state"], { status: "sent_back" }>): string {
  if (because === undefined) return ".";
  return /[.!?…]$/u.test(because) ? `: ${because}` : `: ${because}.`;
}

function plainStatus(view: FinalView): string {
  const { state } = view.final;
  switch (state.status) {
    case "approved":
      return "Approved.";
    case "sent_back":
      return `Sent back${reasonOf(state)}${isOpenAgain(view) ? " The grid is open again." : ""}`;
    default:
      return "Approve it, send it back, or have it made again.";
  }
}

function failedCard(view: FinalView, failure: FailureKind): Card {
  const { final, round, available } = view;
  const isCancelled = failure === "cancelled";
  const sentence = FAILURE_SENTENCES[failure];
  const how = needsOtherWords(failure) ? " Edit… on the grid changes the words." : "";
  const rest = `Nothing was charged, and the grid is open again. ${FAILURE_NEXT_STEPS[failure]}${how}`;
  return {
    tone: isCancelled ? "info" : "error",
    summary: `No final of take ${final.number}: ${round.order.prompt}. ${sentence} ${rest}`,
    body: [
      [text("The final of "), ...whatFor(view), text(isCancelled ? " is not made." : " could not be made.")],
      [bold(sentence)],
      [text(rest)],
    ],
    picture: undefined,
    actions: [retryAction(toActionId({ kind: "retry_final", final: final.id }), failure)],
    reactions: [],
    note: `0 credits · ${available} left`,
  };
}
