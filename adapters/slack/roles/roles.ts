import type { ChannelRef, GroupRef, UserRef } from "../../../src/core/ids.ts";
import type { Staff } from "../../../src/core/roles.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { Access } from "../installs/access.ts";
import { readChannel, readMember, userRef } from "../slack-refs.ts";
import { createGroups } from "./groups.ts";
import { createPeople } from "./people.ts";

/** Who directs and who manages, by the settings and by Slack's user groups. Strangers have no role. */
export interface Roles {
  /**
   * Asked on every event: what is known is not asked for again for 5 minutes, and holds on while Slack
   * does not answer.
   *
   * @throws ChatError when somebody is not known and Slack does not answer: better refuse than guess, since a
   * director's number would count as a vote.
   */
  staff(channel: ChannelRef): Promise<Staff>;
  /**
   * The people of a user group; nobody, when there is no such group, or Slack does not show it.
   *
   * @throws ChatError as `staff`.
   */
  members(group: GroupRef): Promise<readonly UserRef[]>;
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

  async function named(settings: readonly StaffSetting[], team: string, setting: string) {
    const meant = settings.filter((one) => one.team === undefined || one.team === team);
    const ids = await Promise.all(
      meant.map(({ id }) => (isGroupId(id) ? groups.members(team, id, setting) : [id])),
    );
    return toRefs(team, ids.flat());
  }

  async function toRefs(team: string, ids: readonly string[]): Promise<readonly UserRef[]> {
    const ours = await people.ours(team, [...new Set(ids)]);
    return ours.map((id) => userRef(team, id));
  }

  return {
    async staff(channel) {
      const { team } = readChannel(channel);
      const [directing, managing] = await Promise.all([
        named(directors, team, "SLACK_DIRECTORS"),
        named(managers, team, "SLACK_MANAGERS"),
      ]);
      return { directors: directing, managers: managing };
    },
    async members(group) {
      const { team, id } = readMember(group);
      return toRefs(team, await groups.members(team, id, "/quota roles"));
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
