import { denialCard } from "../src/cards/denial-card.ts";
import type { Form } from "../src/core/card.ts";
import type { RoundId, UserRef } from "../src/core/ids.ts";
import { PROMPT_LENGTH_MAX } from "../src/core/prompt.ts";
import type { Round, Take } from "../src/core/round.ts";
import type { Gate } from "../src/gate/gate.ts";
import type { Reply, Submission } from "../src/ports/chat.ts";
import type { Database } from "../src/ports/records.ts";
import type { StartRound } from "../src/rounds/start-round.ts";
import { readDraftOrder } from "./draft-order.ts";
import { correction, refusal, whisper } from "./replies.ts";
import { replyToStart, whereFrom } from "./reply-to-start.ts";

export interface VaryParts {
  readonly gate: Gate;
  readonly startRound: StartRound;
  readonly database: Database;
  readonly timeZone: string;
}

export interface Vary {
  /** Asks which take, and whether the words change. */
  ask(round: Round, person: UserRef): Promise<Reply>;
  submit(submission: Submission): Promise<Reply>;
}

const FORM = /^vary\.([A-Za-z0-9]{1,40})$/;

/** Whether a form is one of ours. */
export function isVaryForm(form: string): boolean {
  return FORM.test(form);
}

/** A new round of takes close to a chosen one, in the same thread. */
export function createVary(parts: VaryParts): Vary {
  return {
    async ask(round, person) {
      const { channel } = round.concept;
      const asked = await parts.gate.check({ verb: "vary", person, channel, requester: round.requester });
      if (asked.status === "denied") return whisper(denialCard(asked, parts.timeZone));
      const made = round.takes.filter((take) => take.state.status === "made");
      return made.length === 0
        ? correction("There is no take to vary yet. Wait for the grid.")
        : { kind: "form", form: varyForm(round, made) };
    },
    submit: (submission) => submit(parts, submission),
  };
}

async function submit(parts: VaryParts, { event, place, person, form, answers }: Submission): Promise<Reply> {
  const id = FORM.exec(form)?.[1] as RoundId | undefined;
  const round = id && (await parts.database.records.rounds.find(id));
  if (!round || round.concept.channel !== place.channel)
    return refusal("That grid is not one of this channel.");
  const take = round.takes.find((each) => `${each.number}` === answers.take);
  if (take?.state.status !== "made")
    return refusal(`Choose a take from 1 to ${round.order.count} that is there.`);
  const { aspect, finalSize, keep, prompt } = round.order;
  const words = { prompt: answers.prompt || prompt, count: answers.count, aspect, size: finalSize, keep };
  const checked = readDraftOrder(words, [], "asked");
  if (checked.status === "bad") return refusal(checked.sentence);
  const result = await parts.startRound({
    event,
    place,
    person,
    origin: { kind: "vary", of: take.id, number: take.number },
    concept: round.concept,
    formerRequester: round.requester,
    model: round.model,
    order: { ...checked.order, references: round.order.references },
    attachments: [],
    isLive: false,
  });
  const started = { count: checked.order.count, where: whereFrom(round, place) };
  return replyToStart(result, started, parts.timeZone);
}

function varyForm(round: Round, made: readonly Take[]): Form {
  const numbers = made.map((take) => ({ value: `${take.number}`, label: `Take ${take.number}` }));
  const counts = ["1", "2", "3", "4", "6", "8"].map((value) => ({ value, label: value }));
  return {
    id: `vary.${round.id}`,
    title: "Vary a take",
    submit: "Vary",
    intro: undefined,
    fields: [
      { type: "choice", name: "take", label: "Close to", options: numbers, value: numbers[0]?.value ?? "1" },
      { type: "choice", name: "count", label: "How many takes", options: counts, value: "4" },
      {
        type: "text",
        name: "prompt",
        label: "What should be seen? (change it for a nudge)",
        hint: round.order.prompt,
        value: round.order.prompt,
        lengthMax: PROMPT_LENGTH_MAX,
        required: true,
        multiline: true,
      },
    ],
  };
}
