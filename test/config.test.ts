import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConfig, SETTINGS } from "../src/config.ts";

const read = (env: Record<string, string>) => {
  const result = readConfig(env);
  if (result.status !== "ok") throw new Error(result.problems.join("\n"));
  return result.config;
};
const problems = (env: Record<string, string>) => {
  const result = readConfig(env);
  return result.status === "bad" ? result.problems : [];
};

const SOCKET = { SLACK_BOT_TOKEN: "xoxb-hunter2", SLACK_APP_TOKEN: "xapp-hunter2" };
const TOKEN_KEY = Buffer.alloc(32, 7).toString("base64");
const DISCORD = { DISCORD_TOKEN: "MTE0ODAwMDAwMDAwMDAwMDAwMQ.GhunTe.hunter2" };
const VALUES = [
  "models.yaml",
  "on",
  "off",
  "xoxb-1",
  "xapp-1",
  "U1,S2",
  TOKEN_KEY,
  DISCORD.DISCORD_TOKEN,
  "0-3/8",
];

describe("readConfig", () => {
  it("needs nothing", () => {
    expect(read({})).toMatchObject({
      role: "all",
      studio: { host: "127.0.0.1", port: 3000, token: undefined },
      dataDir: "data",
      databaseUrl: undefined,
      redisUrl: undefined,
      startCredits: 400,
      models: {
        draft: [{ spec: { name: "sketch", prices: { credits: { "1K": 1 } } } }],
        final: [{ spec: { name: "sketch", prices: { credits: { "1K": 4, "2K": 4, "4K": 7 } } } }],
      },
      timeZone: "UTC",
      retentionDays: 90,
      logLevel: "warn",
      slack: undefined,
      discord: undefined,
    });
    // What is set to nothing is not set.
    expect(read({ DRAFTROOM_PORT: "", DATABASE_URL: "" })).toEqual(read({}));
    expect(Object.isFrozen(read({}))).toBe(true);
  });

  it("reads every setting, and leaves what is not its own", () => {
    const config = read({
      DRAFTROOM_ROLE: "worker",
      DRAFTROOM_HOST: "0.0.0.0",
      DRAFTROOM_PORT: "0",
      DRAFTROOM_TOKEN: "0123456789abcdef",
      DATABASE_URL: "postgres://me:hunter2@db/x",
      REDIS_URL: "rediss://:hunter2@redis",
      DRAFTROOM_PRICE_FINAL_4K: "9",
      DRAFTROOM_TIME_ZONE: "Europe/Madrid",
      DRAFTROOM_MODEL_TIMEOUT_SECONDS: "7",
      PATH: "/bin",
      HOME: "/root",
    });
    expect(config).toMatchObject({
      role: "worker",
      studio: { port: 0 },
      models: { final: [{ spec: { prices: { credits: { "4K": 9 } }, limits: { timeoutMs: 7000 } } }] },
    });
    expect(config.databaseUrl?.reveal()).toBe("postgres://me:hunter2@db/x");
    for (const printed of [
      JSON.stringify(config),
      inspect(config, { depth: 9 }),
      `${config.databaseUrl} ${config.studio?.token}`,
    ]) {
      expect(printed).toContain("[secret]");
      expect(printed).not.toMatch(/hunter2|0123456789abcdef/);
    }
  });

  it("names everything that is wrong at once, and quotes no value", () => {
    const bad = {
      DRAFTROOM_ROLE: "hunter2",
      DRAFTROOM_HOST: "0.0.0.0",
      DRAFTROOM_PORT: "70000",
      DATABASE_URL: "mysql://hunter2@db",
      REDIS_URL: "hunter2",
      DRAFTROOM_START_CREDITS: "-5",
      DRAFTROOM_PRICE_TAKE: "1.5",
      DRAFTROOM_TIME_ZONE: "Mars/hunter2",
      DRAFTROOM_TAKES_AT_ONCE: "0",
      DRAFTROOM_LOG_LEVEL: "hunter2",
      DRAFTROOM_STUDIO: "hunter2",
      DRAFTROOM_RETENTION_DAYS: "3651",
      SLACK_BOT_TOKEN: "xoxp-hunter2",
      SLACK_APP_TOKEN: "xoxb-hunter2",
      SLACK_SIGNING_SECRET: "hunter2",
      SLACK_PORT: "hunter2",
      SLACK_PUBLIC_URL: "http://hunter2.example",
      SLACK_API_URL: "hunter2",
      SLACK_DIRECTORS: "@hunter2",
      SLACK_MANAGERS: "U1,",
      DISCORD_TOKEN: "hunter2",
      DISCORD_DIRECTORS: "@hunter2",
      DISCORD_SHARDS: "hunter2",
      DISCORD_API_URL: "http://hunter2.example",
      DISCORD_FILES_PORT: "hunter2",
      GEMINI_API_KEY: "hunter2",
      OPENAI_API_KEY: "hunter2 hunter2 hunter2",
      REPLICATE_API_URL: "http://hunter2.example",
      SDAPI_URL: "hunter2",
      DRAFTROOM_MODELS_FILE: "hunter2.yaml",
      DRAFTROOM_PROT: "hunter2",
    };
    const said = problems(bad);
    for (const name of Object.keys(bad))
      expect(
        said.filter((each) => each.startsWith(`${name} `)),
        name,
      ).toHaveLength(1);
    expect(said).toHaveLength(Object.keys(bad).length);
    expect(said.join("\n")).not.toMatch(/hunter2|70000|1\.5/);
    expect(said).toContain("DRAFTROOM_PROT is no setting: did you mean DRAFTROOM_PORT?");
    expect(said).toContain("DRAFTROOM_PORT is at most 65535");
    expect(said).toContain("DATABASE_URL starts with postgres:// or postgresql://");
    expect(said).toContain(
      "DRAFTROOM_HOST is open to other machines: set DRAFTROOM_TOKEN, or listen on 127.0.0.1",
    );
    expect(problems({ DRAFTROOM_TOKEN: "hunter2" })).toEqual(["DRAFTROOM_TOKEN has at least 16 characters"]);
    expect(problems({ DRAFTROOM_SOMETHING_ELSE_ENTIRELY: "1" })).toEqual([
      "DRAFTROOM_SOMETHING_ELSE_ENTIRELY is no setting",
    ]);
  });

  it.each(["gateway", "worker"])("the role %s needs a database that others can reach", (role) => {
    expect(problems({ DRAFTROOM_ROLE: role })).toEqual([
      `DATABASE_URL is needed for the role ${role}: the embedded database is for one process`,
    ]);
    expect(problems({ DRAFTROOM_ROLE: role, DATABASE_URL: "postgres://db/x" })).toEqual([]);
  });

  it.each(["127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"])("the host %s needs no token", (host) => {
    expect(problems({ DRAFTROOM_HOST: host })).toEqual([]);
  });

  it.each(["0.0.0.0", "::", "192.168.0.7", "127.0.0.1.evil.example", "studio.example"])(
    "the host %s needs one",
    (host) => {
      expect(problems({ DRAFTROOM_HOST: host })).toHaveLength(1);
      expect(problems({ DRAFTROOM_HOST: host, DRAFTROOM_TOKEN: "0123456789abcdef" })).toEqual([]);
    },
  );

  it("several nodes of a Redis Cluster stand with commas between, each a URL", () => {
    for (const nodes of [
      "redis://a:7000,redis://b:7001,redis://c:7002",
      "rediss://me:hunter2@a, rediss://b",
    ]) {
      expect(read({ REDIS_URL: nodes }).redisUrl?.reveal()).toBe(nodes);
    }
    for (const nodes of [
      "redis://a,b:7001",
      "redis://a,",
      "redis://a,http://b",
      ",redis://a",
      "a,redis://b",
    ]) {
      expect(problems({ REDIS_URL: nodes }), nodes).toEqual(["REDIS_URL starts with redis:// or rediss://"]);
    }
    // A database has one address: a comma is part of a password.
    const DATABASE_URL = "postgres://me:hun,ter2@db/x";
    expect(read({ DATABASE_URL }).databaseUrl?.reveal()).toBe(DATABASE_URL);
  });

  it.each(["+02:00", "-0500", "+2", "02:00", "Mars/Olympus", " "])(
    "%j is no time zone: offsets know no summer",
    (zone) => {
      expect(problems({ DRAFTROOM_TIME_ZONE: zone })).toEqual([
        "DRAFTROOM_TIME_ZONE is an IANA time zone, such as Europe/Madrid",
      ]);
    },
  );

  it.each(["UTC", "Europe/Madrid", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Etc/GMT+5"])(
    "%s is one",
    (zone) => {
      expect(read({ DRAFTROOM_TIME_ZONE: zone }).timeZone).toBe(zone);
    },
  );

  it("a public address needs a token", () => {
    const DRAFTROOM_PUBLIC_URL = "https://draft.example.com";
    expect(problems({ DRAFTROOM_PUBLIC_URL })).toEqual([
      "DRAFTROOM_PUBLIC_URL opens the studio to other machines: set DRAFTROOM_TOKEN",
    ]);
    const config = read({ DRAFTROOM_PUBLIC_URL, DRAFTROOM_TOKEN: "0123456789abcdef" });
    expect(config.studio?.publicUrl?.host).toBe("draft.example.com");
  });

  it("never throws, whatever is set", () => {
    const name = fc.constantFrom(...Object.keys(SETTINGS), "DRAFTROOM_X", "SLACK_X", "DISCORD_X");
    const value = fc.oneof(fc.string(), fc.constantFrom(...VALUES));
    fc.assert(
      fc.property(fc.dictionary(name, value), (env) => {
        expect(["ok", "bad"]).toContain(readConfig(env).status);
      }),
      { numRuns: 500 },
    );
  });

  it("every setting says what it is for", () => {
    for (const [name, setting] of Object.entries(SETTINGS)) expect(setting.description, name).toMatch(/\.$/);
  });
});

describe("the studio", () => {
  it("is on, unless another chat is set; what is said goes", () => {
    expect(read({}).studio).toBeDefined();
    expect(read(SOCKET).studio).toBeUndefined();
    expect(read(DISCORD).studio).toBeUndefined();
    expect(read({ ...SOCKET, DRAFTROOM_STUDIO: "on" }).studio).toMatchObject({ port: 3000 });
    expect(read({ ...SOCKET, DRAFTROOM_STUDIO: "off" }).studio).toBeUndefined();
    expect(read({ DRAFTROOM_STUDIO: "on" }).studio).toBeDefined();
  });

  it.each(["all", "gateway"])("off, and nothing else: nobody could talk to the role %s", (role) => {
    const env = { DRAFTROOM_STUDIO: "off", DRAFTROOM_ROLE: role, DATABASE_URL: "postgres://db/x" };
    expect(problems(env)).toEqual([
      "DRAFTROOM_STUDIO is off and no other chat is set: nobody could talk to Draftroom",
    ]);
    expect(problems({ ...env, ...SOCKET })).toEqual([]);
    expect(problems({ ...env, ...DISCORD })).toEqual([]);
    expect(problems({ ...env, DRAFTROOM_ROLE: "worker" })).toEqual([]);
  });

  it("needs no token when it is off", () => {
    expect(problems({ ...SOCKET, DRAFTROOM_HOST: "0.0.0.0" })).toEqual([]);
    expect(problems({ ...SOCKET, DRAFTROOM_HOST: "0.0.0.0", DRAFTROOM_STUDIO: "on" })).toHaveLength(1);
  });
});
