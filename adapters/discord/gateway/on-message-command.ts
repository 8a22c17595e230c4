import type { APIMessageApplicationCommandInteraction } from "discord.js";
import type { Form } from "../../../src/core/card.ts";
import { picturesOf } from "./attached-files.ts";
import type { Desk, Encounter } from "./desk.ts";
import { LIVE } from "./live.ts";
import { sourceOf, wordsOf } from "./message-words.ts";
import { findObstacle } from "./obstacle.ts";
import { openForm } from "./open-form.ts";
import { filledIn } from "./open-forms.ts";
import { recorded } from "./recorded.ts";
import { settle } from "./settle.ts";

/** A form can be shown as the first answer only, within 3 seconds. */
const PATIENCE_MS = 1_200;

/** *Draft from this message*: the form with the words of a message in it, and its pictures behind it. */
export async function onMessageCommand(
  desk: Desk,
  encounter: Encounter<APIMessageApplicationCommandInteraction>,
): Promise<void> {
  const { interaction, event, site, person, answer } = encounter;
  const obstacle = findObstacle(interaction, site);
  if (obstacle !== undefined) return answer.whisper(obstacle);
  const { target_id, resolved } = interaction.data;
  const message = resolved.messages[target_id];
  const { inbox } = desk;
  // The form is the command's own answer to saying nothing.
  const reply = await recorded(desk, PATIENCE_MS, () =>
    inbox.command({
      event,
      place: site.place,
      person,
      name: LIVE,
      text: "",
      options: {},
      mentions: [],
      attachments: [],
      isLive: false,
    }),
  );
  async function ask(form: Form): Promise<void> {
    if (message === undefined) throw new TypeError("Discord names no message");
    const source = sourceOf(message);
    const most = inbox.commands.find(({ name }) => name === LIVE)?.attachmentsMax ?? 0;
    await openForm(desk, encounter, {
      form: prefilled(form, wordsOf(source, desk.bot())),
      attachments: desk.attach(picturesOf(source.attachments).slice(0, most)),
    });
  }

  await settle(desk, encounter, { reply, isLive: false, ask });
}

/** The words in the first field for a text, as far as they fit. */
function prefilled(form: Form, words: string): Form {
  const field = form.fields.find((each) => each.type === "text");
  if (field === undefined) return form;
  return filledIn(form, { [field.name]: [...words].slice(0, field.lengthMax).join("") });
}
