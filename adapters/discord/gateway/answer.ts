import {
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  MessageFlags,
} from "discord.js";
import type { Card } from "../../../src/core/card.ts";
import { ANSWER_MS } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import type { MessageContent } from "../components/to-message.ts";
import { toPrivate } from "../components/to-private.ts";
import type { Callbacks, Handle, Outcome } from "./callbacks.ts";
import { TOO_LATE_FOR_FORM } from "./gateway-cards.ts";

/** The answer to one interaction. Where it takes long, Discord hears in time that it comes. None of it fails. */
export interface Answer {
  /** A message that everybody sees. */
  post(message: MessageContent): Promise<Outcome>;
  /** To that person only. */
  whisper(card: Card): Promise<void>;
  open(modal: APIModalInteractionResponseCallbackData): Promise<void>;
  /** Of a button, or of a form that one has opened: there is nothing to say. */
  keepSilent(): Promise<void>;
}

/** How an answer is put off: what is shown until it comes. `unseen`: nothing, which only a button's can be. */
export type PutOff = "public" | "private" | "unseen";

interface Parts {
  readonly callbacks: Callbacks;
  readonly to: Handle;
  readonly putOff: PutOff;
  /** Discord has taken the first answer. */
  readonly onTaken: () => void;
  readonly log: Log;
}

/** Discord waits 3 s (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback); some of it goes to the way there and back. */
const PATIENCE_MS = 2_000;
/** A post that an answer was to show is looked for after `ANSWER_MS`, and must not appear afterwards: so long before that no answer shows it any more. */
const POST_MS_MAX = ANSWER_MS - 2_000;

export function createAnswer({ callbacks, to, putOff, onTaken, log }: Parts): Answer {
  /** What is recorded because of it is younger. */
  const postBy = Date.now() + POST_MS_MAX;
  let deferral: Promise<Outcome> | undefined;
  const timer = setTimeout(() => {
    deferral = respond(toDeferral(putOff));
  }, PATIENCE_MS);

  async function respond(response: Parameters<Callbacks["respond"]>[1]): Promise<Outcome> {
    clearTimeout(timer);
    const outcome = await callbacks.respond(to, response);
    if (outcome.kind === "taken" || outcome.kind === "elsewhere") onTaken();
    return outcome;
  }

  /** In the message that was put off, if it was; otherwise at once. */
  async function show(first: () => Promise<Outcome>, late: () => Promise<Outcome>): Promise<Outcome> {
    clearTimeout(timer);
    if (deferral === undefined) return first();
    const deferred = await deferral;
    // Nobody knows whether it was put off: if so, the message can be edited.
    return deferred.kind === "taken" || deferred.kind === "unknown" ? late() : deferred;
  }

  function tell(way: string, outcome: Outcome): void {
    if (outcome.kind === "taken" || outcome.kind === "elsewhere") return;
    log.warn("discord.answer_not_shown", { way, interaction: to.id, reason: outcome.reason });
  }

  async function whisperLate(message: MessageContent): Promise<Outcome> {
    if (putOff === "private") return callbacks.edit(to, withoutFlag(message));
    // A follow-up to what was put off would take its place, seen by everybody:
    // https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message
    const removed = putOff === "public" ? await callbacks.remove(to) : undefined;
    if (removed !== undefined && removed.kind !== "taken") return removed;
    return callbacks.followUp(to, message);
  }

  async function postLate(message: MessageContent): Promise<Outcome> {
    if (Date.now() < postBy) return callbacks.edit(to, message, postBy);
    await callbacks.remove(to);
    return { kind: "refused", reason: "it took too long" };
  }

  const answer: Answer = {
    post: (message) =>
      show(
        () => respond({ type: InteractionResponseType.ChannelMessageWithSource, data: message }),
        () => postLate(message),
      ),
    async whisper(card) {
      const message = toPrivate(card);
      const outcome = await show(
        () => respond({ type: InteractionResponseType.ChannelMessageWithSource, data: message }),
        () => whisperLate(message),
      );
      tell("whisper", outcome);
    },
    async open(modal) {
      clearTimeout(timer);
      if (deferral !== undefined) return answer.whisper(TOO_LATE_FOR_FORM);
      tell("modal", await respond({ type: InteractionResponseType.Modal, data: modal }));
    },
    async keepSilent() {
      const silence = () => respond({ type: InteractionResponseType.DeferredMessageUpdate });
      const late = async (): Promise<Outcome> =>
        putOff === "unseen" ? { kind: "taken", message: undefined } : callbacks.remove(to);
      tell("silence", await show(silence, late));
    },
  };
  return answer;
}

function toDeferral(putOff: PutOff): Parameters<Callbacks["respond"]>[1] {
  if (putOff === "unseen") return { type: InteractionResponseType.DeferredMessageUpdate };
  const type = InteractionResponseType.DeferredChannelMessageWithSource;
  return putOff === "public" ? { type } : { type, data: { flags: MessageFlags.Ephemeral } };
}

/** Whether a message is private was settled when it was put off. */
function withoutFlag(message: MessageContent): MessageContent {
  return { ...message, flags: message.flags & ~MessageFlags.Ephemeral };
}
