import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { Secret } from "../../../../src/core/secret.ts";
import { type DoctorDesk, openDoctor } from "./doctor-desk.ts";

let desk: DoctorDesk;
beforeEach(async () => {
  desk = await openDoctor();
});
afterEach(() => desk.stop());

/** Slack, but for the address that `apps.connections.open` names. */
function connectingTo(url: string): typeof fetch {
  return async (target, init) =>
    String(target).endsWith("apps.connections.open") ? Response.json({ ok: true, url }) : fetch(target, init);
}

/** A socket that says one thing. */
async function sayingOnly(words: string): Promise<{ url: string; close(): void }> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (socket) => socket.send(words));
  await once(server, "listening");
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

describe("the app's token", () => {
  it.each([
    [
      "invalid_auth",
      "Copy the app-level token from https://api.slack.com/apps → your app → Basic Information",
    ],
    ["missing_scope", "with the scope connections:write"],
    ["not_allowed_token_type", "is to be an app-level token"],
  ])("%s: what to do", async (error, step) => {
    desk.slack.faults.call("apps.connections.open", { kind: "error", error });
    expect(await desk.examine()).toMatch(new RegExp(`✗ .*SLACK_APP_TOKEN \\(${error}\\).*\\n  → .*${step}`));
  });

  it("a token that Slack does not know", async () => {
    const transport = { kind: "socket", appToken: new Secret("xapp-nobody") } as const;
    expect(await desk.examine({ transport })).toMatch(/✗ Slack does not take the token in SLACK_APP_TOKEN/);
  });

  it("is of another app than the bot's", async () => {
    const other: typeof fetch = async (target, init) =>
      String(target).endsWith("bots.info")
        ? Response.json({ ok: true, bot: { app_id: "A0OTHER" } })
        : fetch(target, init);
    expect(await desk.examine({ fetch: other })).toContain(
      `✗ SLACK_BOT_TOKEN is of the app A0OTHER and SLACK_APP_TOKEN of ${desk.slack.appId}`,
    );
  });
});

describe("the connection", () => {
  const cases = [
    [{ type: "disconnect", reason: "link_disabled" }, /✗ Socket Mode is turned off .*\n {2}→ Turn it on at/],
    [
      { type: "disconnect", reason: "too_many_websockets" },
      /✗ .*no connection comes about \(too_many_websockets\)/,
    ],
    [{ type: "hello", num_connections: 10 }, /! Socket Mode works, but 10 connections are open/],
    [{ type: "hello" }, /✓ The app token works, and Socket Mode connects/],
  ] as const;
  it.each(cases)("%j", async (said, words) => {
    const socket = await sayingOnly(JSON.stringify(said));
    expect(await desk.examine({ fetch: connectingTo(socket.url) })).toMatch(words);
    socket.close();
  });

  it("nobody at the other end", async () => {
    const socket = await sayingOnly("");
    socket.close();
    expect(await desk.examine({ fetch: connectingTo(socket.url) })).toMatch(/✗ .*no connection comes about/);
  });
});
