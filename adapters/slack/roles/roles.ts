import type { ChannelRef, GroupRef, MemberRef, UserRef } from "../../../src/core/ids.ts";
import type { Staff } from "../../../src/core/roles.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { Access } from "../installs/access.ts";
import { groupRef, readChannel, readMember, userRef } from "../slack-refs.ts";
import { createGroups } from "./groups.ts";
import { createPeople } from "./people.ts";

/** Who directs and who manages, by the settings and by Slack's user groups. Strangers have no role. */
export interface Roles {
  /**
   * The people and groups of the settings, without strangers. A group counts although Slack does not show
   * it: a setting that cannot be read must not open a channel to everybody.
   *
   * @throws ChatError when somebody is not known and Slack does not answer: better refuse than guess, since a
   * director's number would count as a vote.
   */
  staff(channel: ChannelRef): Promise<Staff>;
  /**
   * Whether a person is in a user group, and no stranger; nobody is, when there is no such group, or Slack
   * does not show it. Asked on every event: what is known is not asked for again for 5 minutes, and holds on
   * while Slack does not answer.
   *
   * @throws ChatError as `staff`.
   */
  isIn(group: GroupRef, person: UserRef): Promise<boolean>;
  /**
   * Whether a person belongs neither to the workspace nor to its organization.
   *
   * @throws ChatError as `staff`.
   */
  isStranger(team: string, user: string): Promise<boolean>;
  /** A group of a workspace has changed, or everything there may have. */
  forget(team: string, group?: string): void;
}

/** One entry of `SLACK_DIRECTORS` or `SLACK_MANAGERS`. */
export interface StaffSetting {
  /** The only workspace that it is for, `T…`; undefined for all. */
  readonly team: string | undefined;
  /** A person, `U…` or `W…`, or a user group, `S…`. */
  readonly id: string;
}

interface Parts {
  readonly access: Access;
  readonly directors: readonly StaffSetting[];
  readonly managers: readonly StaffSetting[];
  readonly log: Log;
  readonly clock: Clock;
}

export function createRoles({ access, directors, managers, log, clock }: Parts): Roles {
  const people = createPeople({ access, clock });
  const groups = createGroups({ access, clock, log });

  async function named(settings: readonly StaffSetting[], team: string): Promise<readonly MemberRef[]> {
    const meant = settings.filter((one) => one.team === undefined || one.team === team);
    const ids = [...new Set(meant.map(({ id }) => id))];
    const ours = await people.ours(
      team,
      ids.filter((id) => !isGroupId(id)),
    );
    return ids
      .filter((id) => isGroupId(id) || ours.includes(id))
      .map((id) => (isGroupId(id) ? groupRef(team, id) : userRef(team, id)));
  }

  /** Where a group is named, for the log. */
  function settingOf(id: string): string {
    if (directors.some((one) => one.id === id)) return "SLACK_DIRECTORS";
    return managers.some((one) => one.id === id) ? "SLACK_MANAGERS" : "/quota roles";
  }

  return {
    async staff(channel) {
      const { team } = readChannel(channel);
      const [directing, managing] = await Promise.all([named(directors, team), named(managers, team)]);
      return { directors: directing, managers: managing };
    },
    async isIn(group, person) {
      const { team, id } = readMember(group);
      const { id: user } = readMember(person);
      const members = await groups.members(team, id, settingOf(id));
      return members.includes(user) && !(await people.isStranger(team, user));
    },
    isStranger: people.isStranger,
    forget(team, group) {
      groups.forget(team, group);
      if (group === undefined) people.forget(team);
    },
  };
}

/** User groups have ids of their own kind: https://docs.slack.dev/reference/objects/usergroup-object. */
function isGroupId(id: string): boolean {
  return id.startsWith("S");
}
