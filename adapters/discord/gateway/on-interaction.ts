import { type APIInteraction, ApplicationCommandType, ComponentType, InteractionType } from "discord.js";
import { ENGLISH } from "../commands/words.ts";
import { userRef } from "../discord-refs.ts";
import { afterOthers } from "./after-others.ts";
import { type Answer, createAnswer, type PutOff } from "./answer.ts";
import type { Desk, Encounter } from "./desk.ts";
import { ofInteraction } from "./event-ids.ts";
import { readFormId } from "./form-ids.ts";
import {
  NOT_IN_SERVER,
  NOT_RECORDED,
  ONLY_IN_SERVERS,
  RESTARTING,
  UNKNOWN_ACTION,
  UNREADABLE_CHANNEL,
} from "./gateway-cards.ts";
import { isLiveForm, LIVE } from "./live.ts";
import { onAutocomplete } from "./on-autocomplete.ts";
import { onCommand } from "./on-command.ts";
import { onMessageCommand } from "./on-message-command.ts";
import { onPress } from "./on-press.ts";
import { onSubmission } from "./on-submission.ts";
import { uploadLimit } from "./upload-limit.ts";

/** Everything that asks for an answer. Autocomplete asks for no more than words. */
type Asking = Exclude<
  APIInteraction,
  { type: InteractionType.Ping | InteractionType.ApplicationCommandAutocomplete }
>;

/** Somebody has used a command, a button or a form. Whatever happens, they are answered. */
export async function onInteraction(desk: Desk, interaction: APIInteraction): Promise<void> {
  const at = Date.now();
  if (interaction.type === InteractionType.Ping) return;
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
    return onAutocomplete(desk, interaction);
  const answer = answerTo(desk, interaction);
  try {
    await handle(desk, interaction, at, answer);
  } catch (error) {
    desk.log.error("discord.event_failed", error, { interaction: interaction.id });
    await answer.whisper(NOT_RECORDED);
  }
}

async function handle(desk: Desk, interaction: Asking, at: number, answer: Answer): Promise<void> {
  const { guild_id: guild, member, channel, id } = interaction;
  // A conversation of one person with the bot, or with others.
  if (guild === undefined || member === undefined || channel === undefined)
    return answer.whisper(ONLY_IN_SERVERS);
  const user = member.user.id;
  desk.roles.saw({ guild, user, roles: member.roles, permissions: BigInt(member.permissions) });
  const bytes = uploadLimit(desk.premiumTier(guild), interaction.attachment_size_limit);
  if (bytes !== undefined) desk.limits.learn(guild, bytes);
  if (desk.stopping.aborted) {
    await afterOthers(at);
    return answer.whisper(RESTARTING);
  }
  // Invited with the scope applications.commands alone: the answer would be shown, and nothing after it.
  if (!desk.isIn(guild)) return answer.whisper(NOT_IN_SERVER);
  const site = await desk.whereabouts.find(guild, channel.id, channel);
  if (site === undefined) return answer.whisper(UNREADABLE_CHANNEL);
  const person = userRef(guild, user);
  await dispatch(desk, { interaction, event: ofInteraction(id), at, site, person, answer });
}

function dispatch(desk: Desk, encounter: Encounter<Asking>): Promise<void> {
  const { interaction } = encounter;
  switch (interaction.type) {
    case InteractionType.ApplicationCommand: {
      const { data } = interaction;
      if (data.type === ApplicationCommandType.ChatInput)
        return onCommand(desk, { ...encounter, interaction: { ...interaction, data } });
      if (data.type === ApplicationCommandType.Message && data.name === ENGLISH.fromMessage.name)
        return onMessageCommand(desk, { ...encounter, interaction: { ...interaction, data } });
      break;
    }
    case InteractionType.MessageComponent: {
      const { data } = interaction;
      if (data.component_type === ComponentType.Button)
        return onPress(desk, { ...encounter, interaction: { ...interaction, data } });
      break;
    }
    case InteractionType.ModalSubmit:
      return onSubmission(desk, { ...encounter, interaction });
  }
  desk.log.debug("discord.not_handled", { type: interaction.type });
  return encounter.answer.whisper(UNKNOWN_ACTION);
}

function answerTo({ callbacks, recent, clock, log }: Desk, interaction: Asking): Answer {
  const { id, token, application_id: application, guild_id: guild, channel, member } = interaction;
  return createAnswer({
    callbacks,
    to: { id, application, token },
    putOff: putOffOf(interaction),
    onTaken() {
      if (guild === undefined || channel === undefined || member === undefined) return;
      recent.remember({ guild, channel: channel.id, user: member.user.id, application, token, at: clock() });
    },
    log,
  });
}

function putOffOf({ type, data }: Asking): PutOff {
  switch (type) {
    case InteractionType.ApplicationCommand:
      return data.type === ApplicationCommandType.ChatInput && data.name === LIVE ? "public" : "private";
    case InteractionType.MessageComponent:
      return "unseen";
    case InteractionType.ModalSubmit:
      return isLiveForm(readFormId(data.custom_id).form) ? "public" : "private";
  }
}
