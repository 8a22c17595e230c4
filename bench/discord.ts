import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import pg from "pg";
import { toApplicationCommands } from "../adapters/discord/commands/application-commands.ts";
import { createCommandSpecs } from "../commands/command-specs.ts";
import type {
  CommandOptions,
  DiscordChannel,
  DiscordPerson,
} from "../test/support/discord/discord-people.ts";
import type { LocalDiscord } from "../test/support/discord/local-discord.ts";
import { startDiscord } from "../test/support/discord/start-discord.ts";
import { startDraftroom } from "../test/support/draftroom-process.ts";
import { freshDatabase, startPostgres } from "../test/support/postgres-server.ts";
import { withFolder } from "./ground.ts";
import { atLeast, type Bench, type Bound, type Line } from "./line.ts";
import { median } from "./measure.ts";

const CLIENTS = 64;
/** Ours and the floor take turns. */
const WINDOWS = 3;
const WINDOW_ASKS = 1_000;
const HELP = { command: "help", options: {} };
const DRAFT = {
  command: "draft",
  options: { prompt: "a glass bottle refracting afternoon sun on a limestone table", count: 1 },
};
const GUILDS = 1_000;
const GUILD_CHANNELS = 20;
const GUILD_ROLES = 10;

/**
 * How fast people on Discord are answered through the real client. Each bot is a process of its own, with a local
 * Discord of its own that sets the pace of all. The floor is a bare discord.js bot that only replies: beside it the
 * adapter over an inbox that only replies, which is what the bound is for; and the whole program on PostgreSQL, which
 * looks something up (`/help`) or commits a round (`/draft`) before it answers. Images are nobody's work here.
 */
export const discordBench: Bench = {
  name: "discord",
  async *run() {
    yield await measureReplies();
    const postgres = await startPostgres();
    if (postgres === undefined) {
      yield { name: "discord, the whole program", missing: "PostgreSQL is not installed" };
      return;
    }
    try {
      yield* await withFolder((folder) => measureProgram(postgres.url, folder));
      yield await withFolder((folder) => measureMemory(postgres.url, folder));
    } finally {
      await postgres.stop();
    }
  },
};

