import { GatewayIntentBits as Intent } from "discord.js";
import { withoutContent } from "../world/message-json.ts";
import type { Dispatch, Json } from "../world/records.ts";
import type { World } from "../world/world.ts";

// https://docs.discord.com/developers/events/gateway#list-of-intents

const GUILD_EVENTS = /^(GUILD_(CREATE|UPDATE|DELETE|ROLE_\w+)|CHANNEL_(CREATE|UPDATE|DELETE)|THREAD_\w+)$/;
const REACTION_EVENTS = /^MESSAGE_REACTION_/;

/** Every bit that means something. */
export const KNOWN_INTENTS = Object.values(Intent).reduce<number>(
  (all, bit) => (typeof bit === "number" ? all | bit : all),
  0,
);
export const PRIVILEGED_INTENTS = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;

/** The intent that an event needs; undefined for what always comes. */
function intentFor({ type, guild }: Dispatch): number | undefined {
  if (GUILD_EVENTS.test(type)) return Intent.Guilds;
  if (type.startsWith("GUILD_MEMBER_")) return Intent.GuildMembers;
  if (REACTION_EVENTS.test(type))
    return guild === undefined ? Intent.DirectMessageReactions : Intent.GuildMessageReactions;
  if (type.startsWith("MESSAGE_")) return guild === undefined ? Intent.DirectMessages : Intent.GuildMessages;
  return undefined;
}

/** Whether a session with these intents hears of it. */
export function isWanted(world: World, dispatch: Dispatch, intents: number): boolean {
  const intent = intentFor(dispatch);
  if (intent === undefined || (intents & intent) !== 0) return true;
  // "Guild Member Update is sent for current-user updates regardless of whether the GUILD_MEMBERS intent is set."
  const user = dispatch.data.user as Json | undefined;
  return dispatch.type === "GUILD_MEMBER_UPDATE" && user?.id === world.bot.id;
}

/** What of an event a session with these intents is told. */
export function visibleData(world: World, { type, guild, data }: Dispatch, intents: number): Json {
  const isMessage = type === "MESSAGE_CREATE" || type === "MESSAGE_UPDATE";
  if (!isMessage || (intents & Intent.MessageContent) !== 0) return data;
  return withoutContent(world, data, guild === undefined);
}
