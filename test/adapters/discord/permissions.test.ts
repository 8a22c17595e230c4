import { PermissionFlagsBits as Bit, PermissionsBitField } from "discord.js";
import { describe, expect, it } from "vitest";
import { INVITE_PERMISSIONS, inviteUrl, missingIn, NEEDED } from "../../../adapters/discord/permissions.ts";

describe("the permissions that the bot needs", () => {
  it("are eight, each with its reason and the name of Discord's settings", () => {
    expect(INVITE_PERMISSIONS).toBe(309237763136n);
    expect(NEEDED.map(({ name }) => name)).toEqual([
      "View Channels",
      "Send Messages",
      "Send Messages in Threads",
      "Create Public Threads",
      "Embed Links",
      "Attach Files",
      "Read Message History",
      "Add Reactions",
    ]);
    expect(NEEDED.every(({ reason }) => reason.startsWith("to "))).toBe(true);
    expect(new PermissionsBitField(INVITE_PERMISSIONS).toArray()).toHaveLength(NEEDED.length);
  });

  it.each(NEEDED)("are told one by one when they are missing: $name", ({ name, bit, where }) => {
    const others = INVITE_PERMISSIONS & ~bit;
    expect(missingIn(others, false)).toEqual([name]);
    expect(missingIn(others, true)).toEqual(where === "everywhere" ? [name] : []);
  });

  it("are all there with the invite, and with Administrator", () => {
    expect(missingIn(INVITE_PERMISSIONS, false)).toEqual([]);
    expect(missingIn(INVITE_PERMISSIONS | Bit.ManageMessages, true)).toEqual([]);
    expect(missingIn(Bit.Administrator, false)).toEqual([]);
    expect(missingIn(0n, false)).toHaveLength(8);
    expect(missingIn(0n, true)).toEqual(
      NEEDED.map(({ name }) => name).filter((name) => !/^(Send Messages|Create Public Threads)$/.test(name)),
    );
  });

  it("come with the invite", () => {
    expect(inviteUrl("1185700000000000000")).toBe(
      "https://discord.com/oauth2/authorize?client_id=1185700000000000000&scope=bot+applications.commands&permissions=309237763136",
    );
  });
});
