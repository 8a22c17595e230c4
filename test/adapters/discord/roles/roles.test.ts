import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groupRef, userRef } from "../../../../adapters/discord/discord-refs.ts";
import { MANAGE } from "../../../../adapters/discord/roles/manage-group.ts";
import { ChatError } from "../../../../src/ports/chat.ts";
import type { DiscordGuild, DiscordPerson, DiscordRole } from "../../../support/discord/discord-people.ts";
import { openRolesDesk, type RolesDesk } from "./roles-desk.ts";

const MINUTE_MS = 60_000;
const MEMBER = "GET /guilds/{guild}/members/{user}";

let desk: RolesDesk;
let guild: DiscordGuild;
let directors: DiscordRole;
let ada: DiscordPerson;
let max: DiscordPerson;

beforeEach(async () => {
  desk = await openRolesDesk();
  ({ guild } = desk);
  directors = desk.addRole("Directors");
  ada = guild.addPerson("Ada", { roles: [directors] });
  max = guild.addPerson("Max");
});
afterEach(() => desk.stop());

const person = ({ id }: { readonly id: string }, at = guild) => userRef(at.id, id);
const role = ({ id }: DiscordRole, at = guild) => groupRef(at.id, id);

describe("who directs and manages", () => {
  it("is in the settings, roles as groups and people as people", async () => {
    const { staff } = desk.open({ directors: [directors, ada, directors], managers: [max] });
    expect(await staff()).toEqual({ directors: [role(directors), person(ada)], managers: [person(max)] });
    expect(desk.asked(), "once for each of the two").toBe(2);
    await staff();
    expect(desk.asked()).toBe(2);
  });

  it("is nobody of whom a server has neither a role nor a person by that id", async () => {
    const other = desk.discord.addGuild();
    const { staff } = desk.open({ directors: [directors, ada], managers: [max] });
    expect(await staff(other)).toEqual({ directors: [], managers: [groupRef(other.id, MANAGE)] });
  });

  it("may be meant for one server", async () => {
    const other = desk.discord.addGuild();
    const eve = other.addPerson("Eve");
    const { staff } = desk.open({
      directors: [
        { guild: guild.id, id: ada.id },
        { guild: other.id, id: eve.id },
      ],
      managers: [{ guild: other.id, id: eve.id }],
    });
    expect(await staff()).toEqual({ directors: [person(ada)], managers: [groupRef(guild.id, MANAGE)] });
    expect(await staff(other)).toEqual({ directors: [person(eve, other)], managers: [person(eve, other)] });
  });

  it("is whoever manages the server, when nobody is named", async () => {
    expect(await desk.open().staff()).toEqual({ directors: [], managers: [groupRef(guild.id, MANAGE)] });
    expect(desk.asked()).toBe(0);
  });

  it("is told apart by Discord where the gateway does not know the server", async () => {
    const { staff } = desk.open({ directors: [directors, ada], isKnown: false });
    const asked = await Promise.all(Array.from({ length: 20 }, () => staff()));
    expect(asked.every((each) => each.directors[0] === role(directors))).toBe(true);
    expect(asked[0]?.directors).toEqual([role(directors), person(ada)]);
    expect(desk.asked(), "for the server and for Ada").toBe(2);
  });

  it("is not guessed while nobody knows", async () => {
    const { staff } = desk.open({ directors: [directors], isKnown: false });
    desk.breakDiscord();
    await expect(staff()).rejects.toMatchObject({ kind: "unavailable" });
  });
});

