import type { z } from "zod";
import type { Card, Form } from "../../../src/core/card.ts";
import type { Place, Reply } from "../../../src/ports/chat.ts";
import { toModal } from "../blocks/to-modal.ts";
import { SHORTCUTS } from "../manifest.ts";
import { userRef } from "../slack-refs.ts";
import { picturesOf } from "./attached-files.ts";
import { toCardModal } from "./card-modal.ts";
import type { Ack, Delivery, Desk } from "./delivery.ts";
import { ofTrigger } from "./event-ids.ts";
import { FORM_NOT_OPENED, ONLY_IN_CHANNELS } from "./gateway-cards.ts";
import { readMention } from "./on-mention.ts";
import type { GLOBAL_SHORTCUT, MESSAGE_SHORTCUT } from "./payloads.ts";
import { promptly } from "./promptly.ts";
import { recorded, settle, whisper } from "./settle.ts";
import { isDirect, nowhere, placeOf, threadOf } from "./whereabouts.ts";

/** *Draft from this message*: the form with the words of a message in it, and its pictures behind it. */
export function createOnMessageShortcut(
  desk: Desk,
): (shortcut: z.output<typeof MESSAGE_SHORTCUT>, delivery: Delivery) => Promise<Ack> {
  return async (shortcut, delivery) => {
    const { team } = delivery;
    if (shortcut.callback_id !== SHORTCUTS.fromMessage) return undefined;
    const { channel, message, trigger_id } = shortcut;
    const place = placeOf(team, channel.id, threadOf(message));
    const person = userRef(team, shortcut.user.id);
    const words = readMention(message.text, { bot: await desk.people.bot(team), names: [] }).text;

    async function ask(): Promise<Reply> {
      if (isDirect(channel.id, channel.name)) return whisper(ONLY_IN_CHANNELS);
      const obstacle = await desk.membership.findObstacle(team, channel.id);
      if (obstacle !== undefined) return whisper(obstacle);
      return askForForm(desk, { place, team, user: shortcut.user.id, trigger: trigger_id });
    }

    async function open(form: Form): Promise<Card | undefined> {
      const view = toModal(prefilled(form, words), { place, attachments: picturesOf(message.files) });
      return (await desk.answers.open(team, trigger_id, view)) ? undefined : FORM_NOT_OPENED;
    }

    const shown = recorded(delivery, ask, desk.log)
      .then((reply) => settle(reply, open))
      .then((card) => card && desk.answers.respond({ url: shortcut.response_url, place, person }, card));
    await promptly(delivery, delivery.progress.add(shown));
    return undefined;
  };
}

/** *Draft images*, from anywhere: the form asks for the channel too. */
export function createOnGlobalShortcut(
  desk: Desk,
): (shortcut: z.output<typeof GLOBAL_SHORTCUT>, delivery: Delivery) => Promise<Ack> {
  return async ({ callback_id, user, trigger_id }, delivery) => {
    const { team } = delivery;
    if (callback_id !== SHORTCUTS.open) return undefined;
    const place = nowhere(team, user.id);
    const ask = () => askForForm(desk, { place, team, user: user.id, trigger: trigger_id });

    async function open(form: Form): Promise<undefined> {
      await desk.answers.open(team, trigger_id, toModal(form, { place: undefined, attachments: [] }));
    }

    const shown = recorded(delivery, ask, desk.log)
      .then((reply) => settle(reply, open))
      .then((card) => card && desk.answers.open(team, trigger_id, toCardModal(card)));
    await promptly(delivery, delivery.progress.add(shown));
    return undefined;
  };
}

interface Asking {
  readonly place: Place;
  readonly team: string;
  readonly user: string;
  readonly trigger: string;
}

/** The form is the command's own answer to saying nothing. */
function askForForm({ inbox }: Desk, { place, team, user, trigger }: Asking): Promise<Reply> {
  return inbox.command({
    event: ofTrigger(trigger),
    place,
    person: userRef(team, user),
    name: "draft",
    text: "",
    options: undefined,
    mentions: [],
    attachments: [],
    isLive: false,
  });
}

/** The words in the field for the prompt, as far as they fit. */
function prefilled(form: Form, words: string): Form {
  const fields = form.fields.map((field) => {
    if (field.type !== "text" || field.name !== "prompt") return field;
    return { ...field, value: [...words].slice(0, field.lengthMax).join("") };
  });
  return { ...form, fields };
}
