import { numberOf } from "../core/card.ts";
import type { Decision, Final } from "../core/final.ts";
import type { EventId, UserRef } from "../core/ids.ts";
import { type Round, soleLeader } from "../core/round.ts";
import type { CancelFinal } from "../finals/cancel-final.ts";
import type { DecideFinal, DecideResult } from "../finals/decide-final.ts";
import type { PickResult, PickTake } from "../finals/pick-take.ts";
import type { RedoFinal, RedoResult } from "../finals/redo-final.ts";
import type { Gate, Verb } from "../gate/gate.ts";
import type { Clock } from "../ports/log.ts";
import type { Post } from "../ports/posts.ts";
import type { Database, Records } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import type { CancelRound } from "../rounds/cancel-round.ts";
import type { StartRound, StartRoundResult } from "../rounds/start-round.ts";
import type { Choice } from "./choice.ts";
import { type Cancelled, chooseCancelFinal, chooseCancelRound } from "./choose-cancel.ts";

/** A person chose something on one of our messages, by button or by reaction. */
export interface Chosen {
  /** The same choice carries the same event, however often it is delivered. */
  readonly event: EventId;
  readonly person: UserRef;
  readonly post: Post;
  readonly choice: Choice;
  /** A reaction says whether it was put on or taken off; a button toggles. */
  readonly mode: "on" | "off" | "toggle";
}

export type ChoiceResult =
  | PickResult
  | StartRoundResult
  | DecideResult
  | RedoResult
  | Cancelled
  | { readonly status: "voted" | "unvoted"; readonly number: number }
  /** ✅ without a number of one's own and without a sole leader. */
  | { readonly status: "number_first" }
  /** Nothing follows from it: a repeat, or a reaction that was taken off. */
  | { readonly status: "nothing" }
  /** The choice is not one of that message. */
  | { readonly status: "unknown" };

export type Choose = (chosen: Chosen) => Promise<ChoiceResult>;

