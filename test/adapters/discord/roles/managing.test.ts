import { PermissionFlagsBits as Bit } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MANAGE } from "../../../../adapters/discord/roles/manage-group.ts";
import type {
  CommandPermission,
  DiscordGuild,
  DiscordPerson,
  DiscordRole,
} from "../../../support/discord/discord-people.ts";
import { openRolesDesk, QUOTA_COMMAND, type RolesDesk } from "./roles-desk.ts";

const MINUTE_MS = 60_000;
const OVERWRITES = "GET /applications/{application}/guilds/{guild}/commands/permissions";
const COMMANDS = "GET /applications/{application}/commands";

let desk: RolesDesk;
let guild: DiscordGuild;
let finance: DiscordRole;
let noor: DiscordPerson;
let max: DiscordPerson;

beforeEach(async () => {
  desk = await openRolesDesk();
  ({ guild } = desk);
  finance = desk.addRole("Finance");
  noor = guild.addPerson("Noor", { roles: [finance] });
  max = guild.addPerson("Max");
});
afterEach(() => desk.stop());

describe("whoever may manage the server", () => {
  it("manages, as an interaction tells it", async () => {
    const { isIn, saw } = desk.open();
    saw(max, [], Bit.ManageGuild | Bit.SendMessages);
    expect(await isIn(MANAGE, max)).toBe(true);
    saw(max, [], Bit.Administrator);
    expect(await isIn(MANAGE, max)).toBe(true);
    expect(desk.asked()).toBe(0);
    saw(max, [], Bit.ManageMessages);
    expect(await isIn(MANAGE, max)).toBe(false);
    expect(desk.asked()).toBe(1);
  });

  it.each([
    ["Manage Server", Bit.ManageGuild, true],
    ["Administrator", Bit.Administrator, true],
    ["Manage Channels", Bit.ManageChannels, false],
  ])("manages by a role with %s", async (_, permissions, may) => {
    const role = desk.addRole("Staff", permissions);
    guild.setRoles(max, [role]);
    const { isIn } = desk.open();
    expect(await isIn(MANAGE, max)).toBe(may);
  });

  it("manages as the server's owner", async () => {
    const { isIn } = desk.open();
    expect(await isIn(MANAGE, { id: desk.owner })).toBe(true);
  });

  it("is nobody of another server", async () => {
    const other = desk.discord.addGuild();
    const { isIn } = desk.open();
    expect(await isIn(MANAGE, { id: desk.owner }, other)).toBe(false);
    expect(await isIn(MANAGE, { id: "1185700000000000001" })).toBe(false);
  });
});

describe("whoever was given /quota", () => {
  const give = (...permissions: readonly CommandPermission[]) =>
    guild.setCommandPermissions("quota", permissions);

  it("manages by name, by a role, or with everybody", async () => {
    give({ who: max, isAllowed: true }, { who: finance, isAllowed: true });
    const { isIn } = desk.open();
    expect([await isIn(MANAGE, max), await isIn(MANAGE, noor)]).toEqual([true, true]);
    expect(await isIn(MANAGE, guild.addPerson("Lee"))).toBe(false);
    give({ who: guild.everyone, isAllowed: true });
    expect(await desk.open().isIn(MANAGE, guild.addPerson("Kim"))).toBe(true);
  });

  it("does not when it was taken from them again, by the nearest word", async () => {
    give(
      { who: noor, isAllowed: false },
      { who: finance, isAllowed: true },
      { who: guild.everyone, isAllowed: true },
    );
    const { isIn } = desk.open();
    expect([await isIn(MANAGE, noor), await isIn(MANAGE, max)]).toEqual([false, true]);
    give({ who: finance, isAllowed: false }, { who: guild.everyone, isAllowed: true });
    expect(await desk.open().isIn(MANAGE, noor)).toBe(false);
  });

  it("does not by another command, or by a channel", async () => {
    const channel = guild.addChannel("brand");
    guild.setCommandPermissions("draft", [{ who: max, isAllowed: true }]);
    give({ who: channel, isAllowed: true });
    const { isIn } = desk.open();
    expect(await isIn(MANAGE, max)).toBe(false);
  });

  it("manages by the command of one server, as in development", async () => {
    desk.discord.register([]);
    desk.discord.register([QUOTA_COMMAND], guild);
    give({ who: max, isAllowed: true });
    const { isIn } = desk.open();
    expect(await isIn(MANAGE, max)).toBe(true);
  });

  it("is asked for once in 5 minutes, for all of a server", async () => {
    give({ who: finance, isAllowed: true });
    const { isIn } = desk.open();
    const people = Array.from({ length: 4 }, (_, index) => guild.addPerson(`P${index}`));
    const asked = await Promise.all([noor, ...people, noor].map((each) => isIn(MANAGE, each)));
    expect(asked).toEqual([true, false, false, false, false, true]);
    expect(desk.asked(OVERWRITES)).toBe(1);
    expect(desk.asked(COMMANDS)).toBe(1);
    give({ who: finance, isAllowed: false });
    expect(await isIn(MANAGE, noor)).toBe(true);
    desk.pass(6 * MINUTE_MS);
    expect(await isIn(MANAGE, noor)).toBe(false);
    expect(desk.asked(OVERWRITES)).toBe(2);
  });

  it("is nobody where admins changed nothing, and the commands are not read", async () => {
    const { isIn } = desk.open();
    expect(await isIn(MANAGE, max)).toBe(false);
    expect(desk.asked(COMMANDS)).toBe(0);
  });

  it("manages because Discord let them use it, for 5 minutes", async () => {
    const { isIn, roles } = desk.open();
    roles.usedQuota(guild.id, max.id);
    desk.breakDiscord();
    expect(await isIn(MANAGE, max)).toBe(true);
    await expect(isIn(MANAGE, noor)).rejects.toMatchObject({ kind: "unavailable" });
    desk.discord.faults.clear();
    desk.pass(6 * MINUTE_MS);
    expect(await isIn(MANAGE, max)).toBe(false);
  });

  it("is asked for again once everything may have changed", async () => {
    const { isIn, roles } = desk.open();
    roles.usedQuota(guild.id, max.id);
    expect([await isIn(MANAGE, max), await isIn(MANAGE, noor)]).toEqual([true, false]);
    give({ who: finance, isAllowed: true });
    roles.forget(guild.id);
    expect([await isIn(MANAGE, max), await isIn(MANAGE, noor)]).toEqual([false, true]);
  });

  it("is not guessed while nobody knows", async () => {
    const { isIn, saw } = desk.open();
    saw(max, [], 0n);
    desk.breakDiscord();
    await expect(isIn(MANAGE, max)).rejects.toMatchObject({ kind: "unavailable" });
  });
});
