import type { DiscordOutcome, MessageAt } from "../discord-people.ts";
import { allOf } from "../world/components.ts";
import { interact, type NewInteraction } from "../world/interactions.ts";
import { toMessageJson } from "../world/message-json.ts";
import { canSee } from "../world/permissions.ts";
import type { ChannelRecord, Json, MessageRecord, UserRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { toForm } from "./read-form.ts";
import { toDiscordMessage } from "./snapshots.ts";

export interface ActParts {
  readonly world: World;
  readonly user: UserRecord;
}

export const NO_ANSWER = "The application did not respond";

/** Sends what a person does to the app, and says what they see of its answer. */
export async function act(parts: ActParts, asked: Omit<NewInteraction, "user">): Promise<DiscordOutcome> {
  const { world, user } = parts;
  const interaction = await interact(world, { ...asked, user });
  const message = () => {
    if (interaction.original === undefined) throw new Error("an answer without a message");
    return toDiscordMessage(world, interaction.original);
  };
  switch (interaction.answer) {
    case 4:
      return { kind: "replied", message: message() };
    case 5:
      return { kind: "deferred", message: message() };
    case 6:
      return { kind: "acked" };
    case 7:
      return { kind: "updated", message: message() };
    case 9:
      world.forms.set(user.id, interaction);
      return { kind: "form", form: toForm(interaction.shown ?? {}) };
    default:
      return { kind: "failed", text: NO_ANSWER };
  }
}

/** A channel that the person sees. @throws Error */
export function findChannel({ world, user }: ActParts, id: string): ChannelRecord {
  const channel = world.channels.get(id);
  if (channel === undefined || !canSee(channel, user)) throw new Error(`${user.name} sees no channel ${id}`);
  return channel;
}

/** A message that the person sees, one of their own private ones too. @throws Error */
export function findMessage(parts: ActParts, at: MessageAt): MessageRecord {
  const { world, user } = parts;
  const channel = findChannel(parts, at.channelId);
  const own = world.ephemerals.get(at.id);
  const message = channel.messages.get(at.id) ?? (own?.ephemeralFor === user.id ? own : undefined);
  if (message === undefined) throw new Error(`${user.name} sees no message ${at.id}`);
  return message;
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-message-component-data-structure */
export function press(parts: ActParts, at: MessageAt, button: string): Promise<DiscordOutcome> {
  const message = findMessage(parts, at);
  const buttons = allOf(message.components).filter((each) => each.type === 2 && each.custom_id !== undefined);
  const labelOf = (each: Json) => String(each.label ?? (each.emoji as Json | undefined)?.name);
  const found = buttons.find((each) => each.custom_id === button || labelOf(each) === button);
  if (found === undefined) {
    const labels = buttons.map(labelOf).join(", ");
    throw new Error(`there is no button "${button}" among: ${labels || "none"}`);
  }
  if (found.disabled === true) throw new Error(`the button "${button}" is disabled`);
  return pressId(parts, message, String(found.custom_id), Number(found.id));
}

export function pressId(
  parts: ActParts,
  message: MessageRecord,
  customId: string,
  id: number,
): Promise<DiscordOutcome> {
  return act(parts, {
    type: 3,
    channel: message.channel,
    message,
    targetMessage: undefined,
    data: { component_type: 2, custom_id: customId, id },
  });
}

/** https://docs.discord.com/developers/interactions/application-commands#message-commands */
export function runMessageCommand(
  parts: ActParts,
  command: Json,
  message: MessageRecord,
): Promise<DiscordOutcome> {
  return act(parts, {
    type: 2,
    channel: message.channel,
    message: undefined,
    targetMessage: message.id,
    data: {
      ...command,
      target_id: message.id,
      resolved: { messages: { [message.id]: toMessageJson(parts.world, message) } },
    },
  });
}
