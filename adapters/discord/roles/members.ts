import { type REST, RESTJSONErrorCodes, Routes } from "discord.js";
import { z } from "zod";
import type { Clock } from "../../../src/ports/log.ts";
import { discordCode } from "../discord-errors.ts";
import { createAnswerCache } from "./answer-cache.ts";
import { askDiscord } from "./ask-discord.ts";

/** Which roles people have. */
export interface Members {
  /**
   * The ids of somebody's roles, without that of everybody; none for who is not in the server.
   *
   * @throws ChatError `unavailable`
   */
  rolesOf(guild: string, user: string): Promise<readonly string[]>;
  /** Whether somebody is in the server. @throws ChatError `unavailable` */
  isThere(guild: string, user: string): Promise<boolean>;
  /** Events tell of whoever acts. */
  saw(guild: string, user: string, roles: readonly string[]): void;
  forget(guild: string): void;
}

/** https://docs.discord.com/developers/resources/guild#get-guild-member: one person can be asked for without a privileged intent. */
const MEMBER = z.object({ roles: z.array(z.string()) });
/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const NOBODY: ReadonlySet<number> = new Set([
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownUser,
]);
const KEYS_MAX = 20_000;

export function createMembers({ rest, clock }: { readonly rest: REST; readonly clock: Clock }): Members {
  const known = createAnswerCache<readonly string[] | "absent">(KEYS_MAX, clock);
  const keyOf = (guild: string, user: string) => `${guild}:${user}`;

  async function ask(guild: string, user: string): Promise<readonly string[] | "absent"> {
    try {
      return (await askDiscord(rest, Routes.guildMember(guild, user), MEMBER, "look up a member")).roles;
    } catch (error) {
      if (NOBODY.has(discordCode(error) ?? 0)) return "absent";
      throw error;
    }
  }

  const find = (guild: string, user: string) => known.find(keyOf(guild, user), () => ask(guild, user));

  return {
    async rolesOf(guild, user) {
      const found = await find(guild, user);
      return found === "absent" ? [] : found;
    },
    isThere: async (guild, user) => (await find(guild, user)) !== "absent",
    saw: (guild, user, roles) => known.put(keyOf(guild, user), roles),
    forget: (guild) => known.forget((key) => key.startsWith(keyOf(guild, ""))),
  };
}
