import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { Events, GatewayCloseCodes } from "discord.js";
import { describe, expect, it } from "vitest";
import { openGatewayDesk } from "./gateway-desk.ts";

const SOON = { timeout: 10_000 };
const CLOSED = { reason: "", wasClean: true };

describe("starting", () => {
  it("asks for no privileged intent, and is there when it says so", async () => {
    const { start, ada, brand, discord } = await openGatewayDesk();
    const { inbox, gateway, said } = await start();
    expect(said("discord.started")).toBe(1);
    // Guilds, and reactions in them.
    expect(discord.gateway.sessions.map(({ intents }) => intents)).toEqual([(1 << 0) | (1 << 10)]);
    await ada.command(brand, "help");
    expect(inbox.commandCalls).toHaveLength(1);
    expect(gateway.place()).toContain("Discord as ");
  });

  it("says in plain words that the token is wrong", async () => {
    const { create } = await openGatewayDesk();
    const { gateway, inbox } = create({ token: "MTIz.wrong.token" });
    await expect(gateway.start(inbox)).rejects.toThrow(/Discord does not take DISCORD_TOKEN: .*Reset Token/);
  });

  it("says in plain words that shards are missing", async () => {
    const { create } = await openGatewayDesk();
    const { gateway, inbox } = create({ shards: { ids: [7], total: 4 } });
    await expect(gateway.start(inbox)).rejects.toThrow(/DISCORD_SHARDS/);
  });

  it("says in plain words that its intents are refused", async () => {
    const { discord, create } = await openGatewayDesk();
    discord.gateway.close();
    const { gateway, inbox, client } = create();
    const started = gateway.start(inbox);
    await discord.until(() => discord.calls("GET /gateway/bot").length > 0);
    // The local Discord would not refuse these.
    client.emit(Events.ShardDisconnect, { ...CLOSED, code: GatewayCloseCodes.DisallowedIntents }, 0);
    await expect(started).rejects.toThrow(/intents Guilds and Guild Message Reactions/);
  });

  it("says in the log that a shard has ended for good, later on", async () => {
    const { start } = await openGatewayDesk();
    const { client, log, said } = await start();
    client.emit(Events.ShardDisconnect, { ...CLOSED, code: GatewayCloseCodes.AuthenticationFailed }, 0);
    expect(said("discord.shard_ended")).toBe(1);
    expect(log.words()).toContain("DISCORD_TOKEN");
  });

  it("waits until Discord can be reached", async () => {
    const { discord, create, ada, brand } = await openGatewayDesk();
    discord.faults.call("GET /gateway/bot", { kind: "status", status: 503 }, { times: 2 });
    const { gateway, inbox, said } = create();
    await gateway.start(inbox);
    expect(said("discord.not_reached")).toBe(2);
    await ada.command(brand, "help");
    expect(inbox.commandCalls).toHaveLength(1);
  });

  it("waits until the gateway takes connections", async () => {
    const { discord, create, ada, brand } = await openGatewayDesk();
    discord.gateway.close();
    const { gateway, inbox, said } = create();
    const started = gateway.start(inbox);
    await discord.until(() => discord.calls("GET /gateway/bot").length > 0);
    await expect
      .poll(() => said("discord.shard_lost") + said("discord.not_reached"), SOON)
      .toBeGreaterThan(0);
    discord.gateway.open();
    await started;
    await ada.command(brand, "help");
    expect(inbox.commandCalls).toHaveLength(1);
  });

  it("waits while the gateway answers with an error of its own", async () => {
    const { discord, create } = await openGatewayDesk();
    const { apiUrl, close } = await failOnce(discord.url);
    const { gateway, inbox, said } = create({ apiUrl });
    await gateway.start(inbox);
    // Its shard has gone on by itself: one session, and not two.
    expect(discord.gateway).toMatchObject({ identified: 1 });
    expect(said("discord.shard_failed")).toBe(1);
    await gateway.stop();
    close();
  });

  it("can be given up while nothing is reached", async () => {
    const { create } = await openGatewayDesk();
    const { gateway, inbox, said } = create({ apiUrl: `http://127.0.0.1:${await closedPort()}/api/` });
    const started = gateway.start(inbox);
    await expect.poll(() => said("discord.not_reached"), SOON).toBeGreaterThan(0);
    await gateway.stop();
    await started;
  });

  it("says so when Discord refuses much: after 10,000 times it takes nothing more", async () => {
    const { discord, create } = await openGatewayDesk();
    const { client, said } = create();
    // Answers to interactions have no part in Discord's 50 calls a second.
    discord.faults.call("POST /interactions/*", { kind: "error", code: 50013, status: 403 }, { times: 500 });
    const refused = () => client.rest.post("/interactions/1/t/callback", { auth: false }).catch(() => {});
    for (let times = 0; times < 500; times++) await refused();
    expect(said("discord.refused_often")).toBe(1);
  });

  it("leaves the token to whoever sends, before it and afterwards", async () => {
    const { create, post } = await openGatewayDesk();
    const { gateway, inbox, client } = create();
    await post(client);
    await gateway.start(inbox);
    await post(client);
    await gateway.stop();
    await post(client);
  });
});

/** A way to a local Discord whose gateway answers 503 to the first who connects. */
async function failOnce(url: string): Promise<{ readonly apiUrl: string; readonly close: () => void }> {
  const { hostname, port } = new URL(url);
  let failures = 1;
  const server = createHttpServer((_, response) => {
    const session_start_limit = { total: 1000, remaining: 1000, reset_after: 1, max_concurrency: 1 };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ url: `${own()}/gateway`, shards: 1, session_start_limit }));
  });
  const own = () => `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on("upgrade", ({ url: path, headers }, socket, head) => {
    if (failures-- > 0) {
      socket.end("HTTP/1.1 503 Service Unavailable\r\n\r\n");
      return;
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const upstream = connect(Number(port), hostname);
    upstream.write(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
    for (const each of [upstream, socket]) each.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { apiUrl: `${own().replace("ws:", "http:")}/api/`, close: () => server.close() };
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
