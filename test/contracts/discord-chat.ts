import { expect } from "vitest";
import { toApplicationCommands } from "../../adapters/discord/commands/application-commands.ts";
import { fromEmoji, toEmoji } from "../../adapters/discord/components/emoji.ts";
import { createDiscord } from "../../adapters/discord/discord.ts";
import {
  channelRef,
  groupRef,
  messageRef,
  readMessage,
  readThread,
  userRef,
} from "../../adapters/discord/discord-refs.ts";
import type { MessageRef } from "../../src/core/ids.ts";
import { Secret } from "../../src/core/secret.ts";
import type { AssetReader } from "../../src/ports/assets.ts";
import type { DiscordMessage } from "../support/discord/discord-message.ts";
import type { DiscordChannel, DiscordGuild, DiscordPerson } from "../support/discord/discord-people.ts";
import type { LocalDiscord } from "../support/discord/local-discord.ts";
import { visibleText } from "../support/discord/page/markdown-nodes.ts";
import { parseMarkdown } from "../support/discord/page/parse-markdown.ts";
import { startDiscord } from "../support/discord/start-discord.ts";
import { wordsOf } from "../support/draftroom-on-discord.ts";
import { createRecordingLog } from "../support/recording-log.ts";
import { createScriptedInbox, WORDS } from "../support/scripted-inbox.ts";
import {
  type ChatBench,
  type ChatGround,
  type ChatPerson,
  drawPicture,
  type SeenMessage,
} from "./chat-bench.ts";

/** Discord as it is run, over a local one. */
export async function openDiscordGround(): Promise<ChatGround> {
  const assets = await drawPicture();
  return { open: () => openBench(assets), close: async () => {} };
}

async function openBench(assets: AssetReader): Promise<ChatBench> {
  const local = await startDiscord({ limits: "off" });
  const guild = local.addGuild();
  const [mia, noor] = [guild.addPerson("mia"), guild.addPerson("noor")];
  const brand = guild.addChannel("brand");
  const inbox = createScriptedInbox();
  local.register(toApplicationCommands(inbox.commands));
  const { gateway, sender } = createDiscord({
    token: new Secret(local.token),
    shards: "auto",
    directors: [{ guild: undefined, id: noor.id }],
    managers: [{ guild: guild.id, id: mia.id }],
    apiUrl: new URL(local.apiUrl),
    cdnUrl: new URL(local.cdnUrl),
    files: { publicUrl: undefined, host: "127.0.0.1", port: 0 },
    assets,
    log: createRecordingLog(),
    clock: () => new Date(),
  });
  await gateway.start(inbox);
  const room: Room = { local, guild, channel: brand };
  return {
    sender,
    gateway,
    inbox,
    place: { channel: channelRef({ guild: guild.id, channel: brand.id }), thread: undefined },
    mia: createPerson(room, mia),
    noor: createPerson(room, noor),
    staff: { directors: [userRef(guild.id, noor.id)], managers: [userRef(guild.id, mia.id)] },
    options: {},
    isLive: true,
    whispers: "in_answer",
    nobody: groupRef(guild.id, "111111111111111111"),
    async remove(message) {
      brand.deleteMessage(readMessage(message).message);
    },
    loseAnswer: () => local.faults.call("POST /channels/{channel}/messages", { kind: "reset_after" }),
    async cutOff() {
      local.faults.call("*", { kind: "reset_before" }, { p: 1 });
    },
    deliverTwice: () => local.faults.event("*", { kind: "duplicate" }),
    async close() {
      await gateway.stop();
      await local.stop();
      expect(local.problems()).toEqual([]);
    },
  };
}

interface Room {
  readonly local: LocalDiscord;
  readonly guild: DiscordGuild;
  readonly channel: DiscordChannel;
}

/** What people press to get back a form that was refused: Discord closes each that is sent. */
const AGAIN = "Open the form again";

function createPerson({ guild, channel }: Room, person: DiscordPerson): ChatPerson {
  const at = (message: MessageRef) => {
    const { channel: channelId, message: id } = readMessage(message);
    return { channelId, id };
  };

  return {
    ref: userRef(guild.id, person.id),
    name: `<@${person.id}>`,
    async command(text) {
      const [, command = "", rest = ""] = /^\/(\S+) ?(.*)$/s.exec(text) ?? [];
      try {
        return wordsOf(await person.command(channel, command, rest === "" ? {} : { [WORDS.name]: rest }));
      } catch (error) {
        // Discord's client knows no other commands.
        return `/${command} is not to be had: ${error}`;
      }
    },
    press: async (message, label) => wordsOf(await person.press(at(message), label)),
    async react(message, emoji, on) {
      if (on) person.react(at(message), toEmoji(emoji));
      else person.unreact(at(message), toEmoji(emoji));
      return "";
    },
    form: () => person.form()?.fields.map((field) => field.customId),
    async submit(answers) {
      const refused = person
        .privates(channel)
        .findLast(({ buttons }) => buttons.some(({ label }) => label === AGAIN));
      if (person.form() === undefined && refused) await person.press(refused, AGAIN);
      return wordsOf(await person.submit(answers));
    },
    async sees({ thread }) {
      const there = thread === undefined ? channel : guild.channel(readThread(thread).channel);
      return there === undefined
        ? []
        : person
            .sees(there)
            .filter(isSaid)
            .map((each) => toSeen(each, guild.id));
    },
  };
}

/** As its client shows it; what keeps markup from being markup is not to be seen. */
function toRead(words: string): string {
  return visibleText(parseMarkdown(words)).replace(/\u200b/g, "");
}

/** Discord itself says in a thread what it hangs under. */
function isSaid({ type }: DiscordMessage): boolean {
  return type !== 21;
}

function toSeen(message: DiscordMessage, guild: string): SeenMessage {
  return {
    ref: messageRef({ guild, channel: message.channelId, message: message.id }),
    words: toRead(message.words),
    names: [...message.words.matchAll(/<@(\d+)>/g)].map(([, id = ""]) => userRef(guild, id)),
    calls: message.pings.map((id) => userRef(guild, id)),
    pictures: message.images.map(({ alt }) => alt),
    buttons: message.buttons.map(({ label }) => label),
    reactions: Object.keys(message.reactions).flatMap((name) => fromEmoji(name) ?? []),
    isPrivate: message.isPrivate,
  };
}
