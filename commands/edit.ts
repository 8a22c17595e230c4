import { denialCard } from "../src/cards/denial-card.ts";
import type { Form } from "../src/core/card.ts";
import type { RoundId, UserRef } from "../src/core/ids.ts";
import type { Round } from "../src/core/round.ts";
import type { Models } from "../src/models/models.ts";
import type { Reply, Submission } from "../src/ports/chat.ts";
import { orderFields } from "./draft-form.ts";
import { readDraftOrder } from "./draft-order.ts";
import { modelField, readModel } from "./model-field.ts";
import { refusal, whisper } from "./replies.ts";
import { replyToStart, whereFrom } from "./reply-to-start.ts";
import type { VaryParts } from "./vary.ts";

export interface EditParts extends VaryParts {
  readonly models: Models;
}

export interface Edit {
  /** Asks what to change. */
  ask(round: Round, person: UserRef): Promise<Reply>;
  submit(submission: Submission): Promise<Reply>;
}

const FORM = /^edit\.([A-Za-z0-9]{1,40})$/;

/** Whether a form is one of ours. */
export function isEditForm(form: string): boolean {
  return FORM.test(form);
}

/** The same idea in other words: a new round in the same thread, for whoever may reroll. */
export function createEdit(parts: EditParts): Edit {
  return {
    async ask(round, person) {
      const { channel } = round.concept;
      const asked = await parts.gate.check({ verb: "reroll", person, channel, requester: round.requester });
      if (asked.status === "denied") return whisper(denialCard(asked, parts.timeZone));
      return { kind: "form", form: editForm(round, parts.models) };
    },
    submit: (submission) => submit(parts, submission),
  };
}

async function submit(parts: EditParts, { event, place, person, form, answers }: Submission): Promise<Reply> {
  const id = FORM.exec(form)?.[1] as RoundId | undefined;
  const round = id && (await parts.database.records.rounds.find(id));
  if (!round || round.concept.channel !== place.channel)
    return refusal("That grid is not one of this channel.");
  const { prompt, count, aspect, size } = answers;
  const checked = readDraftOrder(
    { prompt, count, aspect, size, keep: round.order.keep, model: readModel(answers.model) },
    parts.models.draft.map(({ spec }) => spec.name),
    "asked",
  );
  if (checked.status === "bad") return refusal(checked.sentence);
  const result = await parts.startRound({
    event,
    place,
    person,
    // Of a variation too: other words may have nothing to do with the take that it came from.
    origin: { kind: "reroll", of: round.id },
    concept: round.concept,
    formerRequester: round.requester,
    model: answers.model === undefined ? round.model : checked.model,
    order: { ...checked.order, references: round.order.references },
    attachments: [],
    isLive: false,
  });
  const started = { count: checked.order.count, where: whereFrom(round, place) };
  return replyToStart(result, started, parts.timeZone);
}

function editForm({ id, order, model }: Round, models: Models): Form {
  const { prompt, count, aspect, finalSize } = order;
  return {
    id: `edit.${id}`,
    title: "Edit the prompt",
    submit: "Draft",
    intro: undefined,
    fields: [
      ...orderFields({ prompt, count: `${count}`, aspect, size: finalSize }),
      ...modelField(models, model),
    ],
  };
}
