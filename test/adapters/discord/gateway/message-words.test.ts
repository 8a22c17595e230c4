import type { APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import { groupRef, userRef } from "../../../../adapters/discord/discord-refs.ts";
import { readMentions } from "../../../../adapters/discord/gateway/mentions.ts";
import { sourceOf, wordsOf } from "../../../../adapters/discord/gateway/message-words.ts";

const GUILD = "100000000000000001";
const BOT = "100000000000000009";
const ADA = "100000000000000002";

describe("whom words name", () => {
  it("are people and roles, once each, and not the bot", () => {
    const words = [`directors <@${ADA}> <@!${ADA}> <@&77> <@${BOT}>`, `again <@${ADA}>`];
    expect(readMentions(GUILD, BOT, words)).toEqual([
      { typed: `<@${ADA}>`, who: userRef(GUILD, ADA) },
      { typed: `<@!${ADA}>`, who: userRef(GUILD, ADA) },
      { typed: "<@&77>", who: groupRef(GUILD, "77") },
    ]);
  });

  it("may be nobody", () => {
    expect(readMentions(GUILD, BOT, ["<@> <@x> <#5> @ada <@&>", ""])).toEqual([]);
  });
});

describe("the words of a message", () => {
  const mentions = [{ id: ADA, username: "ada" }] as APIMessage["mentions"];

  it.each([
    [`<@${BOT}> a red fox`, "a red fox"],
    [`as <@${ADA}> said, <@!${ADA}>`, "as @ada said, @ada"],
    ["by <@42>", "by <@42>"],
    ["<:fox:123> and <a:run:456>", ":fox: and :run:"],
    ["**bold** <not a thing>", "**bold** <not a thing>"],
  ])("%s", (content, words) => {
    expect(wordsOf({ content, mentions }, BOT)).toBe(words);
  });

  const message = { content: "", attachments: [], mentions: [] } as unknown as APIMessage;
  const snapshot = { message: { content: "a fox", attachments: [], mentions: [] } };

  it("that forwards another are that one's", () => {
    const forward = { ...message, message_snapshots: [snapshot] } as unknown as APIMessage;
    expect(sourceOf(forward).content).toBe("a fox");
    expect(sourceOf({ ...forward, content: "mine" }).content).toBe("mine");
    expect(sourceOf(message).content).toBe("");
  });
});
