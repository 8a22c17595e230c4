import { afterEach, describe, expect, it, vi } from "vitest";
import type { WorkspaceRef } from "../../../../src/core/ids.ts";
import { GRID, openGatewayDesk } from "./gateway-desk.ts";
import { createDiscordInbox } from "./scripted-inbox.ts";

afterEach(() => void vi.useRealTimers());

const SOON = { timeout: 10_000 };

describe("servers and channels", () => {
  it("that the bot is in, joins and leaves are told of", async () => {
    const { start, discord, guild } = await openGatewayDesk();
    const { inbox, roles } = await start();
    const ref = (id: string) => `discord:${id}`;
    await expect.poll(() => inbox.workspaces).toEqual([{ workspace: ref(guild.id), change: "returned" }]);
    const other = discord.addGuild({ bot: false });
    other.addBot();
    await expect
      .poll(() => inbox.workspaces.at(-1))
      .toEqual({ workspace: ref(other.id), change: "returned" });
    other.removeBot();
    await expect.poll(() => inbox.workspaces.at(-1)).toEqual({ workspace: ref(other.id), change: "left" });
    expect(roles.forgotten).toEqual([other.id]);
  });

  it("that were left while nothing was heard are told of as well", async () => {
    const { start, discord } = await openGatewayDesk();
    const other = discord.addGuild();
    const { inbox } = await start();
    await expect.poll(() => inbox.workspaces.length).toBe(2);
    discord.gateway.close();
    discord.gateway.forget();
    other.removeBot();
    discord.gateway.open();
    await expect
      .poll(() => inbox.workspaces.at(-1), SOON)
      .toEqual({ workspace: `discord:${other.id}`, change: "left" });
    expect(inbox.workspaces).toHaveLength(3);
  });

  it("that were left while no process ran are told of", async () => {
    const { start, guild } = await openGatewayDesk();
    const inbox = createDiscordInbox();
    inbox.kept.push(`discord:${guild.id}` as WorkspaceRef, "discord:1148000000000000001" as WorkspaceRef);
    await start({ inbox });
    await expect
      .poll(() => inbox.workspaces.map(({ workspace, change }) => `${workspace} ${change}`).sort(), SOON)
      .toEqual([`discord:1148000000000000001 left`, `discord:${guild.id} returned`].sort());
  });

  it("that the bot joins while nobody knows yet which were left have not left", async () => {
    const { start, discord } = await openGatewayDesk();
    const inbox = createDiscordInbox();
    const known = Promise.withResolvers<void>();
    Object.assign(inbox, { workspacesOf: () => known.promise.then(() => inbox.kept) });
    await start({ inbox });
    const other = discord.addGuild({ bot: false });
    other.addBot();
    await expect.poll(() => inbox.workspaces.length).toBe(2);
    inbox.kept.push(`discord:${other.id}` as WorkspaceRef, "discord:1148000000000000001" as WorkspaceRef);
    known.resolve();
    await expect.poll(() => inbox.workspaces.length).toBe(3);
    const left = inbox.workspaces.filter(({ change }) => change === "left");
    expect(left).toEqual([{ workspace: "discord:1148000000000000001", change: "left" }]);
  });

  it("that are deleted are told of, and threads are not", async () => {
    const { start, guild, brand, ada, place, post } = await openGatewayDesk();
    const { inbox, client } = await start();
    await post(client, GRID);
    const gone = place(brand).channel;
    const thread = brand.openThread("a red fox", ada);
    guild.deleteChannel(thread.id);
    guild.deleteChannel(brand.id);
    await expect.poll(() => inbox.gone).toEqual([gone]);
  });

  it("whose admins change who may use a command are asked anew who manages", async () => {
    const { start, guild, ada } = await openGatewayDesk();
    const { roles } = await start();
    guild.setCommandPermissions("quota", [{ who: ada, isAllowed: true }]);
    await expect.poll(() => roles.forgotten).toEqual([guild.id]);
  });

  it("whose reactions are cleared are looked at again, once for many messages, if they are ours", async () => {
    const { start, post, ada, brand } = await openGatewayDesk();
    const { inbox, client } = await start();
    const [ours, theirs] = [await post(client), ada.say(brand, "a red fox")];
    for (const message of [ours, theirs]) ada.react(message, "✅");
    await expect.poll(() => inbox.reactions.length).toBe(1);
    const clear = ({ id }: { readonly id: string }) => {
      for (const event of ["MESSAGE_REACTION_REMOVE_ALL", "MESSAGE_REACTION_REMOVE_EMOJI"]) {
        client.ws.emit(event, { channel_id: brand.id, message_id: id, guild_id: brand.guildId }, 0);
      }
    };
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const before = inbox.reconnects.length;
    clear(theirs);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(inbox.reconnects.length).toBe(before);
    clear(ours);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(inbox.reconnects.length).toBe(before + 1);
  });
});
