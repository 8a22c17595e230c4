import { PermissionFlagsBits, REST, Routes } from "discord.js";
import { expect } from "vitest";
import { channelRef, groupRef, userRef } from "../../../../adapters/discord/discord-refs.ts";
import { REST_OPTIONS } from "../../../../adapters/discord/discord-rest.ts";
import { createRoles, type Roles, type StaffSetting } from "../../../../adapters/discord/roles/roles.ts";
import type { DiscordGuild, DiscordRole } from "../../../support/discord/discord-people.ts";
import type { LocalDiscord } from "../../../support/discord/local-discord.ts";
import { startDiscord } from "../../../support/discord/start-discord.ts";
import { createStrictLog } from "../../../support/strict-log.ts";

/** A server of a local Discord, and roles in it by any settings, over the real REST. */
export interface RolesDesk {
  readonly discord: LocalDiscord;
  readonly guild: DiscordGuild;
  /** The id of whoever owns the server. */
  readonly owner: string;
  /** Warnings. */
  readonly logged: string[];
  /** A role that the gateway's cache has too. `permissions`: bits. */
  addRole(name: string, permissions?: bigint): DiscordRole;
  open(settings?: RoleSettings): Opened;
  /** Lets time go on, here and at Discord. */
  pass(ms: number): void;
  /** How often Discord was asked, such as `GET /guilds/{guild}`. */
  asked(route?: string): number;
  /** Discord answers nothing any more, until `faults.clear()`. */
  breakDiscord(): void;
  /** Fails when Discord was asked for what it does not know. */
  stop(): Promise<void>;
}

export interface RoleSettings {
  readonly directors?: readonly (Named | StaffSetting)[];
  readonly managers?: readonly (Named | StaffSetting)[];
  /** Whether the gateway's cache knows the server. Default true. */
  readonly isKnown?: boolean;
}

type Named = { readonly id: string };

export interface Opened {
  readonly roles: Roles;
  staff(guild?: DiscordGuild): ReturnType<Roles["staff"]>;
  isIn(group: DiscordRole | string, person: Named, guild?: DiscordGuild): Promise<boolean>;
  /** An interaction of a person, with what they may do, or a reaction. */
  saw(person: Named, has: readonly DiscordRole[], permissions?: bigint): void;
}

export const QUOTA_COMMAND = {
  type: 1,
  name: "quota",
  description: "What is left",
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
} as const;
export const DRAFT_COMMAND = { type: 1, name: "draft", description: "Draft" } as const;

export async function openRolesDesk(): Promise<RolesDesk> {
  const discord = await startDiscord();
  discord.register([QUOTA_COMMAND, DRAFT_COMMAND]);
  const guild = discord.addGuild();
  const rest = new REST({ ...REST_OPTIONS, api: discord.apiUrl.replace(/\/$/, "") }).setToken(discord.token);
  const { owner_id: owner } = (await rest.get(Routes.guild(guild.id))) as { readonly owner_id: string };
  const before = discord.calls().length;
  const logged: string[] = [];
  const cached = [guild.everyone.id];
  let ahead = 0;
  const parse = (one: Named | StaffSetting): StaffSetting => ({ guild: undefined, ...one });

  return {
    discord,
    guild,
    owner,
    logged,
    addRole(name, permissions = 0n) {
      const role = guild.addRole(name, permissions);
      cached.push(role.id);
      return role;
    },
    open({ directors = [], managers = [], isKnown = true } = {}) {
      const roles = createRoles({
        rest,
        guildRoles: (id) => (isKnown && id === guild.id ? cached : undefined),
        application: () => discord.applicationId,
        directors: directors.map(parse),
        managers: managers.map(parse),
        log: createStrictLog(logged),
        clock: () => new Date(Date.now() + ahead),
      });
      const group = (role: DiscordRole | string, at: DiscordGuild) =>
        groupRef(at.id, typeof role === "string" ? role : role.id);
      return {
        roles,
        staff: (at = guild) => roles.staff(channelRef({ guild: at.id, channel: "1185700000000000200" })),
        isIn: (role, person, at = guild) => roles.isIn(group(role, guild), userRef(at.id, person.id)),
        saw: (person, has, permissions) =>
          roles.saw({ guild: guild.id, user: person.id, roles: has.map(({ id }) => id), permissions }),
      };
    },
    pass(ms) {
      ahead += ms;
      discord.pass(ms);
    },
    asked: (route = "*") => discord.calls(route).length - (route === "*" ? before : 0),
    breakDiscord: () => discord.faults.call("*", { kind: "status", status: 502 }, { p: 1 }),
    async stop() {
      expect(discord.problems()).toEqual([]);
      await discord.stop();
    },
  };
}
