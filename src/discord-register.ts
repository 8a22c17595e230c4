import { parseArgs } from "node:util";
import { toApplicationCommands } from "../adapters/discord/commands/application-commands.ts";
import {
  planRegistration,
  type RegisterParts,
  type Registration,
  register,
} from "../adapters/discord/commands/register.ts";
import { createDiscordRest } from "../adapters/discord/discord-rest.ts";
import { findApplication } from "../adapters/discord/doctor/check-token.ts";
import { trouble } from "../adapters/discord/doctor/trouble.ts";
import { createCommandSpecs } from "../commands/command-specs.ts";
import { readConfig } from "./config.ts";

// `npm run discord:register`: tells Discord which commands there are. Once, and after each change of theirs.

const USAGE = `npm run discord:register -- [--guild ID] [--remove] [--dry-run]

  --guild    in that server alone, where a change shows at once; without it in all servers
  --remove   takes the commands away again, such as those of one server once all have them
  --dry-run  says what would change, and changes nothing`;

process.exitCode = await main();

/** @returns 0 when Discord has what it is to have, 1 when it has not. */
async function main(): Promise<0 | 1> {
  const read = readConfig(process.env);
  if (read.status === "bad") return fail(read.problems.join("\n"));
  const { discord } = read.config;
  if (discord === undefined) {
    return fail("DISCORD_TOKEN is needed (and a role other than worker): docs/discord.md says where it is.");
  }
  const asked = readArguments();
  if (asked.status === "bad") return fail(`${asked.problem}\n\n${USAGE}`);
  const rest = createDiscordRest(discord);
  try {
    const application = await findApplication(rest);
    // Models are suggested while somebody types, and nothing that Discord is told beforehand.
    const commands = asked.remove ? [] : toApplicationCommands(createCommandSpecs([]));
    const parts: RegisterParts = { rest, application, guild: asked.guild, commands };
    console.log(inWords(await (asked.dryRun ? planRegistration(parts) : register(parts)), asked));
    return 0;
  } catch (error) {
    const { says, next } = trouble(error, "the commands", discord.apiUrl);
    return fail([says, ...next].join("\n  → "));
  }
}

function fail(words: string): 1 {
  console.error(words);
  return 1;
}

interface Arguments {
  /** Undefined: all. */
  readonly guild: string | undefined;
  readonly remove: boolean;
  readonly dryRun: boolean;
}

type Asked = ({ readonly status: "ok" } & Arguments) | { readonly status: "bad"; readonly problem: string };

function readArguments(): Asked {
  try {
    const { values } = parseArgs({
      options: {
        guild: { type: "string" },
        remove: { type: "boolean", default: false },
        "dry-run": { type: "boolean", default: false },
      },
    });
    const { guild, remove, "dry-run": dryRun } = values;
    return guild === undefined || /^\d{15,20}$/.test(guild)
      ? { status: "ok", guild, remove, dryRun }
      : { status: "bad", problem: "--guild is the id of a server: digits" };
  } catch (error) {
    return { status: "bad", problem: error instanceof Error ? error.message : String(error) };
  }
}

function inWords({ status, added, changed, removed }: Registration, { guild, dryRun }: Arguments): string {
  const where = guild === undefined ? "all servers" : `the server ${guild}`;
  if (status === "unchanged") return `Discord has these commands already, for ${where}. Nothing was sent.`;
  const lists = [
    ["added", added],
    ["changed", changed],
    ["removed", removed],
  ] as const;
  return [
    `${dryRun ? "This would change" : "Changed"}, for ${where}:`,
    ...lists.filter(([, names]) => names.length > 0).map(([what, names]) => `  ${what}: ${names.join(", ")}`),
  ].join("\n");
}
