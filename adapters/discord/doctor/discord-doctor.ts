import type { RESTPutAPIApplicationCommandsJSONBody } from "discord.js";
import type { Secret } from "../../../src/core/secret.ts";
import { type Checkup, type Finding, warn } from "../../../src/ports/finding.ts";
import type { Clock } from "../../../src/ports/log.ts";
import type { Shards } from "../discord-client.ts";
import { createDiscordRest } from "../discord-rest.ts";
import { checkCommands } from "./check-commands.ts";
import { checkFiles } from "./check-files.ts";
import { checkGateway } from "./check-gateway.ts";
import { checkPermissions } from "./check-permissions.ts";
import { checkRoles, type RoleLists } from "./check-roles.ts";
import { checkToken } from "./check-token.ts";
import { watchClock } from "./clock-watch.ts";
import { type Guild, readGuilds } from "./guilds.ts";
import { trouble } from "./trouble.ts";

export interface DiscordDoctorParts extends RoleLists {
  readonly token: Secret;
  readonly apiUrl: URL;
  readonly shards: Shards;
  /** How people reach originals; undefined: they do not. Ends with a slash. */
  readonly filesUrl: URL | undefined;
  /** What people are to be offered. */
  readonly commands: RESTPutAPIApplicationCommandsJSONBody;
  readonly clock: Clock;
}

/** More than these are not asked about one by one: each takes several calls. */
const GUILDS_MAX = 20;

/** Looks whether Draftroom can work on Discord as it is set up. Says and changes nothing there, and begins no session. */
export function createDiscordDoctor(parts: DiscordDoctorParts): Checkup {
  const { token, apiUrl, shards, filesUrl, clock } = parts;
  return async () => {
    const rest = createDiscordRest({ token, apiUrl });
    const clockFindings = watchClock(rest, clock);
    const { findings, application } = await checkToken(rest, apiUrl);
    if (application === undefined) return [...findings, ...clockFindings()];
    const asked = { ...parts, rest, application };
    return [
      ...findings,
      ...(await checkGateway(rest, shards, apiUrl)),
      ...(await readGuilds(rest).then(
        (guilds) => checkGuilds(asked, guilds),
        (error) => [trouble(error, "a look at the servers", apiUrl)],
      )),
      ...(await checkFiles(filesUrl)),
      ...clockFindings(),
    ];
  };
}

type Asked = DiscordDoctorParts & Omit<Parameters<typeof checkCommands>[0], "commands">;

async function checkGuilds(parts: Asked, guilds: readonly Guild[]): Promise<readonly Finding[]> {
  const looked = guilds.slice(0, GUILDS_MAX);
  const says = `The bot is in ${guilds.length} servers; nobody looked for commands and roles in more than ${GUILDS_MAX} of them.`;
  return [
    ...checkPermissions(parts.application, guilds),
    ...(looked.length < guilds.length ? [warn(says)] : []),
    ...(await checkCommands(parts, looked)),
    ...(await checkRoles(parts.rest, parts, { guilds, looked }, parts.apiUrl)),
  ];
}
