import { UPLOAD_LIMIT } from "./attachments.ts";
import {
  guildPermissions,
  toBareMemberJson,
  toInteractionChannelJson,
  toMemberJson,
  toUserJson,
} from "./describe-things.ts";
import { toMessageJson } from "./message-json.ts";
import { permissionsIn } from "./permissions.ts";
import type { ChannelRecord, InteractionRecord, Json, MessageRecord, UserRecord } from "./records.ts";
import type { World } from "./world.ts";

export interface NewInteraction {
  readonly type: number;
  readonly user: UserRecord;
  readonly channel: ChannelRecord;
  readonly data: Json;
  readonly message: MessageRecord | undefined;
  readonly targetMessage: string | undefined;
}

/**
 * Sends an interaction to the app, and waits for its first answer: "you must send an initial response within 3 seconds
 * of receiving the event". https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback
 */
export function interact(world: World, asked: NewInteraction): Promise<InteractionRecord> {
  return new Promise((resolve) => {
    const { type, user, channel, message, targetMessage } = asked;
    const timer = setTimeout(() => {
      interaction.isLate = interaction.answer === undefined;
      world.changed();
      resolve(interaction);
    }, world.settings.ackMs);
    const guildLimit = channel.guild?.attachmentLimit ?? UPLOAD_LIMIT;
    const interaction: InteractionRecord = {
      id: world.id(),
      token: `${world.secret()}${world.secret()}`,
      type,
      user,
      channel,
      message,
      targetMessage,
      attachmentLimit: Math.max(guildLimit, user.attachmentLimit),
      createdAt: world.clock.now(),
      sentAt: performance.now(),
      payload: {},
      sentTo: 0,
      isLate: false,
      answer: undefined,
      answeredAt: undefined,
      refused: 0,
      original: undefined,
      followUps: new Map(),
      shown: undefined,
      onAnswer(answered) {
        clearTimeout(timer);
        resolve(answered);
      },
    };
    interaction.payload = toInteractionJson(world, interaction, asked.data);
    world.interactions.set(interaction.id, interaction);
    world.tokens.set(interaction.token, interaction);
    interaction.sentTo = world.dispatchCounted({
      type: "INTERACTION_CREATE",
      guild: channel.guild,
      channel: undefined,
      data: interaction.payload,
    });
  });
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-structure */
function toInteractionJson(world: World, interaction: InteractionRecord, data: Json): Json {
  const { user, channel, message } = interaction;
  const { guild } = channel;
  const member = guild?.members.get(user.id);
  const person =
    guild === undefined || member === undefined
      ? { user: toUserJson(user), context: 1, authorizing_integration_owners: { "0": "0" } }
      : {
          guild_id: guild.id,
          guild: { id: guild.id, locale: "en-US", features: [] },
          guild_locale: "en-US",
          member: { ...toMemberJson(member), permissions: String(permissionsIn(channel, user)) },
          context: 0,
          authorizing_integration_owners: { "0": guild.id },
        };
  return {
    id: interaction.id,
    application_id: world.app.id,
    type: interaction.type,
    data,
    channel: toInteractionChannelJson(channel, user),
    channel_id: channel.id,
    token: interaction.token,
    version: 1,
    app_permissions: String(permissionsIn(channel, world.bot)),
    locale: user.locale,
    entitlements: [],
    attachment_size_limit: interaction.attachmentLimit,
    ...person,
    ...(message === undefined ? {} : { message: toMessageJson(world, message) }),
  };
}

/** Users, with their members, for `resolved`: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure */
export function resolvedUsers(channel: ChannelRecord, users: readonly UserRecord[]): Json {
  const members = users.flatMap((user) => {
    const member = channel.guild?.members.get(user.id);
    if (member === undefined || channel.guild === undefined) return [];
    return [[user.id, { ...toBareMemberJson(member), permissions: guildPermissions(channel.guild, member) }]];
  });
  return {
    users: Object.fromEntries(users.map((user) => [user.id, toUserJson(user)])),
    members: Object.fromEntries(members),
  };
}
