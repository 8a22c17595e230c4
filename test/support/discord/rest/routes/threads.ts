import { PermissionFlagsBits as Bit } from "discord.js";
import { toChannelJson } from "../../world/describe-things.ts";
import { canSee, may, requirePermission } from "../../world/permissions.ts";
import { missingPermissions, wrongChannelType } from "../../world/refusal.ts";
import { setArchived } from "../../world/thread-silence.ts";
import { startBareThread, startThread } from "../../world/threads.ts";
import { channelOf, guildOf, messageOf } from "../find.ts";
import { NO_CONTENT, ok, type Route, USUAL } from "../route.ts";

// https://docs.discord.com/developers/resources/channel

export const THREAD_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/channels/{channel}",
    auth: "bot",
    bucket: USUAL,
    run: (call) => ok(toChannelJson(channelOf(call))),
  },
  {
    method: "POST",
    path: "/channels/{channel}/messages/{message}/threads",
    auth: "bot",
    // discord.js sends a `type`, which Discord does not heed here.
    fields: ["name", "auto_archive_duration", "rate_limit_per_user", "type"],
    bucket: { name: "create-thread", limit: 10, windowMs: 10_000 },
    run(call) {
      const { world, json } = call;
      const channel = channelOf(call);
      const thread = startThread(world, messageOf(call, channel), {
        name: json.name,
        autoArchive: json.auto_archive_duration,
        by: world.bot,
      });
      return { status: 201, body: toChannelJson(thread) };
    },
  },
  {
    method: "POST",
    path: "/channels/{channel}/threads",
    auth: "bot",
    fields: ["name", "auto_archive_duration", "rate_limit_per_user", "type", "invitable"],
    bucket: { name: "create-thread", limit: 10, windowMs: 10_000 },
    run(call) {
      const { world, json } = call;
      const channel = channelOf(call);
      if (channel.type === 15) throw wrongChannelType();
      const thread = startBareThread(world, channel, {
        name: json.name,
        autoArchive: json.auto_archive_duration,
        by: world.bot,
      });
      return { status: 201, body: toChannelJson(thread) };
    },
  },
  {
    method: "PATCH",
    path: "/channels/{channel}",
    auth: "bot",
    fields: ["archived", "locked"],
    bucket: { name: "edit-channel", limit: 5, windowMs: 10_000 },
    run(call) {
      const { world, json } = call;
      const channel = channelOf(call);
      if (channel.thread === undefined) throw missingPermissions();
      const isOwner = channel.thread.owner === world.bot.id;
      const mayManage = may(channel, world.bot, Bit.ManageThreads);
      // Anybody who can send may unarchive an unlocked thread; archiving is for its owner, locking for moderators.
      if (!mayManage && (channel.thread.isLocked || json.locked !== undefined)) throw missingPermissions();
      if (!mayManage && !isOwner && json.archived === true) throw missingPermissions();
      const isArchived = Boolean(json.archived ?? channel.thread.isArchived);
      setArchived(world, channel, isArchived, Boolean(json.locked ?? channel.thread.isLocked));
      return ok(toChannelJson(channel));
    },
  },
  {
    method: "PUT",
    path: "/channels/{channel}/thread-members/@me",
    auth: "bot",
    bucket: USUAL,
    run(call) {
      const channel = channelOf(call);
      if (channel.thread === undefined) throw wrongChannelType();
      requirePermission(channel, call.world.bot, Bit.ViewChannel);
      channel.thread.members.add(call.world.bot.id);
      return NO_CONTENT;
    },
  },
  {
    method: "GET",
    path: "/guilds/{guild}/threads/active",
    auth: "bot",
    bucket: USUAL,
    run(call) {
      const all = [...guildOf(call).channels.values()];
      const active = all.filter((each) => each.thread?.isArchived === false && canSee(each, call.world.bot));
      return ok({ threads: active.map(toChannelJson), members: [] });
    },
  },
];