describe("whether a person has a role", () => {
  it("comes with what they do, and Discord is not asked", async () => {
    const { isIn, saw } = desk.open();
    saw(ada, [directors]);
    saw(max, []);
    expect([await isIn(directors, ada), await isIn(directors, max)]).toEqual([true, false]);
    saw(max, [directors]);
    saw(ada, [], 0n);
    expect([await isIn(directors, ada), await isIn(directors, max)]).toEqual([false, true]);
    expect(desk.asked()).toBe(0);
  });

  it("is asked once for many events, and again after 5 minutes", async () => {
    const { isIn } = desk.open();
    const asked = await Promise.all(Array.from({ length: 50 }, () => isIn(directors, ada)));
    expect(asked).toEqual(Array.from({ length: 50 }, () => true));
    expect(desk.asked(MEMBER)).toBe(1);
    guild.setRoles(ada, []);
    desk.pass(4.9 * MINUTE_MS);
    expect(await isIn(directors, ada)).toBe(true);
    desk.pass(0.2 * MINUTE_MS);
    expect(await isIn(directors, ada)).toBe(false);
    expect(desk.asked(MEMBER)).toBe(2);
  });

  it("is as an event tells it, whatever was asked before and answered after", async () => {
    const { isIn, saw } = desk.open();
    desk.discord.faults.call(MEMBER, { kind: "slow_answer", ms: 200 });
    const asking = isIn(directors, ada);
    await desk.discord.until(() => desk.asked(MEMBER) === 1);
    saw(ada, []);
    expect(await asking).toBe(false);
    expect(await isIn(directors, ada)).toBe(false);
  });

  it("holds on while Discord does not answer", async () => {
    const { isIn } = desk.open();
    await isIn(directors, ada);
    desk.pass(6 * MINUTE_MS);
    desk.breakDiscord();
    expect(await isIn(directors, ada)).toBe(true);
    desk.discord.faults.clear();
    guild.setRoles(ada, []);
    desk.pass(2_000);
    expect(await isIn(directors, ada)).toBe(false);
  });

  it("is not waited for long where it was known before", async () => {
    const { isIn } = desk.open();
    await isIn(directors, ada);
    guild.setRoles(ada, []);
    desk.pass(6 * MINUTE_MS);
    desk.discord.faults.call(MEMBER, { kind: "slow", ms: 2_000 });
    expect(await isIn(directors, ada)).toBe(true);
    expect(desk.discord.calls(MEMBER).at(-1)?.answer).toBeUndefined();
    // The answer that was not waited for serves whoever asks next.
    await desk.discord.until(() => desk.discord.calls(MEMBER).at(-1)?.answer);
    await expect.poll(() => isIn(directors, ada)).toBe(false);
    expect(desk.asked(MEMBER)).toBe(2);
  });

  it("is not guessed while nobody knows", async () => {
    const { isIn } = desk.open();
    desk.breakDiscord();
    await expect(isIn(directors, ada)).rejects.toMatchObject({ kind: "unavailable" });
    expect(desk.logged).toEqual(["discord.role_unknown"]);
    desk.discord.faults.clear();
    desk.pass(2_000);
    expect(await isIn(directors, ada)).toBe(true);
  });

  it("is asked for again when Discord's limit says so, and not before", async () => {
    const { isIn } = desk.open();
    desk.discord.faults.call(MEMBER, { kind: "rate_limited", retryAfterS: 20 });
    const error = await isIn(directors, ada).catch((each: unknown) => each);
    expect(error).toMatchObject({ kind: "unavailable", inDoubt: false });
    expect(error instanceof ChatError && error.retryAfterMs).toBeGreaterThanOrEqual(20_000);
    await expect(isIn(directors, ada)).rejects.toMatchObject({ kind: "unavailable" });
    expect(desk.asked(MEMBER)).toBe(1);
  });

  it("waits for a limit that ends soon: after a restart many are looked up at once", async () => {
    const { isIn } = desk.open();
    desk.discord.faults.call(MEMBER, { kind: "rate_limited", retryAfterS: 0.5 });
    expect(await isIn(directors, ada)).toBe(true);
  });

  it("is no for a refusal that does not pass by itself, but not for good", async () => {
    const { isIn } = desk.open();
    desk.discord.faults.call(MEMBER, { kind: "error", code: 50001, status: 403 });
    await expect(isIn(directors, ada)).rejects.toMatchObject({ kind: "unavailable" });
    desk.pass(2_000);
    expect(await isIn(directors, ada)).toBe(true);
  });

  it("is no for strangers, for no role, and for a role of another server", async () => {
    const other = desk.discord.addGuild();
    const noor = other.addPerson("Noor");
    const { isIn } = desk.open();
    expect(await isIn(directors, { id: "1185700000000000001" })).toBe(false);
    expect(await isIn(directors, noor)).toBe(false);
    expect(await isIn("1185700000000000002", ada)).toBe(false);
    expect(await isIn(directors, ada, other)).toBe(false);
    expect(await isIn(MANAGE, ada, other)).toBe(false);
  });

  it("is no for everybody once the bot is out of the server", async () => {
    const { isIn } = desk.open();
    desk.discord.faults.call(MEMBER, { kind: "error", code: 10004, status: 404 });
    expect(await isIn(directors, ada)).toBe(false);
  });

  it("is yes for the role of everybody", async () => {
    const { isIn } = desk.open();
    expect(await isIn(guild.everyone, max)).toBe(true);
    expect(desk.asked()).toBe(0);
  });

  it("is asked again once everything may have changed", async () => {
    const { isIn, roles } = desk.open();
    await isIn(directors, ada);
    guild.setRoles(ada, []);
    roles.forget("1");
    expect(await isIn(directors, ada)).toBe(true);
    roles.forget(guild.id);
    expect(await isIn(directors, ada)).toBe(false);
  });
});
