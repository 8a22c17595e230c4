import { type REST, Routes } from "discord.js";
import { z } from "zod";
import type { Clock } from "../../../src/ports/log.ts";
import { createAnswerCache } from "./answer-cache.ts";
import { askDiscord } from "./ask-discord.ts";

/** What a server's own settings say of power. */
export interface GuildSettings {
  readonly owner: string;
  /** What each role may do, as bits; that of everybody has the id of the server. */
  readonly roles: ReadonlyMap<string, bigint>;
}

export interface SettingsOfGuilds {
  /** @throws ChatError */
  find(guild: string): Promise<GuildSettings>;
  forget(guild: string): void;
}

/** https://docs.discord.com/developers/resources/guild#get-guild */
const GUILD = z
  .object({
    owner_id: z.string(),
    roles: z.array(z.object({ id: z.string(), permissions: z.string().transform(BigInt) })),
  })
  .transform(
    ({ owner_id, roles }): GuildSettings => ({
      owner: owner_id,
      roles: new Map(roles.map(({ id, permissions }) => [id, permissions])),
    }),
  );
const KEYS_MAX = 5_000;

export function createGuildSettings(parts: { readonly rest: REST; readonly clock: Clock }): SettingsOfGuilds {
  const { rest, clock } = parts;
  const known = createAnswerCache<GuildSettings>(KEYS_MAX, clock);
  return {
    find: (guild) =>
      known.find(guild, () => askDiscord(rest, Routes.guild(guild), GUILD, "look up a server")),
    forget: (guild) => known.forget((key) => key === guild),
  };
}
