import { checkBody, FLAG, SETTABLE } from "./check-body.ts";
import { listOf, withIds } from "./components.ts";
import { mentionsOf, NOBODY } from "./mentions.ts";
import { type FilePart, writtenFiles } from "./message-files.ts";
import { toMessageEventJson } from "./message-json.ts";
import type { ChannelRecord, InteractionRecord, Json, MessageRecord, UserRecord } from "./records.ts";
import { Refusal } from "./refusal.ts";
import { expectSilence } from "./thread-silence.ts";
import type { World } from "./world.ts";

/** What is to be written, as it came. */
export interface Write {
  readonly body: Json;
  readonly files: readonly FilePart[];
  /** Bytes that a file may have. */
  readonly limit: number;
}

export interface NewMessage {
  readonly channel: ChannelRecord;
  readonly author: UserRecord;
  readonly type: number;
  /** Besides those that the body may set. */
  readonly flags: number;
  readonly interaction: InteractionRecord | undefined;
  readonly ephemeralFor: string | undefined;
  readonly replyTo: string | undefined;
  /** The id, where it is not any: of a forum post's first message. */
  readonly id?: string;
}

/** @throws Refusal for what Discord does not take. */
export function createMessage(world: World, place: NewMessage, write: Write): MessageRecord {
  const { channel, author, interaction, ephemeralFor, replyTo } = place;
  const { body } = write;
  const isEphemeral = ephemeralFor !== undefined;
  const attachments = writtenFiles(world, channel, { ...write, isEphemeral }, []);
  checkBody(body, attachments, undefined);
  const components = withIds(listOf(body.components));
  const content = String(body.content ?? "");
  const isThinking = (place.flags & FLAG.loading) !== 0;
  if (!isThinking && isEmpty(content, components, attachments, body)) throw emptyMessage();
  const message: MessageRecord = {
    id: place.id ?? world.id(),
    channel,
    author,
    type: place.type,
    content,
    flags: (Number(body.flags ?? 0) & SETTABLE & ~FLAG.ephemeral) | place.flags,
    components,
    embeds: listOf(body.embeds),
    attachments,
    mentions: mentionsOf({
      channel,
      author,
      content,
      components,
      allowed: body.allowed_mentions,
      isByInteraction: interaction !== undefined,
      // An answer to an interaction refers to a message, but is no reply to its author.
      repliedTo:
        replyTo === undefined || interaction !== undefined
          ? undefined
          : channel.messages.get(replyTo)?.author.id,
    }),
    reactions: new Map(),
    createdAt: world.clock.now(),
    editedAt: undefined,
    edits: 0,
    nonce: body.nonce as string | number | undefined,
    replyTo,
    interaction,
    ephemeralFor,
    thread: undefined,
  };
  keepMessage(world, message);
  return message;
}

export function keepMessage(world: World, message: MessageRecord): void {
  const { channel } = message;
  if (message.ephemeralFor !== undefined) {
    world.ephemerals.set(message.id, message);
    world.changed();
    return;
  }
  channel.messages.set(message.id, message);
  channel.lastMessage = message.id;
  channel.thread?.members.add(message.author.id);
  expectSilence(world, channel);
  tell(world, "MESSAGE_CREATE", message);
}

export function tell(world: World, type: "MESSAGE_CREATE" | "MESSAGE_UPDATE", message: MessageRecord): void {
  if (message.ephemeralFor !== undefined) {
    world.changed();
    return;
  }
  const data = toMessageEventJson(world, message);
  world.dispatch({ type, guild: message.channel.guild, channel: message.channel, data });
}

/** What Discord itself writes: the head of a thread. */
export function createSystemMessage(
  world: World,
  place: Pick<NewMessage, "channel" | "author" | "type" | "replyTo">,
): MessageRecord {
  const message: MessageRecord = {
    ...place,
    id: world.id(),
    content: "",
    flags: 0,
    components: [],
    embeds: [],
    attachments: [],
    mentions: NOBODY,
    reactions: new Map(),
    createdAt: world.clock.now(),
    editedAt: undefined,
    edits: 0,
    nonce: undefined,
    interaction: undefined,
    ephemeralFor: undefined,
    thread: undefined,
  };
  keepMessage(world, message);
  return message;
}

/**
 * "If there is no explicit `allowed_mentions` in the edit request, the content will be parsed with default
 * allowances": https://docs.discord.com/developers/resources/message#edit-message
 */
export function editMessage(world: World, message: MessageRecord, write: Write): void {
  const { body } = write;
  const { channel, author } = message;
  const wasThinking = (message.flags & FLAG.loading) !== 0;
  const isEphemeral = message.ephemeralFor !== undefined;
  const attachments = writtenFiles(world, channel, { ...write, isEphemeral }, message.attachments);
  checkBody(body, attachments, message);
  const components = body.components === undefined ? message.components : withIds(listOf(body.components));
  const content = body.content === undefined ? message.content : String(body.content ?? "");
  const embeds = body.embeds === undefined ? message.embeds : listOf(body.embeds);
  if (isEmpty(content, components, attachments, { embeds })) throw emptyMessage();
  const asked = Number(body.flags ?? 0);
  message.flags = (message.flags & ~FLAG.loading) | (asked & FLAG.componentsV2);
  message.content = content;
  message.components = components;
  message.embeds = embeds;
  message.attachments = attachments;
  if (body.content !== undefined || body.components !== undefined) {
    message.mentions = mentionsOf({
      channel,
      author,
      content,
      components,
      allowed: body.allowed_mentions,
      isByInteraction: message.interaction !== undefined,
      repliedTo: undefined,
    });
  }
  if (!wasThinking) {
    message.edits += 1;
    message.editedAt = world.clock.now();
  }
  tell(world, "MESSAGE_UPDATE", message);
}

export function isThere(world: World, message: MessageRecord): boolean {
  return world.ephemerals.has(message.id) || message.channel.messages.has(message.id);
}

export function deleteMessage(world: World, message: MessageRecord): void {
  const { channel } = message;
  if (message.ephemeralFor !== undefined) {
    world.ephemerals.delete(message.id);
    world.changed();
    return;
  }
  channel.messages.delete(message.id);
  const guild = channel.guild === undefined ? {} : { guild_id: channel.guild.id };
  const data = { id: message.id, channel_id: channel.id, ...guild };
  world.dispatch({ type: "MESSAGE_DELETE", guild: channel.guild, channel, data });
}

function isEmpty(
  content: string,
  components: readonly Json[],
  attachments: readonly unknown[],
  more: Json,
): boolean {
  const hasMore = listOf(more.embeds).length > 0 || listOf(more.sticker_ids).length > 0 || Boolean(more.poll);
  return content.trim() === "" && components.length === 0 && attachments.length === 0 && !hasMore;
}

function emptyMessage(): Refusal {
  return new Refusal(400, 50006, "Cannot send an empty message");
}
