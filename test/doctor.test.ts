import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { toApplicationCommands } from "../adapters/discord/commands/application-commands.ts";
import { createCommandSpecs } from "../commands/command-specs.ts";
import { startDiscord } from "./support/discord/start-discord.ts";
import { startDraftroom } from "./support/draftroom-process.ts";
import { openLocalGoogle } from "./support/providers/local-google.ts";
import { findFreePort } from "./support/server-process.ts";
import { startSlack } from "./support/slack/start-slack.ts";
import { ROOT } from "./support/source-tree.ts";

// The doctor as people run it: a process of its own, with the environment for its settings.

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-doctor-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const HIDDEN = "hunter2";

async function examine(env: Readonly<Record<string, string>>) {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(ROOT, "src/doctor.ts")],
    {
      env: { PATH: process.env.PATH ?? "", DRAFTROOM_DATA_DIR: join(folder, "data"), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const [said, errors] = [child.stdout.toArray(), child.stderr.toArray()];
  const [code] = await once(child, "exit");
  const words = Buffer.concat(await said).toString();
  expect(Buffer.concat(await errors).toString()).toBe("");
  expect(words).not.toContain(HIDDEN);
  return { code, words };
}

describe("with the studio alone", () => {
  it("all is well", async () => {
    const { code, words } = await examine({});
    expect(code).toBe(0);
    expect(words).toMatch(
      /^Settings\n {2}✓ They are right\. This process talks through the studio\.\nGround\n/,
    );
    expect(words).toContain(`✓ ${join(folder, "data")} can be written.`);
    expect(words).toMatch(/ \d+\.\d GB of disk space are free\./);
    expect(words).toContain("✓ The embedded database is free: Draftroom is not running on it.");
    expect(words).toMatch(/\n\nAll is well\./);
    expect(words).not.toContain("Slack");
    // It looked, and left nothing.
    expect(await readdir(join(folder, "data"))).toEqual([]);
  });

  it("while Draftroom runs", async () => {
    const draftroom = await startDraftroom({ DRAFTROOM_DATA_DIR: join(folder, "data") });
    const { code, words } = await examine({});
    await draftroom.stop();
    expect(words).toContain(`✓ The embedded database is open in process ${draftroom.child.pid}`);
    expect(code).toBe(0);
  });

  it("a folder that cannot be written", async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "data"), "in the way");
    const { code, words } = await examine({});
    expect(code).toBe(1);
    expect(words).toMatch(/✗ \S+data cannot be written \(E\w+\)\.\n {4}→ /);
    expect(words).toContain("1 to be mended, marked ✗.");
  });
});

describe("settings", () => {
  it("names all that is wrong", async () => {
    const { code, words } = await examine({
      SLACK_BOT_TOKEN: `xoxp-${HIDDEN}`,
      SLACK_APP_TOKEN: `xapp-${HIDDEN}`,
      DRAFTROOM_PORT: HIDDEN,
    });
    expect(code).toBe(1);
    expect(words).toContain("✗ DRAFTROOM_PORT is a whole number");
    expect(words).toContain("✗ SLACK_BOT_TOKEN starts with xoxb-");
    expect(words).toContain("2 to be mended");
  });

  it("points at what looks mistyped", async () => {
    const { code, words } = await examine({ SLACK_DIRECTERS: HIDDEN });
    expect(code).toBe(0);
    expect(words).toContain("! SLACK_DIRECTERS is no setting: did you mean SLACK_DIRECTORS?");
    expect(words).toContain("Look at the 1 marked !.");
  });
});

describe("the ground", () => {
  it("no database and no Redis", async () => {
    const { code, words } = await examine({
      DATABASE_URL: `postgres://me:${HIDDEN}@127.0.0.1:${await findFreePort()}/x`,
      REDIS_URL: `redis://:${HIDDEN}@127.0.0.1:${await findFreePort()}`,
    });
    expect(code).toBe(1);
    expect(words).toMatch(/✗ The database of DATABASE_URL cannot be had: connect ECONNREFUSED/);
    expect(words).toMatch(/✗ The Redis of REDIS_URL cannot be had: connect ECONNREFUSED/);
    expect(words).not.toContain("embedded");
  });

  const postgres = inject("postgresUrl") ?? "";
  it.skipIf(postgres === "")("a PostgreSQL server", async () => {
    const { code, words } = await examine({ DATABASE_URL: postgres });
    expect(words).toMatch(/✓ The database answers: PostgreSQL \d+/);
    expect(code).toBe(0);
  });

  const redis = inject("redisUrl") ?? "";
  it.skipIf(redis === "")("a Redis server", async () => {
    const { words } = await examine({ REDIS_URL: redis });
    expect(words).toContain("✓ Redis answers.");
  });
});

