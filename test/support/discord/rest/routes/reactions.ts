import { PermissionFlagsBits as Bit } from "discord.js";
import { toUserJson } from "../../world/describe-things.ts";
import { requirePermission } from "../../world/permissions.ts";
import { react, unreact } from "../../world/reactions.ts";
import { invalid, unknownEmoji, unknownUser } from "../../world/refusal.ts";
import { channelOf, messageOf } from "../find.ts";
import { type Bucket, NO_CONTENT, ok, type Route, type RouteCall } from "../route.ts";

// https://docs.discord.com/developers/resources/message#create-reaction

const PATH = "/channels/{channel}/messages/{message}/reactions/{emoji}";

/** One in 250 ms in a channel, adding and removing together: https://github.com/discord/discord-api-docs/issues/182 */
const REACTIONS: Bucket = { name: "reactions", limit: 1, windowMs: 250 };

export const REACTION_ROUTES: readonly Route[] = [
  {
    method: "PUT",
    path: `${PATH}/@me`,
    auth: "bot",
    bucket: REACTIONS,
    run(call) {
      react(call.world, { ...reactionOf(call), user: call.world.bot });
      return NO_CONTENT;
    },
  },
  {
    method: "DELETE",
    path: `${PATH}/@me`,
    auth: "bot",
    bucket: REACTIONS,
    run(call) {
      unreact(call.world, { ...reactionOf(call), user: call.world.bot });
      return NO_CONTENT;
    },
  },
  {
    method: "DELETE",
    path: `${PATH}/{user}`,
    auth: "bot",
    bucket: REACTIONS,
    run(call) {
      const reaction = reactionOf(call);
      requirePermission(reaction.message.channel, call.world.bot, Bit.ManageMessages);
      const user = call.world.users.get(call.param("user"));
      if (user === undefined) throw unknownUser();
      unreact(call.world, { ...reaction, user });
      unreact(call.world, { ...reaction, user, isBurst: true });
      return NO_CONTENT;
    },
  },
  {
    method: "GET",
    path: PATH,
    auth: "bot",
    query: ["type", "after", "limit"],
    bucket: { name: "read-reactions", limit: 10, windowMs: 1000 },
    run: (call) => ok(listUsers(call)),
  },
];

function reactionOf(call: RouteCall) {
  return { message: messageOf(call, channelOf(call)), emoji: call.param("emoji"), isBurst: false };
}

/** `type` 0: normal reactions (the default), 1: super reactions; `limit` 1 to 100, default 25. */
function listUsers(call: RouteCall) {
  const { world, query } = call;
  const { message, emoji } = reactionOf(call);
  const limit = Number(query.get("limit") ?? 25);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.");
  if (!/^\p{RGI_Emoji}$/v.test(emoji)) throw unknownEmoji();
  const reaction = message.reactions.get(emoji);
  const ids = [...((query.get("type") === "1" ? reaction?.burst : reaction?.normal) ?? [])];
  const after = BigInt(query.get("after") ?? "0");
  return ids
    .map(BigInt)
    .sort((a, b) => (a < b ? -1 : 1))
    .filter((id) => id > after)
    .slice(0, limit)
    .flatMap((id) => world.users.get(String(id)) ?? [])
    .map(toUserJson);
}
