import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { LocalDiscord } from "./support/discord/local-discord.ts";
import { startDiscord } from "./support/discord/start-discord.ts";
import { ROOT } from "./support/source-tree.ts";

// `npm run discord:register` as people run it: a process of its own, with the environment for its settings.

let discord: LocalDiscord;
beforeEach(async () => {
  discord = await startDiscord({ limits: "off" });
});
afterEach(async () => {
  expect(discord.problems()).toEqual([]);
  await discord.stop();
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const env = {
    PATH: process.env.PATH ?? "",
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ...more,
  };
  const program = join(ROOT, "src/discord-register.ts");
  const options = ["--disable-warning=ExperimentalWarning", program, ...args];
  const ended = await promisify(execFile)(process.execPath, options, { env }).then(
    (said): Ended => ({ code: 0, ...said }),
    (error: Ended) => error,
  );
  expect(ended.stdout + ended.stderr).not.toContain(discord.token);
  return ended;
}

const NAMES = "/draft, /quota, /help, Draft from this message";

it("registers the commands, once", async () => {
  expect(await run(["--dry-run"])).toMatchObject({
    code: 0,
    stdout: `This would change, for all servers:\n  added: ${NAMES}\n`,
  });
  expect(discord.commands()).toEqual([]);
  expect(await run([])).toMatchObject({
    code: 0,
    stdout: `Changed, for all servers:\n  added: ${NAMES}\n`,
  });
  expect(discord.commands()).toHaveLength(4);
  expect(await run([])).toMatchObject({
    code: 0,
    stdout: "Discord has these commands already, for all servers. Nothing was sent.\n",
  });
});

it("in one server, and away again", async () => {
  const guild = discord.addGuild();
  const { stdout } = await run(["--guild", guild.id]);
  expect(stdout).toBe(`Changed, for the server ${guild.id}:\n  added: ${NAMES}\n`);
  expect(discord.commands(guild)).toHaveLength(4);
  expect((await run(["--guild", guild.id, "--remove"])).stdout).toContain(`removed: ${NAMES}`);
  expect(discord.commands(guild)).toEqual([]);
});

it.each([
  [["--guild", "atelier"], {}, "--guild is the id of a server: digits"],
  [["--gild", "1"], {}, "Unknown option '--gild'"],
  [[], { DISCORD_TOKEN: "" }, "DISCORD_TOKEN is needed"],
  [[], { DISCORD_TOKEN: "hunter2" }, "DISCORD_TOKEN is three parts"],
  [
    [],
    { DISCORD_TOKEN: "bad.bad.bad" },
    "Discord does not take the token in DISCORD_TOKEN.\n  → Copy the token",
  ],
] as const)("says what is wrong with %j %j", async (args, more, sentence) => {
  const { code, stdout, stderr } = await run(args, more);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain("hunter2");
});

it("a server where the bot is not", async () => {
  const { code, stderr } = await run(["--guild", "1148000000000000001"]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Discord refused the commands: .+ \(\d+\)\.\n {2}→ /);
});
