import type { APIModalSubmitInteraction } from "discord.js";
import type { Card, Form } from "../../../src/core/card.ts";
import type { Reply } from "../../../src/ports/chat.ts";
import { readAnswers } from "../components/read-answers.ts";
import { afterOthers } from "./after-others.ts";
import type { Desk, Encounter } from "./desk.ts";
import { ofForm } from "./event-ids.ts";
import { readFormId } from "./form-ids.ts";
import { FORM_NOT_RECORDED, NOT_RECORDED, picturesGone } from "./gateway-cards.ts";
import { isLiveForm } from "./live.ts";
import { findObstacle } from "./obstacle.ts";
import { isPrivate } from "./on-press.ts";
import { toQuestion, withForm } from "./open-form.ts";
import { filledIn } from "./open-forms.ts";
import { settle } from "./settle.ts";
import { untilRecorded } from "./until-recorded.ts";

const PATIENCE_MS = 1_200;

/** A form that was sent off. Discord closes it whatever comes of it, so that it can be opened again as it was. */
export async function onSubmission(
  desk: Desk,
  encounter: Encounter<APIModalSubmitInteraction>,
): Promise<void> {
  const { interaction, site, person, answer, at } = encounter;
  const { form, ticket, hasPictures } = readFormId(interaction.data.custom_id);
  const answers = readAnswers(interaction.data);
  const opening = ticket === undefined ? undefined : desk.forms.find(ticket, person);
  if (hasPictures && opening === undefined) {
    await afterOthers(at);
    return answer.whisper(picturesGone(answers.prompt ?? ""));
  }
  const isAside = interaction.message !== undefined && isPrivate(interaction.message);
  const obstacle = isAside ? undefined : findObstacle(interaction, site);
  if (obstacle !== undefined) return answer.whisper(obstacle);

  /** @param as the ticket of the same event, or undefined for another. */
  async function refuse(card: Card, as: string | undefined): Promise<void> {
    if (opening === undefined) {
      await afterOthers(at);
      return answer.whisper(card);
    }
    const again = { ...opening, form: filledIn(opening.form, answers) };
    await answer.whisper(withForm(desk, encounter, card, "Open the form again", again, as));
  }

  const submission = {
    event: ticket === undefined ? encounter.event : ofForm(person, ticket),
    place: site.place,
    person,
    form,
    answers,
    attachments: opening?.attachments ?? [],
    isLive: isLiveForm(form),
  };
  let reply: Reply;
  try {
    const patience = { forMs: PATIENCE_MS, signal: desk.stopping };
    reply = await untilRecorded(() => desk.inbox.submit(submission), patience);
  } catch (error) {
    desk.log.error("discord.event_not_recorded", error);
    // It may have been recorded all the same.
    return refuse(opening === undefined ? NOT_RECORDED : FORM_NOT_RECORDED, ticket);
  }
  if (reply.kind === "refused") return refuse(reply.card, undefined);
  // The message that it was opened from shows what came of it.
  if (reply.kind === "done" && interaction.message !== undefined && !isAside && !submission.isLive)
    return answer.keepSilent();
  const ask = (next: Form) => {
    const question = { form: next, attachments: [] };
    return answer.whisper(withForm(desk, encounter, toQuestion(next), "Open the form", question));
  };
  return settle(desk, encounter, { reply, isLive: submission.isLive, ask });
}
