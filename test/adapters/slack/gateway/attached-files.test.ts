import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createAttach, picturesOf } from "../../../../adapters/slack/gateway/attached-files.ts";
import type { Access } from "../../../../adapters/slack/installs/access.ts";
import { createSlackClients } from "../../../../adapters/slack/installs/slack-client.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { createRecordingLog } from "../../../support/recording-log.ts";

const TOKEN = "xoxb-1-secret";

/** What a stand-in for Slack, and somebody else's server, answer and have heard. */
interface Stage {
  readonly slack: string;
  readonly other: string;
  file: Record<string, unknown>;
  serve: (request: IncomingMessage, response: ServerResponse) => void;
  readonly heard: { readonly host: string; readonly token: string | undefined }[];
}

const servers: Server[] = [];
let stage: Stage;

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    if (!request.url?.startsWith("/api/")) {
      const host = request.headers.host ?? "";
      stage.heard.push({ host, token: request.headers.authorization });
    }
    handle(request, response);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(async () => {
  const slack = await listen((request, response) => {
    if (request.url !== "/api/files.info") return stage.serve(request, response);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ok: true, file: stage.file }));
  });
  const other = await listen((_, response) => void response.end("stolen"));
  const file = { id: "F1", mimetype: "image/png", size: 4, url_private_download: `${slack}/files/fox.png` };
  stage = { slack, other, file, serve: (_, response) => void response.end("pict"), heard: [] };
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function read(bytesMax = 100): Promise<Uint8Array> {
  const apiUrl = `${stage.slack}/api/`;
  const client = createSlackClients({ apiUrl, log: createRecordingLog() }).open(new Secret(TOKEN));
  const bot = {
    team: "T1",
    enterprise: undefined,
    url: undefined,
    botUser: "U1",
    bot: "B1",
    scopes: new Set<string>(),
    client,
  };
  const access: Access = { of: async () => bot, teams: async () => ["T1"] };
  const [attachment] = createAttach({ access, apiUrl })("T1", [{ file: "F1", name: "fox.png" }]);
  return attachment?.read(bytesMax) ?? Promise.reject(new Error("nothing attached"));
}

const hostOf = (url: string) => new URL(url).host;

it("reads a picture with the bot's token", async () => {
  expect(Buffer.from(await read()).toString()).toBe("pict");
  expect(stage.heard).toEqual([{ host: hostOf(stage.slack), token: `Bearer ${TOKEN}` }]);
});

it("follows Slack within Slack", async () => {
  const { serve } = stage;
  stage.serve = (request, response) =>
    request.url === "/files/fox.png"
      ? void response.writeHead(302, { location: "/moved/fox.png" }).end()
      : serve(request, response);
  expect(Buffer.from(await read()).toString()).toBe("pict");
});

it.each([
  ["an address", () => ({ file: { ...stage.file, url_private_download: `${stage.other}/fox.png` } })],
  [
    "a redirect",
    () => ({ serve: (_: unknown, response: ServerResponse) => redirect(response, stage.other) }),
  ],
])("goes nowhere else, told so by %s", async (_, change) => {
  Object.assign(stage, change());
  await expect(read()).rejects.toMatchObject({ name: "ChatError", kind: "refused" });
  expect(stage.heard.map((each) => each.host)).not.toContain(hostOf(stage.other));
});

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { location: `${to}/fox.png` }).end();
}

it("gives up on redirects without end", async () => {
  stage.serve = (_, response) => redirect(response, stage.slack);
  await expect(read()).rejects.toMatchObject({ kind: "refused" });
  expect(stage.heard.length).toBeLessThan(6);
});

it.each([
  ["said to be large", () => ({ file: { ...stage.file, size: 101 } })],
  [
    "large all the same",
    () => ({ serve: (_: unknown, response: ServerResponse) => void response.end("x".repeat(101)) }),
  ],
  ["no picture", () => ({ file: { ...stage.file, mimetype: "text/plain" } })],
  ["kept elsewhere", () => ({ file: { ...stage.file, is_external: true } })],
  ["gone", () => ({ file: { id: "F1", mode: "tombstone" } })],
])("refuses one that is %s", async (_, change) => {
  Object.assign(stage, change());
  await expect(read()).rejects.toMatchObject({ name: "ChatError", kind: "refused" });
});

it("refuses the page to sign in", async () => {
  stage.serve = (_, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<html>");
  };
  await expect(read()).rejects.toMatchObject({ kind: "refused" });
});

it("asks to come again while Slack is at it", async () => {
  stage.file = { ...stage.file, mimetype: "" };
  await expect(read()).rejects.toMatchObject({ kind: "unavailable" });
});

it("takes four pictures at most, and what may be one", () => {
  const picture = (id: string) => ({ id, name: `${id}.png`, mimetype: "image/png" });
  const files = [
    { id: "F0", mimetype: "text/plain" },
    { id: "F1" },
    ...["F2", "F3", "F4", "F5"].map(picture),
  ];
  expect(picturesOf(files)).toEqual([
    { file: "F1", name: "picture" },
    { file: "F2", name: "F2.png" },
    { file: "F3", name: "F3.png" },
    { file: "F4", name: "F4.png" },
  ]);
});
