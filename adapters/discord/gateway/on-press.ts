import { type APIMessageComponentButtonInteraction, MessageFlags } from "discord.js";
import { messageRef } from "../discord-refs.ts";
import { afterOthers } from "./after-others.ts";
import type { Desk, Encounter } from "./desk.ts";
import { readOpenAgainId } from "./form-ids.ts";
import { FORM_GONE } from "./gateway-cards.ts";
import { findObstacle } from "./obstacle.ts";
import { openForm } from "./open-form.ts";
import { recorded } from "./recorded.ts";

/** A message may be pressed before we know that it stands: what it is about is asked again, until that is known. */
const PATIENCE_MS = 30_000;

export async function onPress(
  desk: Desk,
  encounter: Encounter<APIMessageComponentButtonInteraction>,
): Promise<void> {
  const { interaction, event, site, person, answer } = encounter;
  const action = interaction.data.custom_id;
  const ticket = readOpenAgainId(action);
  if (ticket !== undefined) return openAgain(desk, encounter, ticket);
  const obstacle = isPrivate(interaction.message) ? undefined : findObstacle(interaction, site);
  if (obstacle !== undefined) return answer.whisper(obstacle);
  const { guild, channel } = site;
  const message = messageRef({ guild, channel, message: interaction.message.id });
  const reply = await recorded(desk, PATIENCE_MS, () =>
    desk.inbox.press({ event, place: site.place, person, message, action }),
  );
  switch (reply.kind) {
    case "done":
      return answer.keepSilent();
    case "form":
      return openForm(desk, encounter, { form: reply.form, attachments: [] });
    case "started":
    case "whisper":
    case "refused":
      return answer.whisper(reply.card);
  }
}

async function openAgain(desk: Desk, encounter: Encounter<unknown>, ticket: string): Promise<void> {
  const { answer, person, at } = encounter;
  const opening = desk.forms.find(ticket, person);
  if (opening !== undefined) return openForm(desk, encounter, opening, ticket);
  await afterOthers(at);
  await answer.whisper(FORM_GONE);
}

/** What stands in a message for one person, such as the buttons of a budget, starts no work in the channel. */
export function isPrivate({ flags = 0 }: { readonly flags?: number | undefined }): boolean {
  return (flags & MessageFlags.Ephemeral) !== 0;
}
