import { setTimeout as sleep } from "node:timers/promises";
import type { ModalView } from "@slack/web-api";
import type { z } from "zod";
import type { Card } from "../../../src/core/card.ts";
import type { Place, Reply } from "../../../src/ports/chat.ts";
import { readSubmission, type SubmittedForm, toFormErrors } from "../blocks/read-submission.ts";
import { CHANNEL_BLOCK, toModal } from "../blocks/to-modal.ts";
import { readChannel, userRef } from "../slack-refs.ts";
import { toCardModal } from "./card-modal.ts";
import type { Ack, Delivery, Desk } from "./delivery.ts";
import { ofView } from "./event-ids.ts";
import { DONE, FORM_NOT_RECORDED, ONLY_IN_CHANNELS, WORKING } from "./gateway-cards.ts";
import { showHome } from "./home-page.ts";
import type { SUBMISSION } from "./payloads.ts";
import { promptly } from "./promptly.ts";
import { isDirect, isNowhere, placeOf } from "./whereabouts.ts";

type Submission = z.output<typeof SUBMISSION>;

/** Until Slack has put the answer to the submission in the form's place: what comes sooner would be replaced by it. */
const AFTER_ACK_MS = 500;

/** How a form ends: in what Slack is told to do with its modal. */
type Ending =
  | { readonly kind: "errors"; readonly ack: Ack; readonly card: Card }
  | { readonly kind: "replied"; readonly reply: Reply };

/** A form that was sent off. It stays open until what it says is recorded. */
export function createOnSubmission(desk: Desk): (submission: Submission, delivery: Delivery) => Promise<Ack> {
  return async (submission, delivery) => {
    const { team, progress } = delivery;
    const { view, user } = submission;
    const form = readSubmission(view);
    const place = form && placeIn(form, team);
    if (form === undefined || place === undefined) return undefined;
    const person = userRef(team, user.id);
    const ending = progress.add(submit(desk, submission, { ...form, place }, delivery));
    if (isNowhere(place)) progress.tellAfter(ending, () => showHome(desk, person));
    const soon = await promptly(delivery, ending);
    if (soon.kind === "late") {
      progress.tellAfter(ending, async (each) => {
        await sleep(AFTER_ACK_MS);
        if (await desk.answers.update(team, view.id, lateView(each, form, place))) return;
        const card = cardOf(each);
        if (card !== undefined && !isNowhere(place)) await desk.answers.whisper(place, person, card);
      });
      return update(toCardModal(WORKING));
    }
    if (soon.value.kind === "errors") return soon.value.ack;
    const { reply } = soon.value;
    switch (reply.kind) {
      case "done":
        return undefined;
      case "form":
        return update(toModal(reply.form, { place, attachments: form.attachments }));
      case "refused":
        return toFormErrors(view, reply.card);
      case "started":
      case "whisper":
        if (isNowhere(place)) return update(toCardModal(reply.card));
        progress.tell(desk.answers.whisper(place, person, reply.card));
        return undefined;
    }
  };
}

/** Undefined for a place in another workspace: no form of ours is opened there. */
function placeIn({ place }: SubmittedForm, team: string): Place | undefined {
  if ("chosen" in place) return placeOf(team, place.chosen, undefined);
  return readChannel(place.channel).team === team ? place : undefined;
}

async function submit(
  desk: Desk,
  { view, user }: Submission,
  { form, place, answers, attachments }: SubmittedForm & { readonly place: Place },
  { team }: Delivery,
): Promise<Ending> {
  const chosen = view.blocks.some((block) => block.block_id === CHANNEL_BLOCK);
  const obstacle = chosen ? await findObstacle(desk, team, readChannel(place.channel).channel) : undefined;
  if (obstacle !== undefined)
    return { kind: "errors", ack: errorsAt(CHANNEL_BLOCK, obstacle), card: obstacle };
  try {
    const reply = await desk.inbox.submit({
      event: ofView(team, view.id),
      place,
      person: userRef(team, user.id),
      form,
      answers,
      attachments: desk.attach(team, attachments),
      isLive: false,
    });
    return { kind: "replied", reply };
  } catch (error) {
    desk.log.error("slack.event_not_recorded", error);
    return { kind: "errors", ack: toFormErrors(view, FORM_NOT_RECORDED), card: FORM_NOT_RECORDED };
  }
}

async function findObstacle({ membership }: Desk, team: string, channel: string): Promise<Card | undefined> {
  return isDirect(channel, "") ? ONLY_IN_CHANNELS : membership.findObstacle(team, channel);
}

/** What there is to say of it; undefined when the channel shows it. */
function cardOf(ending: Ending): Card | undefined {
  if (ending.kind === "errors") return ending.card;
  return "card" in ending.reply ? ending.reply.card : undefined;
}

/** The form is gone by now: what it came to takes its place. */
function lateView(ending: Ending, { attachments }: SubmittedForm, place: Place): ModalView {
  if (ending.kind === "errors") return toCardModal(ending.card);
  const { reply } = ending;
  if (reply.kind === "form") return toModal(reply.form, { place, attachments });
  return toCardModal(reply.kind === "done" ? DONE : reply.card);
}

/** https://docs.slack.dev/surfaces/modals#displaying_errors */
function errorsAt(block: string, card: Card): Ack {
  return { response_action: "errors", errors: { [block]: card.summary } };
}

/** https://docs.slack.dev/surfaces/modals#updating_response */
function update(view: ModalView): Ack {
  return { response_action: "update", view };
}
