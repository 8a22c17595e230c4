import { PermissionFlagsBits as Bit } from "discord.js";
import { FLAG } from "../../world/check-body.ts";
import { toMessageJson, toRestMessageJson } from "../../world/message-json.ts";
import { createMessage, deleteMessage, editMessage } from "../../world/messages.ts";
import { may, requirePermission, sendBit } from "../../world/permissions.ts";
import type { ChannelRecord, Json, MessageRecord } from "../../world/records.ts";
import { invalid, missingPermissions, Refusal } from "../../world/refusal.ts";
import { openForMessage, requireOpen } from "../../world/threads.ts";
import type { World } from "../../world/world.ts";
import { channelOf, limitIn, messageOf } from "../find.ts";
import { EDIT_FIELDS, MESSAGE_FIELDS, NO_CONTENT, ok, type Route, type RouteCall, USUAL } from "../route.ts";

// https://docs.discord.com/developers/resources/message

/** "It will be checked for uniqueness in the past few minutes." */
const NONCE_MS = 3 * 60_000;
const HOUR_MS = 60 * 60_000;
/** 30046: how many is not documented. https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const OLD_EDITS = { limit: 3, windowMs: 20_000 } as const;

export const MESSAGE_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/channels/{channel}/messages",
    auth: "bot",
    query: ["around", "before", "after", "limit"],
    bucket: { name: "read-messages", limit: 5, windowMs: 1000 },
    run: (call) => ok(listMessages(call)),
  },
  {
    method: "GET",
    path: "/channels/{channel}/messages/{message}",
    auth: "bot",
    bucket: { name: "read-message", limit: 5, windowMs: 1000 },
    run(call) {
      const channel = channelOf(call);
      requirePermission(channel, call.world.bot, Bit.ReadMessageHistory | connectBit(channel));
      return ok(toRestMessageJson(call.world, messageOf(call, channel)));
    },
  },
  {
    method: "POST",
    path: "/channels/{channel}/messages",
    auth: "bot",
    fields: MESSAGE_FIELDS,
    bucket: { name: "create-message", limit: 5, windowMs: 5000 },
    run: (call) => ok(toMessageJson(call.world, postMessage(call))),
  },
  {
    method: "PATCH",
    path: "/channels/{channel}/messages/{message}",
    auth: "bot",
    fields: EDIT_FIELDS,
    bucket: { name: "edit-message", limit: 5, windowMs: 5000 },
    run: (call) => ok(toMessageJson(call.world, patchMessage(call))),
  },
  {
    method: "DELETE",
    path: "/channels/{channel}/messages/{message}",
    auth: "bot",
    bucket: { name: "delete-message", limit: 5, windowMs: 1000 },
    run(call) {
      const channel = channelOf(call);
      const message = messageOf(call, channel);
      requireOpen(channel);
      if (message.author.id !== call.world.bot.id)
        requirePermission(channel, call.world.bot, Bit.ManageMessages);
      deleteMessage(call.world, message);
      return NO_CONTENT;
    },
  },
  {
    method: "POST",
    path: "/channels/{channel}/typing",
    auth: "bot",
    bucket: USUAL,
    run(call) {
      const channel = channelOf(call);
      requirePermission(channel, call.world.bot, sendBit(channel));
      return NO_CONTENT;
    },
  },
];

/** "Returns an array of message objects from newest to oldest"; none without READ_MESSAGE_HISTORY. */
function listMessages(call: RouteCall): readonly Json[] {
  const { world, query } = call;
  const channel = channelOf(call);
  const limit = Number(query.get("limit") ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.");
  if (["around", "before", "after"].filter((name) => query.has(name)).length > 1)
    throw invalid("before", "BASE_TYPE_CHOICES", "before, after and around are mutually exclusive.");
  requirePermission(channel, world.bot, connectBit(channel));
  if (!may(channel, world.bot, Bit.ReadMessageHistory)) return [];
  const all = [...channel.messages.values()].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  return pageOf(all, query, limit)
    .reverse()
    .map((message) => toRestMessageJson(world, message));
}

/** "If the channel is a voice channel, they must also have the CONNECT permission." */
function connectBit(channel: ChannelRecord): bigint {
  return channel.type === 2 ? Bit.Connect : 0n;
}

function pageOf(all: readonly MessageRecord[], query: URLSearchParams, limit: number): MessageRecord[] {
  const number = (name: string) => BigInt(query.get(name) ?? "0");
  if (query.has("after")) return all.filter((each) => BigInt(each.id) > number("after")).slice(0, limit);
  if (query.has("before")) return all.filter((each) => BigInt(each.id) < number("before")).slice(-limit);
  if (!query.has("around")) return all.slice(-limit);
  const at = all.findIndex((each) => BigInt(each.id) >= number("around"));
  return all.slice(Math.max(0, at - Math.floor(limit / 2))).slice(0, limit);
}

function postMessage(call: RouteCall): MessageRecord {
  const { world, json } = call;
  const channel = channelOf(call);
  // A forum holds posts, no messages: 50008, https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
  if (channel.type === 15) throw new Refusal(400, 50008, "Cannot send messages in a non-text channel");
  requirePermission(channel, world.bot, sendBit(channel));
  if (call.files.length > 0 && !may(channel, world.bot, Bit.AttachFiles)) throw missingPermissions();
  if ((Number(json.flags ?? 0) & FLAG.ephemeral) !== 0)
    throw invalid("flags", "BITFIELD_TYPE_NOT_SETTABLE", "EPHEMERAL is for interactions alone");
  const replyTo = repliedTo(world, channel, json);
  const repeated = json.enforce_nonce === true ? findNonce(world, json.nonce) : undefined;
  if (repeated !== undefined) return repeated;
  openForMessage(world, channel);
  const message = createMessage(
    world,
    {
      channel,
      author: world.bot,
      type: replyTo === undefined ? 0 : 19,
      flags: 0,
      interaction: undefined,
      ephemeralFor: undefined,
      replyTo,
    },
    { body: json, files: call.files, limit: limitIn(channel) },
  );
  if (message.nonce !== undefined) world.nonces.set(String(message.nonce), message);
  return message;
}

/** "The referenced message must exist and cannot be a system message", and needs READ_MESSAGE_HISTORY (160002). */
function repliedTo(world: World, channel: ChannelRecord, body: Json): string | undefined {
  const reference = body.message_reference as Json | undefined;
  if (reference === undefined || reference.message_id === undefined) return undefined;
  if (!may(channel, world.bot, Bit.ReadMessageHistory))
    throw new Refusal(403, 160002, "Cannot reply without permission to read message history");
  const found = channel.messages.get(String(reference.message_id));
  if (found?.type === 21)
    throw invalid(
      "message_reference",
      "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE",
      "Cannot reply to a system message",
    );
  if (found !== undefined) return found.id;
  if (reference.fail_if_not_exists === false) return undefined;
  throw invalid("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message");
}

/** "If another message was created by the same author with the same nonce, that message will be returned." */
function findNonce(world: World, nonce: unknown): MessageRecord | undefined {
  const found = world.nonces.get(String(nonce));
  const isRecent = found !== undefined && found.createdAt >= world.clock.now() - NONCE_MS;
  return isRecent && found.nonce === nonce && found.channel.messages.has(found.id) ? found : undefined;
}

function patchMessage(call: RouteCall): MessageRecord {
  const { world, json } = call;
  const channel = channelOf(call);
  const message = messageOf(call, channel);
  // "Cannot edit a message authored by another user"
  if (message.author.id !== world.bot.id)
    throw new Refusal(403, 50005, "Cannot edit a message authored by another user");
  if (message.type === 21) throw new Refusal(403, 50021, "Cannot execute action on a system message");
  requireOpen(channel);
  if (call.files.length > 0 && !may(channel, world.bot, Bit.AttachFiles)) throw missingPermissions();
  countOldEdit(world, message);
  editMessage(world, message, { body: json, files: call.files, limit: limitIn(channel) });
  return message;
}

/** "Maximum number of edits to messages older than 1 hour reached. Try again later": a 429. */
function countOldEdit(world: World, message: MessageRecord): void {
  const now = world.clock.now();
  if (world.settings.limits === "off" || now - message.createdAt <= HOUR_MS) return;
  const recent = (world.oldEdits.get(message.channel.id) ?? []).filter((at) => at > now - OLD_EDITS.windowMs);
  world.oldEdits.set(message.channel.id, recent);
  const [oldest] = recent;
  if (recent.length >= OLD_EDITS.limit && oldest !== undefined) {
    const retryAfter = world.clock.toReal(oldest + OLD_EDITS.windowMs - now) / 1000;
    throw new Refusal(
      429,
      30046,
      "Maximum number of edits to messages older than 1 hour reached. Try again later",
      {
        more: { retry_after: retryAfter, global: false },
      },
    );
  }
  recent.push(now);
}
