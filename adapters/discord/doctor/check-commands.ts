import { type REST, RESTJSONErrorCodes, type RESTPutAPIApplicationCommandsJSONBody } from "discord.js";
import { bad, type Finding, fine, warn } from "../../../src/ports/finding.ts";
import { planRegistration, type Registration } from "../commands/register.ts";
import { inviteUrl } from "../permissions.ts";
import type { Guild } from "./guilds.ts";
import { codeOf, trouble } from "./trouble.ts";

export interface CommandsParts {
  readonly rest: REST;
  readonly application: string;
  readonly commands: RESTPutAPIApplicationCommandsJSONBody;
  readonly apiUrl: URL;
}

const REGISTER = "npm run discord:register";

/** Whether people are offered the commands of this version, once. */
export async function checkCommands(
  parts: CommandsParts,
  guilds: readonly Guild[],
): Promise<readonly Finding[]> {
  const { commands, apiUrl } = parts;
  const has = (plan: Registration) => plan.added.length < commands.length;
  try {
    const everywhere = await planRegistration({ ...parts, guild: undefined });
    const findings: Finding[] = [];
    let somewhere = false;
    for (const guild of guilds) {
      const plan = await planIn(guild, parts);
      if (plan === undefined) findings.push(notAllowed(guild, parts.application));
      else if (has(plan)) {
        somewhere = true;
        findings.push(
          has(everywhere) ? twice(guild) : state(plan, guild.name, `${REGISTER} -- --guild ${guild.id}`),
        );
      }
    }
    if (has(everywhere)) return [state(everywhere, "all servers", REGISTER), ...findings];
    if (somewhere) return findings;
    return [bad("Discord offers none of the commands.", `Run ${REGISTER}.`), ...findings];
  } catch (error) {
    return [trouble(error, "a look at the commands", apiUrl)];
  }
}

/** Undefined: the app may have no commands there. */
async function planIn(guild: Guild, parts: CommandsParts): Promise<Registration | undefined> {
  try {
    return await planRegistration({ ...parts, guild: guild.id });
  } catch (error) {
    if (codeOf(error) === RESTJSONErrorCodes.MissingAccess) return undefined;
    throw error;
  }
}

function state({ status, added, changed, removed }: Registration, where: string, command: string): Finding {
  if (status === "unchanged") return fine(`The commands are registered for ${where}.`);
  const words = [
    ...(added.length > 0 ? [`missing: ${added.join(", ")}`] : []),
    ...(changed.length > 0 ? [`other than in this version: ${changed.join(", ")}`] : []),
    ...(removed.length > 0 ? [`not of this version: ${removed.join(", ")}`] : []),
  ];
  return warn(
    `The commands for ${where} are not those of this version (${words.join("; ")}).`,
    `Run ${command}.`,
  );
}

function twice({ id, name }: Guild): Finding {
  const says = `In ${name} each command is offered twice: once for all servers, and once for this one.`;
  return warn(says, `Run ${REGISTER} -- --guild ${id} --remove.`);
}

function notAllowed({ name }: Guild, application: string): Finding {
  const says = `In ${name} the app may have no commands: it was invited without applications.commands.`;
  return bad(says, `Let an admin of that server open ${inviteUrl(application)}`);
}
