import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { startListeningApp } from "../../support/slack/listening-app.ts";
import type { SlackOptions } from "../../support/slack/local-slack.ts";
import { createSlackClient } from "../../support/slack/slack-client.ts";
import { type SlackScene, setSlackScene } from "../../support/slack/slack-scene.ts";

let scene: SlackScene;
const closing: (() => unknown)[] = [];

afterEach(async () => {
  await scene.end();
  for (const close of closing.splice(0)) close();
});

const set = async (options: SlackOptions = {}) => {
  scene = await setSlackScene({ ackMs: 200, ...options });
  return scene;
};
const fail = () => {
  throw new Error("not recorded");
};

/** A bare server, to see the requests as they come. */
async function serve(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (body.includes('"url_verification"')) response.end(JSON.parse(body).challenge);
    else answer(request, body, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
}

describe.each(["socket", "http"] as const)("events, by %s", (by) => {
  it("are tried again at once, after a minute and after five more, then given up", async () => {
    const { slack, ada, brand, listen } = await set();
    const app = await listen(by, fail);
    ada.react(ada.say(brand, "hi"), "one");
    await slack.until(() => app.heard.length === 2 && slack.retriesWaiting === 1);
    slack.pass(59_000);
    expect(slack.retriesWaiting).toBe(1);
    slack.pass(2_000);
    await slack.until(() => app.heard.length === 3 && slack.retriesWaiting === 1);
    slack.pass(5 * 60_000);
    await slack.settled();
    const reason = by === "http" ? "http_error" : "timeout";
    expect(app.heard.map((each) => [each.retryNum ?? 0, each.retryReason])).toEqual([
      [0, undefined],
      [1, reason],
      [2, reason],
      [3, reason],
    ]);
    expect(new Set(app.heard.map((each) => each.body.event_id)).size).toBe(1);
  });

  it("that nobody answers in time are tried again, and once more only", async () => {
    const { slack, ada, brand, listen } = await set();
    let count = 0;
    const app = await listen(by, () => (count++ === 0 ? new Promise(() => undefined) : undefined));
    ada.react(ada.say(brand, "hi"), "one");
    await slack.settled();
    expect(app.heard.map((each) => each.retryReason)).toEqual([
      undefined,
      by === "http" ? "http_timeout" : "timeout",
    ]);
    expect(slack.deliveries.map((each) => each.outcome)).toEqual(["timeout", "acked"]);
  });

  it("wait for an app that is away", async () => {
    const { slack, ada, brand } = await set({ speed: 200 });
    const app = await startListeningApp(slack, by);
    await app.stop();
    ada.react(ada.say(brand, "hi"), "one");
    await slack.until(() => slack.deliveries.length === 2);
    const back = await scene.listen(by);
    slack.pass(60_000);
    await slack.settled();
    expect(back.heard.map((each) => each.retryReason)).toContain("connection_failed");
  });

  it("come twice, late, out of order, or again though acked, when a fault says so", async () => {
    const { slack, ada, brand, listen } = await set();
    const app = await listen(by);
    const message = ada.say(brand, "hi");
    let known = 0;
    const news = () => {
      const fresh = app.heard.slice(known);
      known = app.heard.length;
      return fresh;
    };
    const idsOf = () => news().map((each) => each.body.event_id);
    slack.faults.event("reaction_added", { kind: "duplicate" });
    ada.react(message, "one");
    await slack.settled();
    const twice = idsOf();
    expect([twice.length, new Set(twice).size]).toEqual([2, 1]);
    slack.faults.event("*", { kind: "lost_ack" });
    ada.react(message, "two");
    await slack.settled();
    const again = idsOf();
    expect([again.length, new Set(again).size]).toEqual([2, 1]);
    slack.faults.event("reaction_added", { kind: "reorder" });
    ada.react(message, "three");
    ada.unreact(message, "three");
    await slack.settled();
    expect(news().map((each) => each.type)).toEqual(["reaction_removed", "reaction_added"]);
    slack.faults.event("reaction_added", { kind: "delay", ms: 100 });
    const start = Date.now();
    ada.react(message, "four");
    await slack.settled();
    expect(Date.now() - start).toBeGreaterThan(90);
    expect(slack.faults.injected).toEqual({ duplicate: 1, lost_ack: 1, reorder: 1, delay: 1 });
  });
});

describe("signed requests", () => {
  it("are signed over the raw body, and go to the addresses in turn", async () => {
    const { slack, ada, brand } = await set();
    const seen: string[] = [];
    const check = (name: string) => (request: IncomingMessage, body: string, response: ServerResponse) => {
      const at = request.headers["x-slack-request-timestamp"];
      const expected = `v0=${createHmac("sha256", slack.signingSecret).update(`v0:${at}:${body}`).digest("hex")}`;
      expect(request.headers["x-slack-signature"]).toBe(expected);
      expect(Math.abs(Date.now() / 1000 - Number(at))).toBeLessThan(5);
      seen.push(`${name} ${request.headers["content-type"]} ${/^[{"\w]+[=:]/.exec(body)?.[0]}`);
      response.end();
    };
    await slack.deliverTo(await serve(check("a")), await serve(check("b")));
    await ada.command(brand, "/draft", "x");
    await ada.shortcut("draft_open");
    ada.openHome();
    await slack.settled();
    expect(seen).toEqual([
      "a application/x-www-form-urlencoded token=",
      "b application/x-www-form-urlencoded payload=",
      'a application/json {"token":',
    ]);
  });

  it("are not sent again when the app says so", async () => {
    const { slack, ada, brand } = await set();
    const url = await serve((_request, _body, response) => {
      response.writeHead(503, { "x-slack-no-retry": "1" }).end();
    });
    await slack.deliverTo(url);
    ada.react(ada.say(brand, "hi"), "one");
    await slack.settled();
    expect(slack.deliveries.map((each) => [each.outcome, each.status])).toEqual([["refused", 503]]);
  });

  it("are not sent to an address that does not give the challenge back", async () => {
    const { slack } = await set();
    const server = createServer((_request, response) => response.end("hello"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    await expect(slack.deliverTo(`http://127.0.0.1:${port}/`)).rejects.toThrow(
      "did not give the challenge back",
    );
  });
});

describe("Socket Mode", () => {
  it("gives each payload to one of its connections, and all of them some", async () => {
    const { slack, ada, brand, listen } = await set({ seed: 1 });
    const apps = [await listen("socket"), await listen("socket")];
    expect(slack.sockets.count).toBe(2);
    const message = ada.say(brand, "hi");
    for (const name of ["one", "two", "three", "four", "five", "six", "seven", "eight"])
      ada.react(message, name);
    await slack.settled();
    const counts = apps.map((app) => app.heard.length);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts.reduce((sum, each) => sum + each)).toBe(8);
  });

  it("delivers again what a broken connection had not acked", async () => {
    const { slack, ada, brand } = await set({ ackMs: 3000 });
    const dying = await startListeningApp(slack, "socket", () => new Promise(() => undefined));
    ada.react(ada.say(brand, "hi"), "one");
    await slack.until(() => dying.heard.length === 1);
    const heir = await scene.listen("socket");
    await dying.stop();
    await slack.settled();
    expect(heir.heard.map((each) => [each.type, each.retryNum, each.retryReason])).toEqual([
      ["reaction_added", 1, "connection_failed"],
    ]);
  });

  it("tells a connection to go, and takes the next", async () => {
    const { slack, ada, brand, listen } = await set({ ackMs: 3000 });
    const app = await listen("socket");
    slack.sockets.disconnect("refresh_requested");
    await slack.until(() => slack.sockets.count === 0);
    await slack.until(() => slack.sockets.count === 1);
    await ada.command(brand, "/draft");
    expect(app.heard.map((each) => each.type)).toEqual(["/draft"]);
  });

  it("has room for ten connections", async () => {
    const { slack } = await set();
    const urls = await Promise.all(
      Array.from({ length: 11 }, () => createSlackClient(slack, slack.appToken).apps.connections.open()),
    );
    const sockets = urls.map(({ url }) => new WebSocket(String(url)));
    await slack.until(() => slack.problems.length > 0);
    expect(slack.problems).toEqual(["more than 10 Socket Mode connections"]);
    expect(slack.sockets.count).toBe(10);
    for (const socket of sockets) socket.close();
  });

  it("fails a person's command at once when nobody is connected", async () => {
    const { ada, brand } = await set();
    expect(await ada.command(brand, "/draft")).toMatchObject({ kind: "failed", error: "dispatch_failed" });
  });

  it("opens connections for the app's own token only, and a ticket once", async () => {
    const { slack, token } = await set();
    const open = (with_: string) => createSlackClient(slack, with_).apiCall("apps.connections.open");
    await expect(open(token)).rejects.toMatchObject({ data: { error: "not_allowed_token_type" } });
    await expect(open("xapp-wrong")).rejects.toMatchObject({ data: { error: "invalid_auth" } });
    const { url } = (await open(slack.appToken)) as { url?: string };
    const first = new WebSocket(String(url));
    const hello = await new Promise<string>((resolve) =>
      first.addEventListener("message", ({ data }) => resolve(String(data))),
    );
    expect(JSON.parse(hello)).toMatchObject({
      type: "hello",
      num_connections: 1,
      connection_info: { app_id: slack.appId },
    });
    const second = new WebSocket(String(url));
    await new Promise((resolve) => second.addEventListener("error", resolve));
    first.close();
  });
});
