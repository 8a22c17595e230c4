import { ChatError } from "../../../src/ports/chat.ts";
import { bad, type Finding, fine, warn } from "../../../src/ports/finding.ts";
import type { Access } from "../installs/access.ts";
import { checkChannels } from "./check-channels.ts";
import { checkMembers, type RoleLists } from "./check-roles.ts";
import { checkScopes } from "./check-scopes.ts";
import { wordOf } from "./trouble.ts";
import type { Workspace } from "./workspace.ts";

export interface InstallsParts extends RoleLists {
  /** Undefined when this process cannot look into the database. */
  readonly access: Access | undefined;
  /** Where people install the app. */
  readonly installUrl: URL;
  readonly apiUrl: URL;
}

/** More than these are not asked about: each takes several calls. */
const WORKSPACES_MAX = 50;

/** The workspaces that have installed the app through OAuth, one by one. */
export async function checkInstalls(parts: InstallsParts): Promise<readonly Finding[]> {
  const { access, installUrl } = parts;
  if (access === undefined) {
    const step = "Set DATABASE_URL, which many workspaces are better off with anyway.";
    return [warn("The workspaces that installed the app are in the embedded database: nobody looked.", step)];
  }
  try {
    const teams = await access.teams();
    if (teams.length === 0) return [warn("No workspace has installed the app.", `Open ${installUrl}.`)];
    const count = teams.length === 1 ? "1 workspace has" : `${teams.length} workspaces have`;
    const findings: Finding[] = [fine(`${count} installed the app.`)];
    for (const team of teams.slice(0, WORKSPACES_MAX))
      findings.push(...(await checkTeam(team, access, parts)));
    return findings;
  } catch (error) {
    const step = "Start Draftroom once: it makes the tables that it needs.";
    return [bad(`The workspaces that installed the app cannot be read: ${reasonOf(error)}.`, step)];
  }
}

async function checkTeam(team: string, access: Access, parts: InstallsParts): Promise<readonly Finding[]> {
  const again = `Let somebody of ${team} install it again at ${parts.installUrl}.`;
  try {
    const { client, scopes, bot } = await access.of(team);
    const { team: name = team, user: botName = "draftroom" } = await client.auth.test();
    const workspace: Workspace = { team, name, botName, bot, scopes, client };
    const its = [...parts.directors, ...parts.managers].filter((each) => each.team === team);
    const findings = [
      fine("its token works."),
      ...checkScopes(scopes, again),
      ...(await checkChannels(workspace, parts.apiUrl)),
      ...(await checkMembers(workspace, its, parts.apiUrl)),
    ];
    return findings.map((each) => ({ ...each, says: `${name} (${team}): ${each.says}` }));
  } catch (error) {
    const word = wordOf(error);
    return [bad(`${team}: ${word ? `Slack does not take its token (${word})` : reasonOf(error)}.`, again)];
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ChatError) return error.message;
  return error instanceof Error ? error.message : "no reason given";
}
