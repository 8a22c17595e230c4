import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";

const read = (env: Record<string, string>) => {
  const result = readConfig(env);
  if (result.status !== "ok") throw new Error(result.problems.join("\n"));
  return result.config;
};
const problems = (env: Record<string, string>) => {
  const result = readConfig(env);
  return result.status === "bad" ? result.problems : [];
};

const DISCORD_TOKEN = "MTE0ODAwMDAwMDAwMDAwMDAwMQ.GhunTe.r2-hunter2_hunter2";
const IDS = ["1148000000000000001", "1148000000000000002", "1148000000000000003"] as const;

describe("the settings of Discord", () => {
  it("a token is enough", () => {
    const { discord, studio } = read({ DISCORD_TOKEN });
    expect(discord).toMatchObject({
      directors: [],
      managers: [],
      shards: "auto",
      files: { publicUrl: undefined, host: "0.0.0.0", port: 3002 },
    });
    expect(`${discord?.apiUrl} ${discord?.cdnUrl}`).toBe(
      "https://discord.com/api/ https://cdn.discordapp.com/",
    );
    expect(discord?.token.reveal()).toBe(DISCORD_TOKEN);
    expect(studio).toBeUndefined();
  });

  it("all of them", () => {
    const { discord } = read({
      DISCORD_TOKEN,
      DISCORD_SHARDS: "4-7/8",
      DISCORD_API_URL: "http://127.0.0.1:7/api",
      DISCORD_CDN_URL: "https://cdn.example",
      DISCORD_FILES_URL: "https://files.example.com/originals",
      DISCORD_FILES_HOST: "127.0.0.1",
      DISCORD_FILES_PORT: "0",
    });
    expect(discord).toMatchObject({
      shards: { ids: [4, 5, 6, 7], total: 8 },
      files: { host: "127.0.0.1", port: 0 },
    });
    expect([discord?.apiUrl, discord?.cdnUrl, discord?.files.publicUrl].join(" ")).toBe(
      "http://127.0.0.1:7/api/ https://cdn.example/ https://files.example.com/originals/",
    );
  });

  it("prints no secret", () => {
    const { discord } = read({ DISCORD_TOKEN });
    for (const printed of [JSON.stringify(discord), inspect(discord, { depth: 9 })]) {
      expect(printed).toContain("[secret]");
      expect(printed).not.toContain("hunter2");
    }
  });

  it.each([
    "0123456789abcdef0123456789abcdef",
    `Bot ${DISCORD_TOKEN}`,
    "MTE0.hunter2",
    "MTE0..hunter2",
    `${DISCORD_TOKEN}.x`,
  ])("%j is no bot's token", (token) => {
    expect(problems({ DISCORD_TOKEN: token })).toEqual([
      "DISCORD_TOKEN is three parts with points between (not the client secret, and without “Bot”)",
    ]);
  });

  it("directors and managers are roles and people, of every server or of one", () => {
    const { discord } = read({
      DISCORD_TOKEN,
      DISCORD_DIRECTORS: `${IDS[0]}, ${IDS[1]}:${IDS[2]}`,
      DISCORD_MANAGERS: IDS[2],
    });
    expect(discord?.directors).toEqual([
      { guild: undefined, id: IDS[0] },
      { guild: IDS[1], id: IDS[2] },
    ]);
    expect(discord?.managers).toEqual([{ guild: undefined, id: IDS[2] }]);
  });

  it.each(["@ada", "ada", "<@1148000000000000001>", "114", `${IDS[0]},`, `${IDS[0]}:`, `:${IDS[0]}`])(
    "%j names no role and no person",
    (DISCORD_DIRECTORS) => {
      expect(problems({ DISCORD_TOKEN, DISCORD_DIRECTORS })).toEqual([
        "DISCORD_DIRECTORS names roles and people by id (digits), with commas between",
      ]);
    },
  );

  it.each([
    ["0/1", { ids: [0], total: 1 }],
    ["0-0/2", { ids: [0], total: 2 }],
    ["2-3/16", { ids: [2, 3], total: 16 }],
    ["auto", "auto"],
  ])("the shards %s", (DISCORD_SHARDS, shards) => {
    expect(read({ DISCORD_TOKEN, DISCORD_SHARDS }).discord?.shards).toEqual(shards);
  });

  it.each(["8", "0-3", "3-0/8", "0-8/8", "8/8", "0/0", "-1/8", "0-3 of 8", "0/99999", "all"])(
    "%j names no shards",
    (DISCORD_SHARDS) => {
      expect(problems({ DISCORD_TOKEN, DISCORD_SHARDS })).toEqual([
        "DISCORD_SHARDS is auto, or shards of a number of them, such as 0-3/8",
      ]);
    },
  );

  it.each(["DISCORD_API_URL", "DISCORD_CDN_URL", "DISCORD_FILES_URL"])(
    "%s is safe, or on this machine",
    (name) => {
      for (const url of ["https://discord.example/api/", "http://127.0.0.1:80/api", "http://[::1]:1"]) {
        expect(problems({ DISCORD_TOKEN, [name]: url }), url).toEqual([]);
      }
      for (const url of [
        "http://discord.com/api/",
        "http://127.0.0.1.evil.example",
        "ftp://127.0.0.1",
        "x",
      ]) {
        expect(problems({ DISCORD_TOKEN, [name]: url }), url).toEqual([
          `${name} starts with https:// (http:// only for this machine)`,
        ]);
      }
    },
  );

  it("is nothing to a worker", () => {
    const worker = { DRAFTROOM_ROLE: "worker", DATABASE_URL: "postgres://db/x" };
    expect(read({ DISCORD_TOKEN, ...worker }).discord).toBeUndefined();
    expect(read({ DISCORD_TOKEN, DRAFTROOM_STUDIO: "off", ...worker }).studio).toBeUndefined();
  });

  it("settings that only refine it do not ask for it", () => {
    expect(read({ DISCORD_DIRECTORS: IDS[0], DISCORD_FILES_URL: "https://a.b" })).toMatchObject({
      discord: undefined,
      studio: { port: 3000 },
    });
  });

  it("beside Slack, and the studio if it is asked for", () => {
    const SLACK = { SLACK_BOT_TOKEN: "xoxb-hunter2", SLACK_APP_TOKEN: "xapp-hunter2" };
    const config = read({ DISCORD_TOKEN, ...SLACK, DRAFTROOM_STUDIO: "on" });
    expect(config.slack && config.discord && config.studio).toBeDefined();
    expect(read({ DISCORD_TOKEN, DRAFTROOM_STUDIO: "off" }).studio).toBeUndefined();
  });

  it("what other programs call DISCORD_… is theirs; what nearly is ours is said", () => {
    const others = { DISCORD_WEBHOOK_URL: "x", DISCORD_CLIENT_ID: "x", DISCORD_GUILD: "x" };
    expect(readConfig({ ...others, DISCORD_TOKEN })).toMatchObject({ status: "ok", hints: [] });
    expect(readConfig({ DISCORD_TOKEN, DISCORD_DIRECTERS: "hunter2" })).toMatchObject({
      hints: ["DISCORD_DIRECTERS is no setting: did you mean DISCORD_DIRECTORS?"],
    });
    expect(readConfig({ DISCORD_TOKN: "hunter2" })).toMatchObject({
      hints: ["DISCORD_TOKN is no setting: did you mean DISCORD_TOKEN?"],
    });
  });
});
