import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { checkRedis } from "../adapters/bullmq/check-redis.ts";
import { checkFolder } from "../adapters/files/check-folder.ts";
import { checkDataDir } from "../adapters/pglite/check-data-dir.ts";
import { checkDatabase } from "../adapters/postgres/check-database.ts";
import { SCHEMA } from "../adapters/postgres/migrate.ts";
import { createSlackDoctor, type OpenAccess } from "../adapters/slack/doctor/slack-doctor.ts";
import type { InstallTables } from "../adapters/slack/installs/install-tables.ts";
import { createInstalls } from "../adapters/slack/installs/installs.ts";
import { createCommandSpecs } from "../commands/command-specs.ts";
import { type Config, readConfig } from "./config.ts";
import { type LookedAt, lookAtModels } from "./look-at-models.ts";
import { bad, type Finding, fine, warn } from "./ports/finding.ts";
import type { Clock, Log } from "./ports/log.ts";
import type { DiscordConfig } from "./settings/discord-settings.ts";
import type { SlackConfig } from "./settings/slack-settings.ts";

// `npm run doctor`: looks whether Draftroom can work as it is set up, and says what to do.

/** How long a database may take to answer, in milliseconds. */
const DATABASE_MS_MAX = 10_000;
const clock: Clock = () => new Date();
/** What adapters would log, the findings say better. */
const QUIET: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const TIERS = ["draft", "final"] as const;
const MARKS = { ok: "✓", warn: "!", bad: "✗" } as const;

process.exitCode = await main();

/** @returns 0 when all is well, 1 when something must be mended. */
async function main(): Promise<0 | 1> {
  const read = readConfig(process.env);
  if (read.status === "bad") {
    say(
      "Settings",
      read.problems.map((problem) => ({ level: "bad", says: problem, next: [] })),
    );
    return conclude(read.problems.length, 0);
  }
  const { config, hints } = read;
  const chats = [config.studio && "the studio", config.slack && "Slack", config.discord && "Discord"].filter(
    (each) => each !== undefined,
  );
  const role =
    config.role === "worker" ? "makes images and talks to nobody" : `talks through ${chats.join(" and ")}`;
  const findings = [
    ...say("Settings", [fine(`They are right. This process ${role}.`), ...hints.map((hint) => warn(hint))]),
    ...say("Ground", await checkGround(config)),
    ...say("Models", await checkModels(config)),
    ...(config.slack ? say("Slack", await checkSlack(config, config.slack)) : []),
    ...(config.discord ? say("Discord", await checkDiscord(config.discord)) : []),
  ];
  const count = (level: Finding["level"]) => findings.filter((each) => each.level === level).length;
  return conclude(count("bad"), count("warn"));
}

async function checkGround({ databaseUrl, redisUrl, dataDir }: Config): Promise<readonly Finding[]> {
  return [
    ...(await checkFolder(dataDir)),
    ...(databaseUrl
      ? await checkDatabase(databaseUrl.reveal())
      : await checkDataDir(join(dataDir, "database"))),
    ...(redisUrl ? await checkRedis(redisUrl.reveal()) : [fine("The queue is in the database.")]),
  ];
}

async function checkModels(config: Config): Promise<readonly Finding[]> {
  if (config.role === "gateway") return [fine("A gateway asks no models: look where images are made.")];
  const looks = await lookAtModels(config);
  return TIERS.flatMap((tier) => {
    // Of several, the others take over.
    const found = looks[tier].some((look) => look.found.status === "reachable") ? warn : bad;
    return looks[tier].map((look) => onLook(look, found));
  });
}

function onLook({ setting, found }: LookedAt, otherwise: typeof warn): Finding {
  const { spec, keyName } = setting;
  const name = `${spec.name} (${spec.tier})`;
  switch (found.status) {
    case "reachable":
      return fine(`${name} is there: ${found.how}.`);
    case "no_key":
      return otherwise(`${name} has ${found.why}.`, "Set it, or leave the model out.");
    case "refused":
      return otherwise(
        `${name} does not let us in: ${found.why}.`,
        `See that ${keyName ?? "SDAPI_URL"} is right.`,
      );
    case "no_model":
      return otherwise(`${name} is not there: ${found.why}.`, "See that the models file has its right id.");
    case "unreachable":
      return otherwise(`${name} cannot be reached: ${found.why}.`, "See that this machine gets there.");
  }
}

async function checkSlack({ databaseUrl }: Config, slack: SlackConfig): Promise<readonly Finding[]> {
  const { install } = slack;
  const parts = { ...slack, fetch, clock };
  if (install.kind === "token") return createSlackDoctor({ ...parts, install })();
  const { publicUrl } = install;
  if (databaseUrl === undefined) {
    return createSlackDoctor({ ...parts, install: { kind: "oauth", open: undefined, publicUrl } })();
  }
  const pool = new pg.Pool({
    connectionString: databaseUrl.reveal(),
    options: `-c search_path=${SCHEMA}`,
    connectionTimeoutMillis: DATABASE_MS_MAX,
  });
  pool.on("error", () => {});
  try {
    const db = new Kysely<InstallTables>({ dialect: new PostgresDialect({ pool }) });
    const onInstalled = async () => {};
    const known = { ...install, keys: install.tokenKeys, db, apiUrl: slack.apiUrl.href, onInstalled };
    const open: OpenAccess = (watched) =>
      createInstalls({ ...known, fetch: watched, clock, log: QUIET }).access;
    return await createSlackDoctor({ ...parts, install: { kind: "oauth", open, publicUrl } })();
  } finally {
    await pool.end();
  }
}

async function checkDiscord(discord: DiscordConfig): Promise<readonly Finding[]> {
  // Its library takes a second to load, which only those wait for who are on Discord.
  const { toApplicationCommands } = await import("../adapters/discord/commands/application-commands.ts");
  const { createDiscordDoctor } = await import("../adapters/discord/doctor/discord-doctor.ts");
  // Models are no part of what Discord is told beforehand.
  const commands = toApplicationCommands(createCommandSpecs([]));
  return createDiscordDoctor({ ...discord, filesUrl: discord.files.publicUrl, commands, clock })();
}

function say(title: string, findings: readonly Finding[]): readonly Finding[] {
  console.log(title);
  for (const { level, says, next } of findings) {
    console.log(`  ${MARKS[level]} ${says}`);
    for (const step of next) console.log(`    → ${step}`);
  }
  return findings;
}

function conclude(bad: number, warnings: number): 0 | 1 {
  const look = warnings > 0 ? ` Look at the ${warnings} marked !.` : "";
  console.log(bad > 0 ? `\n${bad} to be mended, marked ✗.${look}` : `\nAll is well.${look}`);
  return bad > 0 ? 1 : 0;
}
