import { expect } from "vitest";
import { createTokenAccess } from "../../../../adapters/slack/installs/token-access.ts";
import { createRoles, type Roles, type StaffSetting } from "../../../../adapters/slack/roles/roles.ts";
import { channelRef } from "../../../../adapters/slack/slack-refs.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { createRecordingLog, type RecordingLog } from "../../../support/recording-log.ts";
import type { InstallOptions, LocalSlack } from "../../../support/slack/local-slack.ts";
import type { SlackTeam } from "../../../support/slack/slack-people.ts";
import { startSlack } from "../../../support/slack/start-slack.ts";

/** A workspace, and roles in it by any settings. */
export interface RolesGround {
  readonly slack: LocalSlack;
  readonly team: SlackTeam;
  open(settings: RoleSettings): {
    readonly roles: Roles;
    readonly log: RecordingLog;
    staff(): ReturnType<Roles["staff"]>;
  };
  /** Lets time go on, here and at Slack. */
  pass(ms: number): void;
  /** Fails when Slack was asked for what it does not know. */
  stop(): Promise<void>;
}

export interface RoleSettings {
  readonly team?: SlackTeam;
  readonly directors?: readonly (string | StaffSetting)[];
  readonly managers?: readonly (string | StaffSetting)[];
  readonly install?: InstallOptions;
  readonly fetch?: typeof fetch;
}

export async function openRolesGround(): Promise<RolesGround> {
  const slack = await startSlack();
  const home = slack.addWorkspace();
  let ahead = 0;
  const parse = (one: string | StaffSetting) =>
    typeof one === "string" ? { team: undefined, id: one } : one;

  return {
    slack,
    team: home,
    open({ team = home, directors = [], managers = [], install = {}, ...how }) {
      const log = createRecordingLog();
      const token = new Secret(team.install(install).botToken);
      const roles = createRoles({
        access: createTokenAccess({ token, apiUrl: slack.apiUrl, log, ...how }),
        directors: directors.map(parse),
        managers: managers.map(parse),
        log,
        clock: () => new Date(Date.now() + ahead),
      });
      return { roles, log, staff: () => roles.staff(channelRef({ team: team.id, channel: "C0FFEE" })) };
    },
    pass(ms) {
      ahead += ms;
      slack.pass(ms);
    },
    async stop() {
      expect(slack.problems).toEqual([]);
      await slack.stop();
    },
  };
}
