import type { z } from "zod";
import type { Card, Form } from "../../../src/core/card.ts";
import type { UserRef } from "../../../src/core/ids.ts";
import type { Place, Reply } from "../../../src/ports/chat.ts";
import { readAction } from "../blocks/buttons.ts";
import type { FormAttachment } from "../blocks/form-context.ts";
import { toModal } from "../blocks/to-modal.ts";
import { messageRef, userRef } from "../slack-refs.ts";
import { toCardModal } from "./card-modal.ts";
import type { Ack, Delivery, Desk } from "./delivery.ts";
import { ofTrigger } from "./event-ids.ts";
import { type AskedBefore, readFormLater } from "./form-later.ts";
import { FORM_NOT_OPENED } from "./gateway-cards.ts";
import { showHome } from "./home-page.ts";
import type { PRESS } from "./payloads.ts";
import { promptly } from "./promptly.ts";
import { recorded, settle } from "./settle.ts";
import { nowhere, placeOf, threadOf } from "./whereabouts.ts";

type Press = z.output<typeof PRESS>;

/** Where a click was made, and how its answer is shown. */
interface Site {
  readonly team: string;
  readonly place: Place;
  readonly person: UserRef;
  /** Of a form that is opened there. */
  readonly attachments: readonly FormAttachment[];
}

/** A click on a button of ours: under a message, in one that only that person sees, or on their own page. */
export function createOnPress(desk: Desk): (press: Press, delivery: Delivery) => Promise<Ack> {
  return async (press, delivery) => {
    const { team, progress } = delivery;
    const [action] = press.actions.map(readAction).filter((each) => each !== undefined);
    if (action === undefined) return undefined;
    const before = readFormLater(action);
    const site = siteOf(press, team, before);
    const { person } = site;
    const ask = () => (before ? askAgain(desk, site, before) : askInbox(desk, press, site, action));
    const reply = progress.add(recorded(delivery, ask, desk.log));
    progress.tellAfter(reply, async (each) => {
      const card = await settle(each, (form) => open(desk, press, site, form));
      if (card !== undefined) await tell(desk, press, site, card);
      if (press.view?.type === "home") await showHome(desk, person);
    });
    // The click itself asks for no answer: Slack hears "ok" as soon as it is recorded.
    await promptly(delivery, reply);
    return undefined;
  };
}

function channelOf({ channel, container }: Press): string | undefined {
  return channel?.id ?? container.channel_id;
}

function askInbox({ inbox }: Desk, press: Press, { team, place, person }: Site, action: string) {
  const channel = channelOf(press);
  const ts = press.container.message_ts;
  const message = channel === undefined || ts === undefined ? undefined : messageRef({ team, channel, ts });
  return inbox.press({ event: ofTrigger(press.trigger_id), place, person, message, action });
}

/** What came as a mention comes once more, now that a form can be opened. */
function askAgain({ inbox, attach }: Desk, site: Site, { event, name, text }: AskedBefore): Promise<Reply> {
  const { team, place, person } = site;
  return inbox.command({
    event,
    place,
    person,
    name,
    text,
    options: undefined,
    mentions: [],
    attachments: attach(team, site.attachments),
    isLive: false,
  });
}

function siteOf(press: Press, team: string, before: AskedBefore | undefined): Site {
  const { container, message, user } = press;
  const channel = channelOf(press);
  const thread = threadOf({
    ts: container.message_ts,
    thread_ts: container.thread_ts ?? message?.thread_ts,
  });
  const here = channel === undefined ? nowhere(team, user.id) : placeOf(team, channel, thread);
  const place = before ? { ...here, thread: before.thread } : here;
  return { team, place, person: userRef(team, user.id), attachments: before?.attachments ?? [] };
}

async function open(
  { answers }: Desk,
  press: Press,
  { team, place, attachments }: Site,
  form: Form,
): Promise<Card | undefined> {
  const view = toModal(form, { place, attachments });
  const shown =
    press.view?.type === "modal"
      ? await answers.update(team, press.view.id, view)
      : await answers.open(team, press.trigger_id, view);
  return shown ? undefined : FORM_NOT_OPENED;
}

/** Beside the message that was clicked, never instead of it. A page or a modal is in no channel: there a modal says it. */
async function tell(
  { answers }: Desk,
  press: Press,
  { team, place, person }: Site,
  card: Card,
): Promise<void> {
  if (press.view?.type === "modal") await answers.update(team, press.view.id, toCardModal(card));
  else if (press.view !== undefined) await answers.open(team, press.trigger_id, toCardModal(card));
  else if (press.response_url === undefined) await answers.whisper(place, person, card);
  else await answers.respond({ url: press.response_url, place, person }, card);
}
