import { GatewayIntentBits } from "discord.js";
import { toAttachmentJson } from "./attachments.ts";
import { mediaOf, nameIn, toShownComponents } from "./components.ts";
import { toBareMemberJson, toChannelJson, toUserJson } from "./describe-things.ts";
import type { AttachmentRecord, InteractionRecord, Json, MessageRecord, ReactionRecord } from "./records.ts";
import type { World } from "./world.ts";

/** https://docs.discord.com/developers/resources/message#message-object */
export function toMessageJson(world: World, message: MessageRecord): Json {
  const { channel, author, mentions, interaction } = message;
  const replied = message.replyTo === undefined ? undefined : channel.messages.get(message.replyTo);
  return {
    id: message.id,
    channel_id: channel.id,
    author: toUserJson(author),
    type: message.type,
    content: message.content,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === undefined ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: mentions.everyone,
    mentions: mentions.users.flatMap((id) => userOf(world, id)),
    mention_roles: mentions.roles,
    attachments: unshownOf(message).map((each) => toAttachmentJson(world, each)),
    embeds: message.embeds,
    pinned: false,
    flags: message.flags,
    components: toShownComponents(world, message.components, message.attachments),
    ...(message.reactions.size === 0 ? {} : { reactions: reactionsOf(world, message) }),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(message.replyTo === undefined
      ? {}
      : {
          message_reference: {
            type: 0,
            channel_id: message.type === 21 ? channel.parent?.id : channel.id,
            message_id: message.replyTo,
            ...(channel.guild === undefined ? {} : { guild_id: channel.guild.id }),
          },
          referenced_message:
            replied === undefined ? null : toMessageJson(world, { ...replied, replyTo: undefined }),
        }),
    ...(message.thread === undefined ? {} : { thread: toChannelJson(message.thread) }),
    ...(interaction === undefined ? {} : ofInteraction(world, message, interaction)),
  };
}

/**
 * As an app sees it without MESSAGE_CONTENT, over the gateway and REST alike: empty content, embeds, attachments and
 * components, but for its own messages, those that mention it, and direct ones.
 * https://docs.discord.com/developers/events/gateway#message-content-intent
 */
export function withoutContent(world: World, json: Json, isDirect: boolean): Json {
  const author = json.author as Json;
  const mentions = (json.mentions ?? []) as readonly Json[];
  if (isDirect || author.id === world.bot.id || mentions.some((each) => each.id === world.bot.id))
    return json;
  return { ...json, content: "", embeds: [], attachments: [], components: [] };
}

/** As REST tells it. */
export function toRestMessageJson(world: World, message: MessageRecord): Json {
  const json = toMessageJson(world, message);
  const hasContent = (world.settings.privilegedIntents & GatewayIntentBits.MessageContent) !== 0;
  return hasContent ? json : withoutContent(world, json, message.channel.guild === undefined);
}

function ofInteraction(world: World, message: MessageRecord, interaction: InteractionRecord): Json {
  const { original } = interaction;
  return {
    application_id: world.app.id,
    webhook_id: world.app.id,
    interaction_metadata: {
      id: interaction.id,
      type: interaction.type,
      user: toUserJson(interaction.user),
      authorizing_integration_owners: { "0": interaction.channel.guild?.id ?? "0" },
      ...(original !== undefined && original.id !== message.id
        ? { original_response_message_id: original.id }
        : {}),
      ...(interaction.type === 3 ? { interacted_message_id: interaction.message?.id } : {}),
      ...(interaction.targetMessage === undefined ? {} : { target_message_id: interaction.targetMessage }),
    },
  };
}

function userOf(world: World, id: string): readonly Json[] {
  const user = world.users.get(id);
  return user === undefined ? [] : [toUserJson(user)];
}

function reactionsOf(world: World, message: MessageRecord): readonly Json[] {
  const toJson = ([name, { normal, burst }]: [string, ReactionRecord]) => ({
    emoji: { id: null, name },
    count: normal.size + burst.size,
    count_details: { burst: burst.size, normal: normal.size },
    burst_colors: [],
    me: normal.has(world.bot.id),
    me_burst: burst.has(world.bot.id),
  });
  return [...message.reactions].map(toJson);
}

/** As the gateway tells it: with guild and member. https://docs.discord.com/developers/events/gateway-events#message-create */
export function toMessageEventJson(world: World, message: MessageRecord): Json {
  const { guild } = message.channel;
  const member = guild?.members.get(message.author.id);
  return {
    ...toMessageJson(world, message),
    channel_type: message.channel.type,
    ...(guild === undefined ? {} : { guild_id: guild.id }),
    ...(member === undefined ? {} : { member: toBareMemberJson(member) }),
  };
}

/** "Any attached files that are not referenced in embeds or components." */
function unshownOf({ attachments, components }: MessageRecord): readonly AttachmentRecord[] {
  const shown = mediaOf(components).map(({ media }) => nameIn(media.url));
  return attachments.filter((each) => !shown.includes(each.name));
}
