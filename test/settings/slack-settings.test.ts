import { inspect } from "node:util";
import fc from "fast-check";
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

const BOT = "xoxb-hunter2";
const APP = "xapp-hunter2";
const SIGNING = "hunter2-hunter2-hunter2";
const TOKEN_KEY = Buffer.alloc(32, 7).toString("base64");
const SOCKET = { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP };
const HTTP = { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: SIGNING };
const MANY = {
  SLACK_SIGNING_SECRET: SIGNING,
  SLACK_CLIENT_ID: "1.2",
  SLACK_CLIENT_SECRET: "hunter2-client-secret",
  SLACK_STATE_SECRET: "hunter2-state-secret",
  SLACK_TOKEN_KEYS: TOKEN_KEY,
  SLACK_PUBLIC_URL: "https://bot.example.com",
};

describe("the settings of Slack", () => {
  it("through Socket Mode: two tokens are enough", () => {
    const { slack } = read({ ...SOCKET, SLACK_SIGNING_SECRET: SIGNING });
    expect(slack).toMatchObject({ transport: { kind: "socket" }, install: { kind: "token" } });
    expect(slack).toMatchObject({ directors: [], managers: [] });
    expect(`${slack?.apiUrl}`).toBe("https://slack.com/api/");
    expect(slack?.transport.kind === "socket" && slack.transport.appToken.reveal()).toBe(APP);
    expect(slack?.install.kind === "token" && slack.install.botToken.reveal()).toBe(BOT);
  });

  it("through HTTP: a signing secret, and no app token", () => {
    expect(read(HTTP).slack?.transport).toMatchObject({
      kind: "http",
      host: "0.0.0.0",
      port: 3001,
      publicUrl: undefined,
    });
    const given = { SLACK_HOST: "127.0.0.1", SLACK_PORT: "0", SLACK_PUBLIC_URL: "https://bot.example.com/a" };
    const { slack } = read({ ...HTTP, ...given });
    expect(slack?.transport).toMatchObject({ host: "127.0.0.1", port: 0 });
    expect(slack?.transport.kind === "http" && slack.transport.publicUrl?.href).toBe(
      "https://bot.example.com/a/",
    );
  });

  it("in many workspaces", () => {
    const other = Buffer.alloc(32, 255).toString("base64");
    const { slack } = read({ ...MANY, SLACK_TOKEN_KEYS: `${TOKEN_KEY}, ${other}` });
    expect(slack).toMatchObject({ transport: { kind: "http" }, install: { kind: "oauth", clientId: "1.2" } });
    if (slack?.install.kind !== "oauth") throw new Error("not through OAuth");
    expect(slack.install.tokenKeys.map((key) => key.reveal())).toEqual([TOKEN_KEY, other]);
    expect(slack.install.publicUrl.href).toBe("https://bot.example.com/");
  });

  it("prints no secret", () => {
    for (const env of [SOCKET, HTTP, MANY]) {
      const { slack } = read(env);
      for (const printed of [JSON.stringify(slack), inspect(slack, { depth: 9 })]) {
        expect(printed).toContain("[secret]");
        expect(printed).not.toMatch(/hunter2/);
        expect(printed).not.toContain(TOKEN_KEY);
      }
    }
  });

  it("directors and managers are people and groups, of every workspace or of one", () => {
    const { slack } = read({ ...SOCKET, SLACK_DIRECTORS: "U1, W2,T9:S3", SLACK_MANAGERS: "T9:U1" });
    expect(slack?.directors).toEqual([
      { team: undefined, id: "U1" },
      { team: undefined, id: "W2" },
      { team: "T9", id: "S3" },
    ]);
    expect(slack?.managers).toEqual([{ team: "T9", id: "U1" }]);
  });

  it.each(["@ada", "u1", "U1 U2", "U1,", "C123", "T9:T9", "T9:", ":U1", "<@U1>"])(
    "%j names no person and no group",
    (SLACK_DIRECTORS) => {
      expect(problems({ ...SOCKET, SLACK_DIRECTORS })).toEqual([
        "SLACK_DIRECTORS names people (U… or W…) and user groups (S…) by id, with commas between",
      ]);
    },
  );

  it.each([
    Buffer.alloc(31).toString("base64"),
    Buffer.alloc(33).toString("base64"),
    Buffer.alloc(32).toString("hex"),
    TOKEN_KEY.slice(0, -1),
    `${TOKEN_KEY},`,
    `${TOKEN_KEY} ${TOKEN_KEY}`,
  ])("%j is no key of 32 bytes", (SLACK_TOKEN_KEYS) => {
    expect(problems({ ...MANY, SLACK_TOKEN_KEYS })).toEqual([
      "SLACK_TOKEN_KEYS is one or more keys of 32 bytes in base64, with commas between (openssl rand -base64 32)",
    ]);
  });

  it("takes any key of 32 bytes", () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(bytes, (key) => {
        expect(problems({ ...MANY, SLACK_TOKEN_KEYS: Buffer.from(key).toString("base64") })).toEqual([]);
      }),
    );
  });

  it.each(["SLACK_API_URL", "SLACK_PUBLIC_URL"])("%s is safe, or on this machine", (name) => {
    for (const url of ["https://slack.example/api/", "http://127.0.0.1:80/api", "http://[::1]:1"]) {
      expect(problems({ ...HTTP, [name]: url }), url).toEqual([]);
    }
    for (const url of [
      "http://slack.com/api/",
      "http://127.0.0.1.evil.example",
      "ftp://127.0.0.1",
      "slack.com",
    ]) {
      expect(problems({ ...HTTP, [name]: url }), url).toEqual([
        `${name} starts with https:// (http:// only for this machine)`,
      ]);
    }
    expect(`${read({ ...SOCKET, SLACK_API_URL: "http://localhost:7/api" }).slack?.apiUrl}`).toBe(
      "http://localhost:7/api/",
    );
  });

  it.each([
    ["an app token alone", { SLACK_APP_TOKEN: APP }, ["SLACK_BOT_TOKEN is needed with SLACK_APP_TOKEN"]],
    [
      "a signing secret alone",
      { SLACK_SIGNING_SECRET: SIGNING },
      ["SLACK_BOT_TOKEN is needed with SLACK_SIGNING"],
    ],
    [
      "a bot token alone",
      { SLACK_BOT_TOKEN: BOT },
      ["SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"],
    ],
    ["OAuth in Socket Mode", { ...MANY, SLACK_APP_TOKEN: APP }, ["SLACK_APP_TOKEN is for one workspace"]],
    [
      "one and many",
      { ...MANY, SLACK_BOT_TOKEN: BOT },
      ["SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID"],
    ],
    [
      "a client id alone",
      { SLACK_CLIENT_ID: "1.2" },
      [
        "SLACK_CLIENT_SECRET is needed with SLACK_CLIENT_ID",
        "SLACK_STATE_SECRET is needed with SLACK_CLIENT_ID",
        "SLACK_TOKEN_KEYS is needed with SLACK_CLIENT_ID",
        "SLACK_SIGNING_SECRET is needed with SLACK_CLIENT_ID",
        "SLACK_PUBLIC_URL is needed with SLACK_CLIENT_ID",
      ],
    ],
  ] as const)("%s does not go", (_what, env, sentences) => {
    const said = problems(env);
    expect(said).toHaveLength(sentences.length);
    for (const [index, sentence] of sentences.entries()) expect(said[index]).toContain(sentence);
    // A worker talks to nobody.
    const worker = { ...env, DRAFTROOM_ROLE: "worker", DATABASE_URL: "postgres://db/x" };
    expect(problems(worker)).toEqual([]);
  });

  it("is nothing to a worker", () => {
    expect(
      read({ ...SOCKET, DRAFTROOM_ROLE: "worker", DATABASE_URL: "postgres://db/x" }).slack,
    ).toBeUndefined();
  });

  it("settings that only refine it do not ask for it", () => {
    expect(
      read({ SLACK_DIRECTORS: "U1", SLACK_PORT: "3001", SLACK_PUBLIC_URL: "https://a.b" }),
    ).toMatchObject({
      slack: undefined,
      studio: { port: 3000 },
    });
  });

  it("what other programs call SLACK_… is theirs; what nearly is ours is said", () => {
    const others = { SLACK_WEBHOOK_URL: "x", SLACK_CHANNEL: "x", SLACK_TOKEN: "x", SLACK_USERNAME: "x" };
    expect(readConfig(others)).toMatchObject({ status: "ok", hints: [] });
    expect(readConfig({ ...others, ...SOCKET })).toMatchObject({ status: "ok", hints: [] });
    expect(readConfig({ ...SOCKET, SLACK_DIRECTERS: "hunter2" })).toMatchObject({
      status: "ok",
      hints: ["SLACK_DIRECTERS is no setting: did you mean SLACK_DIRECTORS?"],
    });
    // What is set under its right name is not meant by another.
    expect(readConfig({ ...SOCKET, SLACK_API_TOKEN: "hunter2" })).toMatchObject({ hints: [] });
    expect(problems({ SLACK_BOT_TOKN: BOT, SLACK_APP_TOKEN: APP })).toEqual([
      "SLACK_BOT_TOKEN is needed with SLACK_APP_TOKEN: it is what messages are sent with",
      "SLACK_BOT_TOKN is no setting: did you mean SLACK_BOT_TOKEN?",
    ]);
  });
});
