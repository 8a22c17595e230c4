import { toActionId } from "../choices/choice.ts";
import { bold, type Card, text, user } from "../core/card.ts";
import { type Credits, inCredits } from "../core/credits.ts";
import { FAILURE_NEXT_STEPS, FAILURE_SENTENCES, type FailureKind } from "../core/failure.ts";
import type { Final } from "../core/final.ts";
import type { Approval } from "../core/roles.ts";
import type { Round } from "../core/round.ts";
import { pictureName } from "./picture-name.ts";

export interface FinalView {
  readonly final: Final;
  readonly round: Round;
  readonly approval: Approval;
  readonly available: Credits;
}

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

function busyCard({ final, round, available }: FinalView): Card {
  return {
    tone: "busy",
    summary: `Finishing take ${final.number} in ${final.size}: ${round.order.prompt}`,
    body: [
      [user(final.pickedBy), text(` picked take ${final.number} for `), user(round.requester)],
      [text(`Finishing it in ${final.size}…`)],
    ],
    picture: undefined,
    actions: [],
    reactions: [],
    note: `${inCredits(final.price)} held · ${available} left`,
  };
}

function deliveredCard(view: FinalView, state: Extract<Final["state"], { asset: unknown }>): Card {
  const { final, round, available } = view;
  const open = state.status === "delivered";
  const { prompt } = round.order;
  return {
    tone: state.status === "sent_back" ? "warn" : open ? "info" : "ok",
    summary: `The final of take ${final.number}: ${prompt}. ${plainStatus(view)}`,
    body: [
      [text(`Final of take ${final.number} for `), user(round.requester), text(": "), bold(prompt)],
      statusLine(view, state),
    ],
    picture: {
      asset: state.preview,
      name: pictureName(prompt, `final-${final.size.toLowerCase()}`),
      alt: `The final in high fidelity, made from take ${final.number}, for: ${prompt}`,
      full: state.asset,
    },
    actions: open
      ? [
          { id: toActionId({ kind: "approve", final: final.id }), label: "Approve", style: "primary" },
          { id: toActionId({ kind: "send_back", final: final.id }), label: "Send back", style: "danger" },
        ]
      : [],
    reactions: ["approve", "reject"],
    note: `${inCredits(final.price)} · ${available} left · ${final.size} · ${final.model} · AI-generated`,
  };
}

function statusLine({ approval, round }: FinalView, state: Extract<Final["state"], { asset: unknown }>) {
  switch (state.status) {
    case "approved":
      return [text("✅ Approved by "), user(state.by), text(".")];
    case "sent_back":
      return [
        text("❌ Sent back by "),
        user(state.by),
        text(". The grid is open again: pick a number, vary or reroll."),
      ];
    case "delivered":
      return approval === "director"
        ? [text("An art director's ✅ approves it, ❌ sends it back.")]
        : [user(round.requester), text("'s ✅ approves it, ❌ sends it back.")];
  }
}

function plainStatus({ final }: FinalView): string {
  switch (final.state.status) {
    case "approved":
      return "Approved.";
    case "sent_back":
      return "Sent back: the grid is open again.";
    default:
      return "Approve it or send it back.";
  }
}

function failedCard({ final, round, available }: FinalView, failure: FailureKind): Card {
  const sentence = FAILURE_SENTENCES[failure];
  const rest = `Nothing was charged, and the grid is open again. ${FAILURE_NEXT_STEPS[failure]}`;
  return {
    tone: "error",
    summary: `No final of take ${final.number}: ${round.order.prompt}. ${sentence} ${rest}`,
    body: [[text(`The final of take ${final.number} could not be made.`)], [bold(sentence)], [text(rest)]],
    picture: undefined,
    actions: [{ id: toActionId({ kind: "retry_final", final: final.id }), label: "Retry", style: "primary" }],
    reactions: [],
    note: `0 credits · ${available} left`,
  };
}
