import { MessageFlags } from "discord.js";
import { describe, expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { latestWhisper, openGatewayDesk } from "./gateway-desk.ts";

const MIB = 1024 * 1024;
const HOSTILE = "@everyone <@&1> <!channel> **x** `z` [click](https://e.vil) :wave: — “for” 🦊";

describe("what comes along with a command", () => {
  it("roles are known before the story asks for them", async () => {
    const { start, guild, brand } = await openGatewayDesk();
    const { inbox, roles } = await start();
    const art = guild.addRole("art");
    const noor = guild.addPerson("noor", { roles: [art] });
    const known: number[] = [];
    inbox.script.command = async () => {
      known.push(roles.seen.length);
      return { kind: "done" };
    };
    await noor.command(brand, "help");
    expect(known).toEqual([1]);
    expect(roles.seen[0]).toEqual({
      guild: guild.id,
      user: noor.id,
      roles: expect.arrayContaining([art.id]),
      permissions: expect.any(BigInt),
    });
  });

  it("is how large files may be in that server, whoever has larger ones of their own", async () => {
    const { start, discord, guild, brand, ada } = await openGatewayDesk();
    const boosted = discord.addGuild({ premiumTier: 2 });
    const { limits } = await start();
    expect(limits.of(boosted.id)).toBe(50 * MIB);
    const rich = guild.addPerson("rich", { attachmentLimit: 500 * MIB });
    await rich.command(brand, "help");
    await ada.command(brand, "help");
    expect(limits.of(guild.id)).toBe(10 * MIB);
  });

  it("is a way to answer that person later, for as long as Discord lets us", async () => {
    const { start, discord, guild, brand, ada } = await openGatewayDesk();
    const { recent } = await start();
    const where = { guild: guild.id, channel: brand.id, user: ada.id };
    expect(recent.find(where)).toBeUndefined();
    await ada.command(brand, "help");
    await expect
      .poll(() => recent.find(where))
      .toMatchObject({ ...where, application: discord.applicationId });
    expect(latestWhisper(ada, brand)).toContain("This is help.");
  });

  it("is shown without anybody being called", async () => {
    const { start, ada, brand, discord } = await openGatewayDesk();
    const { inbox } = await start();
    inbox.script.command = async () => ({ kind: "whisper", card: plainCard("info", HOSTILE) });
    await ada.command(brand, "help");
    const [call] = discord.calls("POST /interactions/*");
    expect(call?.body).toMatchObject({
      data: { allowed_mentions: { parse: [] }, flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral },
    });
    expect(ada.privates(brand)[0]?.pings).toEqual([]);
  });
});
