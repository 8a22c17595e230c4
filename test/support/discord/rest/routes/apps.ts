import { listCommands, putCommands, toPermissionsJson } from "../../world/commands.ts";
import {
  toChannelJson,
  toGuildJson,
  toMemberJson,
  toRoleJson,
  toUserJson,
} from "../../world/describe-things.ts";
import { openDirect } from "../../world/guilds.ts";
import { permissionsIn } from "../../world/permissions.ts";
import { missingAccess, unknownMember, unknownUser } from "../../world/refusal.ts";
import type { World } from "../../world/world.ts";
import { guildOf } from "../find.ts";
import { ok, type Route, type RouteCall, USUAL } from "../route.ts";

// The bot itself, its app, its commands, and the guilds that it is in.

export const APP_ROUTES: readonly Route[] = [
  {
    // https://docs.discord.com/developers/events/gateway#get-gateway-bot
    method: "GET",
    path: "/gateway/bot",
    auth: "bot",
    bucket: { name: "gateway-bot", limit: 2, windowMs: 5000 },
    run: ({ world }) => ok(toGatewayJson(world)),
  },
  {
    method: "GET",
    path: "/users/@me",
    auth: "bot",
    bucket: USUAL,
    run: ({ world }) => ok({ ...toUserJson(world.bot), verified: true, mfa_enabled: true, email: null }),
  },
  {
    // https://docs.discord.com/developers/resources/user#get-current-user-guilds
    method: "GET",
    path: "/users/@me/guilds",
    auth: "bot",
    query: ["limit", "after", "before", "with_counts"],
    bucket: USUAL,
    run: ({ world, query }) => ok(listGuilds(world, query)),
  },
  {
    method: "GET",
    path: "/applications/@me",
    auth: "bot",
    bucket: USUAL,
    run: ({ world }) => ok(toApplicationJson(world)),
  },
  {
    method: "GET",
    path: "/oauth2/applications/@me",
    auth: "bot",
    bucket: USUAL,
    run: ({ world }) => ok(toApplicationJson(world)),
  },
  {
    method: "GET",
    path: "/applications/{application}/commands",
    auth: "bot",
    query: ["with_localizations"],
    bucket: USUAL,
    run(call) {
      requireOwn(call);
      return ok(listCommands(call.world, undefined));
    },
  },
  {
    method: "PUT",
    path: "/applications/{application}/commands",
    auth: "bot",
    bucket: { name: "put-commands", limit: 2, windowMs: 60_000 },
    run(call) {
      requireOwn(call);
      return ok(putCommands(call.world, undefined, call.body));
    },
  },
  {
    method: "GET",
    path: "/applications/{application}/guilds/{guild}/commands",
    auth: "bot",
    query: ["with_localizations"],
    bucket: USUAL,
    run(call) {
      requireOwn(call);
      return ok(listCommands(call.world, guildOf(call)));
    },
  },
  {
    method: "PUT",
    path: "/applications/{application}/guilds/{guild}/commands",
    auth: "bot",
    bucket: { name: "put-guild-commands", limit: 2, windowMs: 60_000 },
    run(call) {
      requireOwn(call);
      return ok(putCommands(call.world, guildOf(call), call.body));
    },
  },
  {
    method: "GET",
    path: "/applications/{application}/guilds/{guild}/commands/permissions",
    auth: "bot",
    bucket: USUAL,
    run(call) {
      requireOwn(call);
      const guild = guildOf(call);
      return ok([...guild.commandPermissions.keys()].map((id) => toPermissionsJson(call.world, guild, id)));
    },
  },
  {
    method: "GET",
    path: "/guilds/{guild}",
    auth: "bot",
    query: ["with_counts"],
    bucket: USUAL,
    run: (call) => ok(toGuildJson(call.world, guildOf(call))),
  },
  {
    method: "GET",
    path: "/guilds/{guild}/roles",
    auth: "bot",
    bucket: USUAL,
    run(call) {
      const guild = guildOf(call);
      return ok([...guild.roles.values()].map((role) => toRoleJson(call.world, guild, role)));
    },
  },
  {
    method: "GET",
    path: "/guilds/{guild}/channels",
    auth: "bot",
    bucket: USUAL,
    run(call) {
      const all = [...guildOf(call).channels.values()].filter((each) => each.thread === undefined);
      return ok(all.filter((each) => permissionsIn(each, call.world.bot) !== 0n).map(toChannelJson));
    },
  },
  {
    // "Returns a guild member object": no privileged intent is needed for one. https://docs.discord.com/developers/resources/guild#get-guild-member
    method: "GET",
    path: "/guilds/{guild}/members/{user}",
    auth: "bot",
    bucket: { name: "read-member", limit: 5, windowMs: 1000 },
    run(call) {
      const member = guildOf(call).members.get(call.param("user"));
      if (member !== undefined) return ok(toMemberJson(member));
      throw call.world.users.has(call.param("user")) ? unknownMember() : unknownUser();
    },
  },
  {
    method: "POST",
    path: "/users/@me/channels",
    auth: "bot",
    fields: ["recipient_id"],
    bucket: { name: "open-direct", limit: 10, windowMs: 10_000 },
    run({ world, json }) {
      const user = world.users.get(String(json.recipient_id));
      if (user === undefined) throw unknownUser();
      return ok(toChannelJson(openDirect(world, user)));
    },
  },
];

function requireOwn({ world, param }: RouteCall): void {
  if (param("application") !== world.app.id) throw missingAccess();
}

function toApplicationJson(world: World) {
  return {
    id: world.app.id,
    name: world.bot.name,
    icon: null,
    description: "",
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    team: null,
    owner: null,
    flags: 0,
    approximate_guild_count: world.guilds.size,
    interactions_endpoint_url: null,
    bot: toUserJson(world.bot),
  };
}

function toGatewayJson(world: World) {
  const { shards, maxConcurrency, identifiesMax } = world.settings;
  return {
    url: `${world.url.replace("http", "ws")}/gateway`,
    shards,
    session_start_limit: {
      total: identifiesMax,
      remaining: Math.max(0, identifiesMax - world.identifies.length),
      reset_after: 24 * 60 * 60_000,
      max_concurrency: maxConcurrency,
    },
  };
}

/** "Max number of guilds to return (1-200)". */
function listGuilds(world: World, query: URLSearchParams) {
  const after = BigInt(query.get("after") ?? "0");
  return [...world.guilds.values()]
    .filter((guild) => guild.members.has(world.bot.id) && BigInt(guild.id) > after)
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    .slice(0, Number(query.get("limit") ?? 200))
    .map((guild) => ({
      id: guild.id,
      name: guild.name,
      icon: null,
      banner: null,
      owner: false,
      permissions: String(guild.roles.get(guild.botRole)?.permissions ?? 0n),
      features: [],
    }));
}
