import { describe, expect, it } from "vitest";
import { openGatewayDesk } from "./gateway-desk.ts";

const SOON = { timeout: 10_000 };

type Control = Awaited<ReturnType<typeof openGatewayDesk>>["discord"]["gateway"];

describe("a connection that is lost", () => {
  it("is made again where it was, and what happened meanwhile comes", async () => {
    const { start, post, ada, discord } = await openGatewayDesk();
    const { inbox, client, said } = await start();
    const message = await post(client);
    discord.gateway.close();
    ada.react(message, "✅");
    discord.gateway.open();
    await expect.poll(() => inbox.reactions.length, SOON).toBe(1);
    expect(discord.gateway).toMatchObject({ identified: 1, resumed: 1 });
    expect(said("discord.shard_lost")).toBe(1);
    expect(inbox.reconnects).toEqual([]);
  });

  it("and whose session is over, all reactions are looked at again", async () => {
    const { start, post, ada, brand, discord } = await openGatewayDesk();
    const { inbox, client } = await start();
    const message = await post(client);
    discord.gateway.close();
    discord.gateway.forget();
    ada.react(message, "✅");
    discord.gateway.open();
    await expect.poll(() => inbox.reconnects, SOON).toEqual(["discord"]);
    expect(inbox.reactions).toEqual([]);
    expect(discord.gateway).toMatchObject({ identified: 2 });
    await ada.command(brand, "help");
    expect(inbox.commandCalls).toHaveLength(1);
  });

  it.each([
    ["invalid for good", (gateway: Control) => gateway.invalidate(false), 1],
    ["to be resumed", (gateway: Control) => gateway.invalidate(true), 0],
    ["to be made again", (gateway: Control) => gateway.reconnect(), 0],
  ])("is one that is %s", async (_, lose, looks) => {
    const { start, ada, brand, discord } = await openGatewayDesk();
    const { inbox } = await start();
    const { identified, resumed } = discord.gateway;
    lose(discord.gateway);
    await discord.until(() => discord.gateway.identified + discord.gateway.resumed > identified + resumed, {
      timeoutMs: 10_000,
    });
    await expect.poll(() => inbox.reconnects.length, SOON).toBe(looks);
    await ada.command(brand, "help");
    expect(inbox.commandCalls).toHaveLength(1);
  });

  it("without anybody noticing is made again", async () => {
    const { start, post, ada, discord } = await openGatewayDesk({ heartbeatMs: 200 });
    const { inbox, client } = await start();
    const message = await post(client);
    discord.gateway.deafen();
    ada.react(message, "✅");
    await expect.poll(() => inbox.reactions.length, SOON).toBe(1);
    expect(discord.gateway).toMatchObject({ identified: 1, resumed: 1 });
  });

  it("that was missed is asked about until that is recorded", async () => {
    const { start, discord } = await openGatewayDesk();
    const { inbox } = await start();
    const { reconnected } = inbox;
    let tries = 0;
    Object.assign(inbox, {
      reconnected: async (platform: string) => {
        tries += 1;
        if (tries < 3) throw new Error("the database is away");
        return reconnected(platform);
      },
    });
    discord.gateway.invalidate(false);
    await expect.poll(() => inbox.reconnects, SOON).toEqual(["discord"]);
  });

  it("after an outage of a server its reactions are looked at again, and nobody has left", async () => {
    const { start, guild } = await openGatewayDesk();
    const { inbox, roles } = await start();
    guild.setUnavailable(true);
    guild.setUnavailable(false);
    await expect.poll(() => inbox.reconnects, SOON).toEqual(["discord"]);
    expect(inbox.workspaces.filter(({ change }) => change === "left")).toEqual([]);
    expect(roles.forgotten).toEqual([]);
  });
});
