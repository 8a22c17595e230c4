import { z } from "zod";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { Access, TeamAccess } from "../installs/access.ts";
import { refusalOf, toChatError } from "../slack-errors.ts";
import { createAnswerCache } from "./answer-cache.ts";

/** Knows who is in which user group. */
export interface Groups {
  /**
   * The ids of the people who are in a group now, strangers too; nobody, when Slack does not show it.
   *
   * @param setting where the group is named, for the log.
   * @throws ChatError
   */
  members(team: string, group: string, setting: string): Promise<readonly string[]>;
  /** All of a workspace, or one group of it. */
  forget(team: string, group: string | undefined): void;
}

/** `usergroups.users.list`, 20 a minute: https://docs.slack.dev/reference/methods/usergroups.users.list. */
const USERS = z.object({ users: z.array(z.string()) });

/** What Slack says when there is nobody to find, and what to do about it. */
const NOBODY: Readonly<Record<string, string>> = {
  missing_scope: "grant the scope usergroups:read, or list people (U…) instead",
  no_such_subteam: "there is no such group in this workspace: correct its id, or write it as T…:S…",
  plan_upgrade_required: "user groups need a paid plan of Slack: list people (U…) instead",
};

const SAID_MAX = 1_000;
const FRESH_MS = 5 * 60_000;
/** An event has to be answered within 3 seconds: https://docs.slack.dev/apis/events-api. */
const PATIENCE_MS = 1_200;

export function createGroups({ access, clock, log }: { access: Access; clock: Clock; log: Log }): Groups {
  const members = createAnswerCache<readonly string[]>(
    { holdsMs: FRESH_MS, patienceMs: PATIENCE_MS, pauseMs: 1_000, keysMax: 10_000 },
    clock,
  );
  /** What has been said to the log already; with too many it is said again. */
  const said = new Set<string>();

  async function ask(
    { team, client }: TeamAccess,
    group: string,
    setting: string,
  ): Promise<readonly string[]> {
    try {
      return USERS.parse(await client.usergroups.users.list({ usergroup: group, team_id: team })).users;
    } catch (error) {
      const refusal = refusalOf(error) ?? "";
      const advice = NOBODY[refusal];
      if (advice === undefined) {
        log.warn("slack.group_unknown", { setting, team, group, message: String(error) });
        throw toChatError(`usergroups.users.list in ${team}`, error);
      }
      const words = [setting, team, group, refusal].join(" ");
      if (!said.has(words)) log.warn("slack.group_empty", { setting, team, group, refusal, advice });
      if (said.size >= SAID_MAX) said.clear();
      said.add(words);
      return [];
    }
  }

  return {
    members: (team, group, setting) =>
      members.find(keyOf(team, group), async () => ask(await access.of(team), group, setting)),
    forget: (team, group) =>
      members.forget((key) =>
        group === undefined ? key.startsWith(keyOf(team, "")) : key === keyOf(team, group),
      ),
  };
}

function keyOf(team: string, group: string): string {
  return `${team}:${group}`;
}
