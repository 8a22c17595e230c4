import type { REST } from "discord.js";
import type { ChannelRef, GroupRef, MemberRef, UserRef } from "../../../src/core/ids.ts";
import type { Staff } from "../../../src/core/roles.ts";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import { groupRef, readChannel, readMember, userRef } from "../discord-refs.ts";
import { createGuildSettings } from "./guild-settings.ts";
import { MANAGE } from "./manage-group.ts";
import { createManaging } from "./managing.ts";
import { createMembers } from "./members.ts";

/** Who directs and who manages, by the settings and by a server's roles. */
export interface Roles {
  /**
   * By the settings: roles as groups, people as people. What is neither in that server counts for others only. Where
   * they name no manager of it, `@manage` manages.
   *
   * @throws ChatError `unavailable` while nobody knows which ids are roles, and which are people of the server.
   */
  staff(channel: ChannelRef): Promise<Staff>;
  /**
   * By the latest event of that person, or (after 5 minutes) by asking Discord; what is known holds on while Discord
   * does not answer.
   *
   * @throws ChatError `unavailable` when it is not known and Discord does not answer: better refuse than guess, since a
   * director's number would count as a vote.
   */
  isIn(group: GroupRef, person: UserRef): Promise<boolean>;
  /** Events tell of whoever acts; `permissions` of an interaction's member, undefined where an event has none. */
  saw(member: SeenMember): void;
  /** Discord has let a person use `/quota`. */
  usedQuota(guild: string, user: string): void;
  /** Everything in a server may have changed. */
  forget(guild: string): void;
}

export interface SeenMember {
  readonly guild: string;
  readonly user: string;
  readonly roles: readonly string[];
  readonly permissions: bigint | undefined;
}

/** One entry of `DISCORD_DIRECTORS` or `DISCORD_MANAGERS`. */
export interface StaffSetting {
  /** The only server that it is for; undefined for all. */
  readonly guild: string | undefined;
  /** A person or a role: which of them, the server's roles tell. */
  readonly id: string;
}

interface Parts {
  readonly rest: REST;
  /** The ids of a server's roles, where they are known without asking. */
  readonly guildRoles: (guild: string) => readonly string[] | undefined;
  /** The app's id. */
  readonly application: () => string;
  readonly directors: readonly StaffSetting[];
  readonly managers: readonly StaffSetting[];
  readonly log: Log;
  readonly clock: Clock;
}

export function createRoles(parts: Parts): Roles {
  const { guildRoles, directors, managers, log } = parts;
  const members = createMembers(parts);
  const settings = createGuildSettings(parts);
  const managing = createManaging({ ...parts, members, settings });

  async function rolesOf(guild: string): Promise<readonly string[]> {
    return guildRoles(guild) ?? [...(await settings.find(guild)).roles.keys()];
  }

  async function named(listed: readonly StaffSetting[], guild: string): Promise<readonly MemberRef[]> {
    const meant = listed.filter((one) => (one.guild ?? guild) === guild);
    if (meant.length === 0) return [];
    const roles = await rolesOf(guild);
    const refs: MemberRef[] = [];
    for (const { id } of meant) {
      if (roles.includes(id)) refs.push(groupRef(guild, id));
      else if (await members.isThere(guild, id)) refs.push(userRef(guild, id));
    }
    return [...new Set(refs)];
  }

  async function has(guild: string, user: string, role: string): Promise<boolean> {
    if (role === MANAGE) return managing.mayManage(guild, user);
    // Everybody's role has the id of the server, and is on nobody's list.
    return role === guild || (await members.rolesOf(guild, user)).includes(role);
  }

  return {
    async staff(channel) {
      const { guild } = readChannel(channel);
      const [directing, managing] = [await named(directors, guild), await named(managers, guild)];
      return {
        directors: directing,
        managers: managing.length > 0 ? managing : [groupRef(guild, MANAGE)],
      };
    },
    async isIn(group, person) {
      const { guild, id: role } = readMember(group);
      const { guild: home, id: user } = readMember(person);
      if (guild !== home) return false;
      try {
        return await has(guild, user, role);
      } catch (error) {
        if (error instanceof ChatError && error.kind === "gone") return false;
        log.warn("discord.role_unknown", { guild, role, message: String(error) });
        throw error;
      }
    },
    saw({ guild, user, roles, permissions }) {
      members.saw(guild, user, roles);
      if (permissions !== undefined) managing.saw(guild, user, permissions);
    },
    usedQuota: managing.usedQuota,
    forget(guild) {
      members.forget(guild);
      settings.forget(guild);
      managing.forget(guild);
    },
  };
}