export interface ChooseParts {
  readonly database: Database;
  readonly gate: Gate;
  readonly startRound: StartRound;
  readonly pickTake: PickTake;
  readonly decideFinal: DecideFinal;
  readonly redoFinal: RedoFinal;
  readonly cancelRound: CancelRound;
  readonly cancelFinal: CancelFinal;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** What each choice means. Buttons and reactions come here alike, so they cannot differ. */
export function createChoose(parts: ChooseParts): Choose {
  return async (chosen) => {
    const { choice, post } = chosen;
    const { records } = parts.database;
    if ("round" in choice) {
      const belongs = post.subject.kind === "round" && post.subject.round === choice.round;
      const round = belongs ? await records.rounds.find(choice.round) : undefined;
      return round ? chooseOnRound(parts, chosen, round) : { status: "unknown" };
    }
    const belongs = post.subject.kind === "final" && post.subject.final === choice.final;
    const final = belongs ? await records.finals.find(choice.final) : undefined;
    const round = final && (await records.rounds.find(final.round));
    return final && round ? chooseOnFinal(parts, chosen, final, round) : { status: "unknown" };
  };
}

async function chooseOnRound(parts: ChooseParts, chosen: Chosen, round: Round): Promise<ChoiceResult> {
  const { choice, mode } = chosen;
  if (choice.kind === "number") return chooseNumber(parts, chosen, round, choice.number);
  if (mode === "off") return { status: "nothing" };
  switch (choice.kind) {
    case "approve_leader":
      return approveLeader(parts, chosen, round);
    case "reroll":
      return again(parts, chosen, round, undefined);
    case "retry_round":
      return round.state.status === "failed"
        ? again(parts, chosen, round, round.order.seed)
        : { status: "nothing" };
    case "cancel_round":
      return chooseCancelRound(parts, chosen.person, round);
    // Edit and vary ask first, and a recipe is only shown: see `commands/`.
    default:
      return { status: "unknown" };
  }
}

/** A number is the pick of those who may pick, and the vote of everybody else. */
async function chooseNumber(
  parts: ChooseParts,
  chosen: Chosen,
  round: Round,
  number: number,
): Promise<ChoiceResult> {
  if (number < 1 || number > round.order.count) return { status: "no_such_take", count: round.order.count };
  if (chosen.mode === "off") return setVote(parts, chosen, round, number);
  if (round.takes[number - 1]?.state.status === "failed") return { status: "take_failed" };
  const permit = await ask(parts, "pick", chosen, round);
  if (permit.status === "permitted") return parts.pickTake(round, number, permit);
  return round.state.status === "choosing"
    ? setVote(parts, chosen, round, number)
    : // Too late to vote: hear what became of it.
      whatBecameOf(parts, round);
}

async function whatBecameOf(parts: ChooseParts, round: Round): Promise<ChoiceResult> {
  if (round.state.status !== "closed") return { status: "not_ready" };
  const final = await parts.database.records.finals.find(round.state.final);
  if (final === undefined) return { status: "not_ready" };
  const approved = final.state.status === "approved";
  return { status: "already_picked", by: final.pickedBy, number: final.number, approved };
}

async function setVote(
  parts: ChooseParts,
  chosen: Chosen,
  round: Round,
  number: number,
): Promise<ChoiceResult> {
  const permit = await ask(parts, "vote", chosen, round);
  if (permit.status === "denied") return permit;
  const at = parts.clock();
  const result = await parts.database.transact<ChoiceResult>(async (records) => {
    // A toggle is the one choice that a repeat would turn round.
    if (!(await records.inbox.admit(chosen.event, at))) return { status: "nothing" };
    const mine = (await records.rounds.votes(round.id)).find((vote) => vote.person === chosen.person);
    const off = chosen.mode === "off" || (chosen.mode === "toggle" && mine?.number === number);
    if (off && mine?.number !== number) return { status: "nothing" };
    const next = off ? await otherNumber(records, chosen, round, number) : number;
    if (next === undefined) await records.rounds.unvote(round.id, chosen.person, number);
    else await records.rounds.vote(round.id, chosen.person, next, at);
    await refreshPost(records, round.post, round.concept.channel, at);
    return next === undefined ? { status: "unvoted", number } : { status: "voted", number: next };
  });
  parts.poke();
  return result;
}

/** Whoever takes a number off and leaves another on means that one. A button takes the vote back whole. */
async function otherNumber(
  records: Records,
  { mode, post, person }: Chosen,
  round: Round,
  number: number,
): Promise<number | undefined> {
  if (mode !== "off") return undefined;
  const mine = (await records.reactions.all(post.id)).filter(
    (each) => each.present && each.person === person,
  );
  const numbers = mine.map((each) => numberOf(each.emoji) ?? 0).filter((each) => each !== number);
  return numbers.toSorted((a, b) => a - b).find((each) => round.takes[each - 1]?.state.status === "made");
}

/** ✅ on a grid: one's own number, or the sole leader. */
async function approveLeader(parts: ChooseParts, chosen: Chosen, round: Round): Promise<ChoiceResult> {
  const permit = await ask(parts, "pick", chosen, round);
  if (permit.status === "denied") return permit;
  if (round.state.status !== "choosing") return whatBecameOf(parts, round);
  const votes = await parts.database.records.rounds.votes(round.id);
  const number = votes.find((vote) => vote.person === chosen.person)?.number ?? soleLeader(votes);
  return number === undefined ? { status: "number_first" } : parts.pickTake(round, number, permit);
}

/** By the same model. */
async function again(
  parts: ChooseParts,
  chosen: Chosen,
  round: Round,
  seed: number | undefined,
): Promise<StartRoundResult> {
  const { origin } = round;
  if (origin.kind === "like") {
    // To begin one is for everybody, to make one again is not.
    const permit = await ask(parts, "reroll", chosen, round);
    if (permit.status === "denied") return permit;
  }
  return parts.startRound({
    event: chosen.event,
    place: chosen.post.place,
    person: chosen.person,
    // The same again of a variation is a variation of the same take, and follows the same image.
    origin: origin.kind === "vary" || origin.kind === "like" ? origin : { kind: "reroll", of: round.id },
    concept: round.concept,
    formerRequester: round.requester,
    model: round.model,
    order: { ...round.order, seed },
    attachments: [],
    isLive: false,
  });
}

async function chooseOnFinal(
  parts: ChooseParts,
  chosen: Chosen,
  final: Final,
  round: Round,
): Promise<ChoiceResult> {
  if (chosen.mode === "off") return { status: "nothing" };
  switch (chosen.choice.kind) {
    case "approve":
    case "send_back": {
      const permit = await ask(parts, "decide", chosen, round);
      if (permit.status === "denied") return permit;
      const decision: Decision =
        chosen.choice.kind === "approve"
          ? { status: "approved" }
          : { status: "sent_back", because: undefined };
      return parts.decideFinal(final, round, decision, permit);
    }
    case "redo": {
      const permit = await ask(parts, "pick", chosen, round);
      if (permit.status === "denied") return permit;
      return parts.redoFinal({ event: chosen.event, final, round, permit });
    }
    case "retry_final": {
      const permit = await ask(parts, "pick", chosen, round);
      if (permit.status === "denied") return permit;
      return parts.pickTake(round, final.number, permit);
    }
    case "cancel_final":
      return chooseCancelFinal(parts, chosen.person, { final, round });
    // A recipe is only shown: see `commands/`.
    default:
      return { status: "unknown" };
  }
}

function ask(parts: ChooseParts, verb: Verb, chosen: Chosen, round: Round): ReturnType<Gate["check"]> {
  const { channel } = round.concept;
  return parts.gate.check({ verb, person: chosen.person, channel, requester: round.requester });
}