/** A bot on a local Discord. */
interface Bot {
  readonly discord: LocalDiscord;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

type Ask = () => Promise<void>;

async function measureReplies(): Promise<Line> {
  const [ours, bare] = [await startReplying("replying-discord.ts"), await startReplying("bare-discord.ts")];
  try {
    const [askOurs, askBare] = [createAsking(ours.discord, HELP), createAsking(bare.discord, HELP)];
    return toLine("discord interactions answered", atLeast(0.5), await takeTurns(askOurs, askBare));
  } finally {
    await ours.stop();
    await bare.stop();
  }
}

async function measureProgram(postgresUrl: string, folder: string): Promise<readonly Line[]> {
  const databaseUrl = await freshDatabase(postgresUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const [ours, bare] = [await startOurs(databaseUrl, folder), await startReplying("bare-discord.ts")];
  const bareHelp = createAsking(bare.discord, HELP);
  try {
    const help = await takeTurns(createAsking(ours.discord, HELP), bareHelp);
    const drafts = await takeTurns(createAsking(ours.discord, DRAFT), bareHelp);
    const kept = await countRounds(pool);
    if (kept !== WINDOWS * WINDOW_ASKS)
      throw new Error(`${WINDOWS * WINDOW_ASKS} were answered and ${kept} kept`);
    return [
      toLine("discord /help, looked up and answered", undefined, help),
      toLine("discord /draft, committed and answered", undefined, drafts),
    ];
  } finally {
    await ours.stop();
    await bare.stop();
    await pool.end();
  }
}

interface Rates {
  readonly ours: number;
  readonly bare: number;
}

/** The first turn of each is not counted. */
async function takeTurns(ours: Ask, bare: Ask): Promise<readonly Rates[]> {
  const rates: Rates[] = [];
  for (let window = 0; window < WINDOWS; window++) {
    const floor = await saturate(bare);
    const rate = await saturate(ours);
    if (window > 0) rates.push({ ours: rate, bare: floor });
  }
  return rates;
}

function toLine(name: string, bound: Bound | undefined, rates: readonly Rates[]): Line {
  const a = median(rates.map((each) => each.ours));
  const b = median(rates.map((each) => each.bare));
  return {
    name,
    ratio: median(rates.map((each) => each.ours / each.bare)),
    bound,
    detail: `${a.toFixed(0)} against ${b.toFixed(0)} a second, ${CLIENTS} at a time`,
  };
}

async function measureMemory(postgresUrl: string, folder: string): Promise<Line> {
  const megabytes = async (start: () => Promise<Bot>) => {
    const bot = await start();
    try {
      return await readRss(bot.child);
    } finally {
      await bot.stop();
    }
  };
  const oursWith = async (guilds: number) =>
    megabytes(async () => startOurs(await freshDatabase(postgresUrl), `${folder}/${guilds}`, guilds));
  const ours = (await oursWith(GUILDS)) - (await oursWith(0));
  const bare =
    (await megabytes(() => startReplying("bare-discord.ts", GUILDS))) -
    (await megabytes(() => startReplying("bare-discord.ts", 0)));
  return {
    name: `discord memory of ${GUILDS} servers, in MB`,
    ratio: ours,
    bound: undefined,
    detail: `each with ${GUILD_CHANNELS} channels and ${GUILD_ROLES} roles; ${bare.toFixed(0)} MB in a bare bot`,
  };
}

async function startOurs(databaseUrl: string, folder: string, guilds = 1): Promise<Bot> {
  const discord = await openDiscord(guilds);
  const program = await startDraftroom({
    DRAFTROOM_ROLE: "gateway",
    DRAFTROOM_LOG_LEVEL: "error",
    DRAFTROOM_DATA_DIR: folder,
    DRAFTROOM_START_CREDITS: "1000000",
    DATABASE_URL: databaseUrl,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_URL: discord.cdnUrl,
    DISCORD_TOKEN: discord.token,
  });
  return {
    discord,
    child: program.child,
    async stop() {
      await program.kill();
      await discord.stop();
    },
  };
}

/** A program of this folder that says when it is ready. */
async function startReplying(file: string, guilds = 1): Promise<Bot> {
  const discord = await openDiscord(guilds);
  const main = new URL(file, import.meta.url).pathname;
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    env: {
      PATH: process.env.PATH ?? "",
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_URL: discord.cdnUrl,
      DISCORD_TOKEN: discord.token,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(createInterface({ input: child.stdout }), "line");
  return {
    discord,
    child,
    async stop() {
      child.kill("SIGKILL");
      await once(child, "exit");
      await discord.stop();
    },
  };
}

async function openDiscord(guilds: number): Promise<LocalDiscord> {
  const discord = await startDiscord({ limits: "off" });
  discord.register(toApplicationCommands(createCommandSpecs([])));
  for (let index = 1; index < guilds; index++) {
    const guild = discord.addGuild({ name: `guild ${index}` });
    for (let role = 1; role < GUILD_ROLES; role++) guild.addRole(`role ${role}`);
    for (let channel = 0; channel < GUILD_CHANNELS; channel++) guild.addChannel(`channel-${channel}`);
  }
  return discord;
}

/** Each time another person asks, in a channel of their own, and reads what is answered. */
function createAsking(
  discord: LocalDiscord,
  { command, options }: { readonly command: string; readonly options: CommandOptions },
): Ask {
  const guild = discord.addGuild({ name: "Bench" });
  const people: { readonly person: DiscordPerson; readonly channel: DiscordChannel }[] = [];
  for (let index = 0; index < CLIENTS; index++) {
    people.push({ person: guild.addPerson(`p${index}`), channel: guild.addChannel(`c${index}`) });
  }
  let asked = 0;
  return async () => {
    const { person, channel } = people[asked++ % CLIENTS] as (typeof people)[number];
    const said = await person.command(channel, command, options);
    if (said.kind !== "replied") throw new Error(`answered with ${said.kind}`);
  };
}

/** Answers a second, with as many people as there are waiting for nothing but theirs. */
async function saturate(ask: Ask): Promise<number> {
  let left = WINDOW_ASKS;
  const start = performance.now();
  const client = async () => {
    while (left-- > 0) await ask();
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return WINDOW_ASKS / ((performance.now() - start) / 1000);
}

async function countRounds(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query("select count(*)::int as count from draftroom.rounds");
  return rows[0].count;
}

/** What a process holds in memory, in MB: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html. NaN where there is no `/proc`. */
async function readRss({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
