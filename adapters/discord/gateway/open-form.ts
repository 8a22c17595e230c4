import { type Card, type Form, plainCard } from "../../../src/core/card.ts";
import { toModal } from "../components/to-modal.ts";
import type { Desk, Encounter } from "./desk.ts";
import { createTicket, toFormId, toOpenAgainId } from "./form-ids.ts";
import type { Opening } from "./open-forms.ts";

type Shown = Omit<Opening, "person">;

/** Shows a form as the answer, and keeps what belongs to it. */
export async function openForm(
  { forms }: Desk,
  { answer, person }: Encounter<unknown>,
  { form, attachments }: Shown,
  ticket = createTicket(),
): Promise<void> {
  forms.keep(ticket, { person, form, attachments });
  const id = toFormId(form.id, ticket, attachments.length > 0);
  await answer.open(toModal({ ...form, id }));
}

/**
 * The card with a button that opens a form: Discord shows none as the answer to another.
 *
 * @param ticket of an earlier opening, to stay the same event.
 */
export function withForm(
  { forms }: Desk,
  { person }: Encounter<unknown>,
  card: Card,
  label: string,
  { form, attachments }: Shown,
  ticket = createTicket(),
): Card {
  forms.keep(ticket, { person, form, attachments });
  return { ...card, actions: [...card.actions, { id: toOpenAgainId(ticket), label, style: "primary" }] };
}

export function toQuestion(form: Form): Card {
  return plainCard("info", `${form.title}: one more question.`);
}
