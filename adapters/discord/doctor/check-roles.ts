import { type REST, RESTJSONErrorCodes, Routes } from "discord.js";
import { z } from "zod";
import { bad, type Finding, fine, warn } from "../../../src/ports/finding.ts";
import { type Guild, inWords } from "./guilds.ts";
import { codeOf, trouble } from "./trouble.ts";

/** A role or a person, of every server or of one. */
export interface Listed {
  readonly guild: string | undefined;
  readonly id: string;
}

export interface RoleLists {
  readonly directors: readonly Listed[];
  readonly managers: readonly Listed[];
}

/** https://docs.discord.com/developers/topics/permissions#role-object */
const ROLES = z.array(z.object({ id: z.string(), name: z.string() }));
/** https://docs.discord.com/developers/resources/guild#guild-member-object */
const MEMBER = z.object({ user: z.object({ username: z.string() }) });

/** Nobody of that id is there, or nowhere: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const NOBODY: readonly (number | undefined)[] = [
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownUser,
];
const COPY_ID =
  "Copy the id again: User Settings → Advanced → Developer Mode, then right-click the role or person → Copy ID.";

/**
 * Whether those who are to direct and manage are to be found.
 *
 * @param guilds all that the bot is in.
 * @param looked those of them to look in for who is listed without a server.
 */
export async function checkRoles(
  rest: REST,
  { directors, managers }: RoleLists,
  { guilds, looked }: { readonly guilds: readonly Guild[]; readonly looked: readonly Guild[] },
  api: URL,
): Promise<readonly Finding[]> {
  const known = createKnown(rest, guilds, looked);
  try {
    return [
      ...(await checkList(DIRECTING, directors, known)),
      ...(await checkList(MANAGING, managers, known)),
    ];
  } catch (error) {
    return [trouble(error, "a look at roles and people", api)];
  }
}

/** What a setting is for. */
interface Duty {
  readonly setting: string;
  /** How it is where nobody is listed, or none of the listed is found. */
  readonly whenEmpty: string;
}

const DIRECTING: Duty = {
  setting: "DISCORD_DIRECTORS",
  whenEmpty: "where no channel says otherwise, whoever drafts picks",
};
const MANAGING: Duty = {
  setting: "DISCORD_MANAGERS",
  whenEmpty: "whoever has Manage Server manages budgets",
};

async function checkList(
  { setting, whenEmpty }: Duty,
  listed: readonly Listed[],
  { looked, places, isComplete, find }: Known,
): Promise<readonly Finding[]> {
  if (listed.length === 0) return [fine(`Nobody is listed in ${setting}: ${whenEmpty}.`)];
  const findings: Finding[] = [];
  const found = new Map<Guild, readonly string[]>();
  for (const each of listed) {
    const here = places(each);
    let isThere = false;
    for (const guild of here) {
      const name = await find(guild, each.id);
      if (name === undefined) continue;
      isThere = true;
      found.set(guild, [...(found.get(guild) ?? []), name]);
      if (each.id === guild.id) findings.push(everybody(setting, guild));
    }
    if (!isThere) findings.push(...missing(setting, each, here, isComplete));
  }
  const lists = [...found].map(([{ name }, names]) => fine(`${setting} in ${name}: ${inWords(names)}.`));
  // Where none of all is found anywhere, each was said already.
  const unmanned = looked.filter(
    (guild) => found.size > 0 && !found.has(guild) && listed.some((each) => places(each).includes(guild)),
  );
  return [...lists, ...findings, ...(unmanned.length > 0 ? [nobodyIn(unmanned, setting, whenEmpty)] : [])];
}

function missing(
  setting: string,
  { guild, id }: Listed,
  places: readonly Guild[],
  isComplete: boolean,
): readonly Finding[] {
  if (guild !== undefined && places.length === 0) {
    const says = `${setting} lists ${id} for the server ${guild}, where the bot is not.`;
    return [bad(says, "Correct the server's id, or invite the bot there.")];
  }
  // There may be servers where nobody looked, or none yet.
  if ((guild === undefined && !isComplete) || places.length === 0) return [];
  const where = inWords(places.map(({ name }) => name));
  return [bad(`${setting} lists ${id}, which is no role and nobody in ${where}.`, COPY_ID)];
}

function nobodyIn(guilds: readonly Guild[], setting: string, whenEmpty: string): Finding {
  const where = inWords(guilds.map(({ name }) => name));
  return warn(
    `Of those whom ${setting} lists, none is in ${where}: ${whenEmpty} there.`,
    "List somebody of that server, unless that is meant.",
  );
}

function everybody(setting: string, { name }: Guild): Finding {
  const says = `${setting} lists everybody in ${name}: that id is the server's, and so of the role @everyone.`;
  return warn(says, "List another role, unless that is meant.");
}

interface Known {
  readonly looked: readonly Guild[];
  /** The servers that an entry is for, as far as they are looked at. */
  places(listed: Listed): readonly Guild[];
  /** Whether every server is looked at. */
  readonly isComplete: boolean;
  /** `@Directors` for a role, `ada` for a person; undefined when it is neither there. */
  find(guild: Guild, id: string): Promise<string | undefined>;
}

function createKnown(rest: REST, guilds: readonly Guild[], looked: readonly Guild[]): Known {
  const roles = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const rolesOf = (guild: string) => {
    const asked = roles.get(guild) ?? readRoles(rest, guild);
    roles.set(guild, asked);
    return asked;
  };
  return {
    looked,
    places: ({ guild }) => (guild === undefined ? looked : guilds.filter(({ id }) => id === guild)),
    isComplete: looked.length === guilds.length,
    async find({ id: guild }, id) {
      const role = (await rolesOf(guild)).get(id);
      if (role !== undefined) return role.startsWith("@") ? role : `@${role}`;
      try {
        return MEMBER.parse(await rest.get(Routes.guildMember(guild, id))).user.username;
      } catch (error) {
        if (NOBODY.includes(codeOf(error))) return undefined;
        throw error;
      }
    },
  };
}

async function readRoles(rest: REST, guild: string): Promise<ReadonlyMap<string, string>> {
  const roles = ROLES.parse(await rest.get(Routes.guildRoles(guild)));
  return new Map(roles.map(({ id, name }) => [id, name]));
}
