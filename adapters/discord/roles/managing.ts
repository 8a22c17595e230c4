import { PermissionFlagsBits, type REST } from "discord.js";
import type { Clock } from "../../../src/ports/log.ts";
import { createAnswerCache } from "./answer-cache.ts";
import type { SettingsOfGuilds } from "./guild-settings.ts";
import type { Members } from "./members.ts";
import { createQuotaOverwrites } from "./quota-overwrites.ts";

/** Who manages in a server where nobody is named: whoever has Manage Server there, or was given `/quota` by its admins. */
export interface Managing {
  /** @throws ChatError when that is not to be had for now. */
  mayManage(guild: string, user: string): Promise<boolean>;
  /** What somebody may do, as an interaction tells it. */
  saw(guild: string, user: string, permissions: bigint): void;
  /** Discord has let somebody use `/quota`, for whatever reason it has. */
  usedQuota(guild: string, user: string): void;
  forget(guild: string): void;
}

interface Parts {
  readonly rest: REST;
  readonly application: () => string;
  readonly members: Members;
  readonly settings: SettingsOfGuilds;
  readonly clock: Clock;
}

const MANAGING = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;
const KEYS_MAX = 20_000;

export function createManaging({ rest, application, members, settings, clock }: Parts): Managing {
  const overwrites = createQuotaOverwrites({ rest, application, clock });
  const used = createAnswerCache<true>(KEYS_MAX, clock);
  const powers = createAnswerCache<boolean>(KEYS_MAX, clock);
  const keyOf = (guild: string, user: string) => `${guild}:${user}`;

  /** https://docs.discord.com/developers/topics/permissions#permission-hierarchy; no channel changes these two. */
  async function hasPower(guild: string, user: string): Promise<boolean> {
    const [{ owner, roles }, own] = await Promise.all([settings.find(guild), members.rolesOf(guild, user)]);
    if (owner === user) return true;
    return [guild, ...own].some((role) => ((roles.get(role) ?? 0n) & MANAGING) !== 0n);
  }

  return {
    async mayManage(guild, user) {
      const key = keyOf(guild, user);
      if (used.fresh(key)) return true;
      if (await powers.find(key, () => hasPower(guild, user))) return true;
      return overwrites.allow(guild, user, await members.rolesOf(guild, user));
    },
    saw: (guild, user, permissions) => powers.put(keyOf(guild, user), (permissions & MANAGING) !== 0n),
    usedQuota: (guild, user) => used.put(keyOf(guild, user), true),
    forget(guild) {
      for (const cache of [used, powers]) cache.forget((key) => key.startsWith(keyOf(guild, "")));
      overwrites.forget(guild);
    },
  };
}