describe("on Slack", () => {
  it("says what has to be mended, and ends with 1; and with 0 once it is", async () => {
    const slack = await startSlack();
    const team = slack.addWorkspace({ name: "Atelier" });
    team.addChannel("brand", { bot: true });
    const max = team.addPerson("max");
    const env = { SLACK_API_URL: slack.apiUrl, SLACK_APP_TOKEN: slack.appToken, SLACK_MANAGERS: max.id };
    const { botToken: bare } = team.install({ scopes: ["chat:write"] });
    const sick = await examine({ ...env, SLACK_BOT_TOKEN: bare });
    expect(sick.code).toBe(1);
    expect(sick.words).toContain("✗ The scope commands is missing.");
    const { botToken } = team.install();
    const well = await examine({ ...env, SLACK_BOT_TOKEN: botToken });
    expect(well.words).toContain("This process talks through Slack.");
    expect(well.words).toContain(`✓ The bot token works: @draftroom in Atelier (${team.id}).`);
    expect(well.words).toContain("\n\nAll is well.");
    expect(well.code).toBe(0);
    for (const secret of [bare, botToken, slack.appToken]) {
      expect(sick.words + well.words).not.toContain(secret);
    }
    expect(slack.problems).toEqual([]);
    await slack.stop();
  });

  it("in many workspaces, on a database without Draftroom's tables", async () => {
    const slack = await startSlack();
    const { code, words } = await examine({
      SLACK_API_URL: slack.apiUrl,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_CLIENT_ID: slack.clientId,
      SLACK_CLIENT_SECRET: `${HIDDEN}-client-secret`,
      SLACK_STATE_SECRET: `${HIDDEN}-state-secret`,
      SLACK_TOKEN_KEYS: Buffer.alloc(32, 7).toString("base64"),
      SLACK_PUBLIC_URL: `http://127.0.0.1:${await findFreePort()}`,
    });
    expect(code).toBe(1);
    expect(words).toMatch(/✗ \S+health does not answer \(ECONNREFUSED\)/);
    expect(words).toContain("! The workspaces that installed the app are in the embedded database");
    await slack.stop();
  });
});

describe("models", () => {
  it("the built-in one is there", async () => {
    const { words } = await examine({});
    expect(words).toContain(
      "Models\n  ✓ sketch (draft) is there: it is built in.\n  ✓ sketch (final) is there: it is built in.\n",
    );
  });

  it("one that is not there is to be looked at, and to be mended where no other takes over", async () => {
    const google = await openLocalGoogle();
    const file = join(folder, "models.yaml");
    await writeFile(
      file,
      `models:
  - {provider: google, id: gemini-4-image, tier: draft, sizes: [1K], aspects: [1:1]}
  - {provider: google, id: gemini-3.1-flash-lite-image, tier: draft}
  - {provider: fal, id: fal-ai/flux-2/flash, tier: draft}
  - {provider: sdapi, id: loaded, tier: final}
`,
    );
    const { code, words } = await examine({
      DRAFTROOM_MODELS_FILE: file,
      GEMINI_API_KEY: [...google.keys].join(),
      GEMINI_API_URL: new URL("/v1beta", google.url).href,
      SDAPI_URL: `http://127.0.0.1:${await findFreePort()}`,
    });
    expect(code).toBe(1);
    expect(words).toMatch(
      /! gemini-4-image \(draft\) is not there: .*\n {4}→ See that the models file has its right id\./,
    );
    expect(words).toContain("✓ nano-banana-lite (draft) is there: google knows the model.");
    expect(words).toContain(
      "! flux-2-flash (draft) has no key: FAL_KEY is not set.\n    → Set it, or leave the model out.",
    );
    expect(words).toMatch(
      /✗ sdapi \(final\) cannot be reached: .*\n {4}→ See that this machine gets there\./,
    );
    expect(words).not.toContain([...google.keys].join());
    expect(google.paid).toEqual([]);
    google.keys.clear();
    const refused = await examine({
      GEMINI_API_KEY: "AIza-of-somebody-else",
      GEMINI_API_URL: new URL("/v1beta", google.url).href,
    });
    expect(refused.words).toMatch(
      /✗ nano-banana-pro \(final\) does not let us in: .*\n {4}→ See that GEMINI_API_KEY is right\./,
    );
    expect(refused.code).toBe(1);
    await google.close();
  });

  it("a gateway asks none, and needs no key", async () => {
    const { words } = await examine({
      DRAFTROOM_ROLE: "gateway",
      DATABASE_URL: `postgres://127.0.0.1:${await findFreePort()}/x`,
    });
    expect(words).toContain("✓ A gateway asks no models: look where images are made.");
  });
});

describe("on Discord", () => {
  it("says what has to be mended, and ends with 1; and with 0 once it is", async () => {
    const discord = await startDiscord({ limits: "off" });
    const guild = discord.addGuild({ name: "Atelier" });
    const env = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_DIRECTORS: guild.addRole("Designers").id,
    };
    const sick = await examine(env);
    expect(sick.code).toBe(1);
    expect(sick.words).toContain(
      "✗ Discord offers none of the commands.\n    → Run npm run discord:register.",
    );
    discord.register(JSON.parse(JSON.stringify(toApplicationCommands(createCommandSpecs(["sketch"])))));
    const well = await examine(env);
    expect(well.words).toContain("This process talks through Discord.");
    expect(well.words).toContain("✓ DISCORD_DIRECTORS in Atelier: @Designers.");
    expect(well.words).toContain("\n\nAll is well.");
    expect(well.code).toBe(0);
    expect(sick.words + well.words).not.toContain(discord.token);
    expect(discord.problems()).toEqual([]);
    await discord.stop();
  });
});
