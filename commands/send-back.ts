import { choiceCard } from "../src/cards/choice-card.ts";
import type { Form } from "../src/core/card.ts";
import { BECAUSE_LENGTH_MAX, type Final } from "../src/core/final.ts";
import type { FinalId, UserRef } from "../src/core/ids.ts";
import { checkPrompt } from "../src/core/prompt.ts";
import type { Round } from "../src/core/round.ts";
import { type DecideFinal, type DecideResult, whatWasDecided } from "../src/finals/decide-final.ts";
import type { Denial, Gate, Permit } from "../src/gate/gate.ts";
import type { Reply, Submission } from "../src/ports/chat.ts";
import type { Database } from "../src/ports/records.ts";
import { refusal, whisper } from "./replies.ts";

export interface SendBackParts {
  readonly gate: Gate;
  readonly decideFinal: DecideFinal;
  readonly database: Database;
  readonly timeZone: string;
}

export interface SendBack {
  /** Asks why. */
  ask(final: Final, person: UserRef): Promise<Reply>;
  submit(submission: Submission): Promise<Reply>;
}

const FORM = /^send_back\.([A-Za-z0-9]{1,40})$/;

/** Whether a form is one of ours. */
export function isSendBackForm(form: string): boolean {
  return FORM.test(form);
}

/** A final goes back with a word on why, or without: whoever makes the next one reads it on the card. */
export function createSendBack(parts: SendBackParts): SendBack {
  return {
    async ask(final, person) {
      const round = await parts.database.records.rounds.find(final.round);
      if (round === undefined) throw new Error(`final ${final.id} is of no round`);
      const permit = await permitFor(parts, round, person);
      if (permit.status === "denied") return answer(parts, permit);
      return final.state.status === "delivered"
        ? { kind: "form", form: sendBackForm(final) }
        : answer(parts, whatWasDecided(final));
    },

    async submit({ place, person, form, answers }) {
      const id = FORM.exec(form)?.[1] as FinalId | undefined;
      const final = id && (await parts.database.records.finals.find(id));
      const round = final && (await parts.database.records.rounds.find(final.round));
      if (!round || round.concept.channel !== place.channel)
        return refusal("That final is not one of this channel.");
      const because = checkPrompt(answers.because ?? "");
      const length = because.status === "ok" ? [...because.prompt].length : 0;
      if (because.status === "too_long" || length > BECAUSE_LENGTH_MAX)
        return refusal(`Say why in ${BECAUSE_LENGTH_MAX} characters or fewer, or leave it empty.`);
      const permit = await permitFor(parts, round, person);
      if (permit.status === "denied") return answer(parts, permit);
      const words = because.status === "ok" ? because.prompt : undefined;
      const decision = { status: "sent_back", because: words } as const;
      return answer(parts, await parts.decideFinal(final, round, decision, permit));
    },
  };
}

function permitFor({ gate }: SendBackParts, round: Round, person: UserRef): Promise<Permit | Denial> {
  const { channel } = round.concept;
  return gate.check({ verb: "decide", person, channel, requester: round.requester });
}

function answer({ timeZone }: SendBackParts, result: DecideResult | Denial): Reply {
  return whisper(choiceCard(result, timeZone));
}

function sendBackForm({ id, number }: Final): Form {
  return {
    id: `send_back.${id}`,
    title: `Send final ${number} back`,
    submit: "Send back",
    intro: undefined,
    fields: [
      {
        type: "text",
        name: "because",
        label: "Because…",
        hint: "too dark: let more of the afternoon in",
        value: "",
        lengthMax: BECAUSE_LENGTH_MAX,
        required: false,
        multiline: true,
      },
    ],
  };
}
