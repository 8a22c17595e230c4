import { z } from "zod";
import { bad, type Finding, fine, warn } from "../../../src/ports/finding.ts";
import { trouble, wordOf } from "./trouble.ts";
import type { Workspace } from "./workspace.ts";

/** A person (`U…`, `W…`) or user group (`S…`), of every workspace or of one. */
export interface Listed {
  readonly team: string | undefined;
  readonly id: string;
}

export interface RoleLists {
  readonly directors: readonly Listed[];
  readonly managers: readonly Listed[];
}

/** https://docs.slack.dev/reference/methods/usergroups.list */
const GROUPS = z.object({ usergroups: z.array(z.object({ id: z.string(), handle: z.string().optional() })) });

/** Whether those who are to direct and manage are named, and are to be found. */
export async function checkRoles(
  workspace: Workspace,
  { directors, managers }: RoleLists,
  api: URL,
): Promise<readonly Finding[]> {
  const here = ({ team }: Listed) => (team ?? workspace.team) === workspace.team;
  const [ours, theirs] = [directors.filter(here), managers.filter(here)];
  const direct =
    ours.length === 0
      ? fine("Nobody is listed in SLACK_DIRECTORS: where no channel says otherwise, whoever drafts picks.")
      : fine(`SLACK_DIRECTORS lists ${counted(ours)} for ${workspace.name}.`);
  const manage =
    theirs.length === 0
      ? warn(
          "Nobody is listed in SLACK_MANAGERS: nobody can change a budget.",
          "List the ids of those who may: in Slack, profile → ⋮ → Copy member ID.",
        )
      : fine(`SLACK_MANAGERS lists ${counted(theirs)} for ${workspace.name}.`);
  return [direct, manage, ...(await checkMembers(workspace, [...ours, ...theirs], api))];
}

function counted(listed: readonly Listed[]): string {
  return listed.length === 1 ? "one id" : `${listed.length} ids`;
}

/** Whether people and groups are to be found in a workspace. */
export async function checkMembers(
  workspace: Workspace,
  listed: readonly Listed[],
  api: URL,
): Promise<readonly Finding[]> {
  const ids = [...new Set(listed.map((each) => each.id))];
  const isGroup = (id: string) => id.startsWith("S");
  return [
    ...(await checkPeople(
      workspace,
      ids.filter((id) => !isGroup(id)),
      api,
    )),
    ...(await checkGroups(workspace, ids.filter(isGroup), api)),
  ];
}

async function checkPeople({ client, scopes, name }: Workspace, ids: readonly string[], api: URL) {
  const findings: Finding[] = [];
  if (!scopes.has("users:read")) return findings;
  for (const user of ids) {
    try {
      await client.users.info({ user });
    } catch (error) {
      const word = wordOf(error);
      findings.push(
        word === "user_not_found" || word === "user_not_visible"
          ? bad(`${user} is listed, but is nobody in ${name}.`, "Correct or remove the id.")
          : trouble(error, "users.info", api),
      );
    }
  }
  return findings;
}

async function checkGroups({ client, scopes, name, team }: Workspace, ids: readonly string[], api: URL) {
  if (ids.length === 0) return [];
  const instead = "Or list people one by one.";
  if (!scopes.has("usergroups:read")) {
    return [
      bad(`User groups are listed, and the scope usergroups:read is missing.`, "Add the scope.", instead),
    ];
  }
  try {
    const { usergroups } = GROUPS.parse(await client.usergroups.list({ team_id: team }));
    const known = new Map(usergroups.map((each) => [each.id, each.handle ?? each.id]));
    const missing = ids.filter((id) => !known.has(id));
    const found = ids.filter((id) => known.has(id)).map((id) => `@${known.get(id)}`);
    return [
      ...(found.length > 0 ? [fine(`User groups that can be read: ${found.join(", ")}.`)] : []),
      ...missing.map((id) =>
        bad(`${id} is listed, but is no user group of ${name}.`, "Correct or remove the id."),
      ),
    ];
  } catch (error) {
    return [
      wordOf(error) === "plan_upgrade_required"
        ? bad("User groups are listed, and this workspace's plan has none.", "List people one by one.")
        : trouble(error, "usergroups.list", api),
    ];
  }
}
