import { ApplicationCommandPermissionType as Kind, type REST, Routes } from "discord.js";
import { z } from "zod";
import type { Clock } from "../../../src/ports/log.ts";
import { createAnswerCache } from "./answer-cache.ts";
import { askDiscord } from "./ask-discord.ts";

/** To whom a server's admins have given `/quota`: Server Settings → Integrations. */
export interface QuotaOverwrites {
  /**
   * Whether somebody with these roles was given it there: by name, else by a role, else with everybody. What the admins
   * say of all the app's commands counts for nobody: it is no word on who manages.
   *
   * @throws ChatError
   */
  allow(guild: string, user: string, roles: readonly string[]): Promise<boolean>;
  forget(guild: string): void;
}

interface Parts {
  readonly rest: REST;
  /** The app's id. */
  readonly application: () => string;
  readonly clock: Clock;
}

const QUOTA = "quota";
const KEYS_MAX = 5_000;

/** https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object */
const OVERWRITE = z.object({ id: z.string(), type: z.int(), permission: z.boolean() });
const PERMISSIONS = z.array(z.object({ id: z.string(), permissions: z.array(OVERWRITE) }));
type Overwrite = z.infer<typeof OVERWRITE>;

const COMMANDS = z.array(z.object({ id: z.string(), name: z.string() }));

export function createQuotaOverwrites({ rest, application, clock }: Parts): QuotaOverwrites {
  const known = createAnswerCache<readonly Overwrite[]>(KEYS_MAX, clock);

  async function ask(guild: string): Promise<readonly Overwrite[]> {
    const app = application();
    const route = Routes.guildApplicationCommandsPermissions(app, guild);
    const all = await askDiscord(rest, route, PERMISSIONS, "look up who may use /quota");
    // Of a command of its own only where admins have changed something; under the app's id is what they say of all.
    const own = all.filter(({ id }) => id !== app);
    if (own.length === 0) return [];
    const routes = [Routes.applicationGuildCommands(app, guild), Routes.applicationCommands(app)];
    const commands = await Promise.all(
      routes.map((each) => askDiscord(rest, each, COMMANDS, "look up the commands")),
    );
    const quotas = commands.flat().filter(({ name }) => name === QUOTA);
    return own
      .filter(({ id }) => quotas.some((each) => each.id === id))
      .flatMap(({ permissions }) => permissions);
  }

  return {
    async allow(guild, user, roles) {
      const overwrites = await known.find(guild, () => ask(guild));
      const own = overwrites.filter(({ id, type }) => type === Kind.User && id === user);
      const ofRoles = overwrites.filter(({ id, type }) => type === Kind.Role && roles.includes(id));
      const ofAll = overwrites.filter(({ id, type }) => type === Kind.Role && id === guild);
      const [deciding = []] = [own, ofRoles, ofAll].filter(({ length }) => length > 0);
      return deciding.some(({ permission }) => permission);
    },
    forget: (guild) => known.forget((key) => key === guild),
  };
}
