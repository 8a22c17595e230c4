import { PermissionFlagsBits } from "discord.js";
import { describe, expect, it } from "vitest";
import { postMark, readMark } from "../../../../adapters/discord/components/post-mark.ts";
import { INVITE_PERMISSIONS } from "../../../../adapters/discord/permissions.ts";
import { plainCard } from "../../../../src/core/card.ts";
import { STARTED } from "../../../support/scripted-inbox.ts";
import { openGatewayDesk, wordsOf } from "./gateway-desk.ts";
import { POST } from "./scripted-inbox.ts";

const HOSTILE = "@everyone <@&1> <!channel> **x** `z` [click](https://e.vil) :wave: — “for” 🦊";

describe("a command", () => {
  it("comes with what was typed into each option, with who and where", async () => {
    const { start, ada, brand, place, user, discord } = await openGatewayDesk();
    const { inbox } = await start();
    await ada.command(brand, "draft", { prompt: HOSTILE, count: 4, model: "skylark", "dry-run": true });
    expect(inbox.commandCalls).toEqual([
      {
        event: `discord:interaction:${discord.interactions[0]?.id}`,
        place: place(brand),
        person: user(ada),
        name: "draft",
        text: HOSTILE,
        options: { count: "4", model: "skylark", "dry-run": "yes" },
        mentions: [expect.objectContaining({ typed: "<@&1>" })],
        attachments: [],
        isLive: true,
      },
    ]);
  });

  it("is answered with the one live message, and the story hears which it is", async () => {
    const { start, ada, brand, discord, ref } = await openGatewayDesk();
    const { inbox } = await start();
    const outcome = await ada.command(brand, "draft", { prompt: "a red fox" });
    if (outcome.kind !== "replied") throw new Error(`${outcome.kind}\n${discord.describe()}`);
    const [message] = brand.messages();
    expect(message).toMatchObject({ id: outcome.message.id, isPrivate: false, pings: [] });
    expect(message?.words).toContain(STARTED.summary);
    expect(readMark(message?.components)).toBe(postMark(POST));
    await expect.poll(() => inbox.answers).toEqual([{ post: POST, message: ref(outcome.message) }]);
    expect(discord.calls("POST /interactions/*")).toHaveLength(1);
  });

  it("is answered privately with what is nobody else's", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const { inbox } = await start();
    inbox.script.command = async () => ({ kind: "whisper", card: plainCard("warn", "2 credits are left.") });
    const outcome = await ada.command(brand, "draft", { prompt: "a red fox" });
    expect(outcome).toMatchObject({ kind: "replied", message: { isPrivate: true, pings: [] } });
    expect(wordsOf(outcome)).toContain("2 credits are left.");
    expect(brand.messages()).toEqual([]);
    expect(inbox.answers).toEqual([]);
  });

  it("that asked for nothing new is told so", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const { inbox } = await start();
    inbox.script.command = async () => ({ kind: "done" });
    expect(wordsOf(await ada.command(brand, "draft", { prompt: "a red fox" }))).toContain(
      "under way already",
    );
    expect(wordsOf(await ada.command(brand, "help"))).toContain("Done.");
  });

  it("with no words opens the form", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    await start();
    expect(await ada.command(brand, "draft")).toMatchObject({ kind: "form", form: { title: "Draft" } });
  });

  it("with a subcommand comes as it would be typed, with the people and roles it names", async () => {
    const { start, ada, mia, guild, brand, user } = await openGatewayDesk();
    const { inbox, roles } = await start();
    const art = guild.addRole("art");
    const who = `<@${ada.id}> <@&${art.id}>`;
    await mia.command(brand, "quota roles", { role: "directors", who });
    expect(inbox.commandCalls[0]).toMatchObject({
      name: "quota",
      text: `roles directors ${who}`,
      options: {},
      isLive: false,
      mentions: [
        { typed: `<@${ada.id}>`, who: user(ada) },
        { typed: `<@&${art.id}>`, who: `discord:${guild.id}:@${art.id}` },
      ],
    });
    expect(roles.managers).toEqual([mia.id]);
  });

  it("comes with its pictures, which are read when they are asked for", async () => {
    const { start, ada, brand, discord } = await openGatewayDesk();
    const { inbox } = await start();
    const bytes = new TextEncoder().encode("a picture");
    await ada.command(brand, "draft", { prompt: "a red fox", reference: { name: "fox.png", bytes } });
    const [attachment] = inbox.commandCalls[0]?.attachments ?? [];
    expect(attachment?.name).toBe("fox.png");
    expect(discord.calls("GET /attachments/*")).toEqual([]);
    expect(await attachment?.read(100)).toEqual(Buffer.from(bytes));
    await expect(attachment?.read(5)).rejects.toMatchObject({ kind: "refused" });
  });

  it("completes options from what is known here", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const { inbox } = await start();
    expect(await ada.autocomplete(brand, "draft", "model", "sky")).toEqual({
      kind: "choices",
      choices: [{ name: "skylark", value: "skylark" }],
    });
    expect(inbox.commandCalls).toEqual([]);
  });

  it("that is not one of ours any more is told so", async () => {
    const { start, ada, brand, discord } = await openGatewayDesk();
    const { inbox } = await start();
    discord.register([{ type: 1, name: "darft", description: "an old name" }]);
    expect(wordsOf(await ada.command(brand, "darft"))).toContain(
      "There is no /darft. Did you mean `/draft`?",
    );
    expect(inbox.commandCalls).toEqual([]);
  });

  it("of a kind that we have none of is answered in words", async () => {
    const { start, ada, brand, discord } = await openGatewayDesk();
    await start();
    discord.register([{ type: 3, name: "Translate" }]);
    const message = ada.say(brand, "a red fox");
    expect(wordsOf(await ada.messageCommand("Translate", message))).toContain("does not know that any more");
  });
});

describe("where a command is used", () => {
  it("in a thread, the channel that it belongs to counts", async () => {
    const { start, ada, brand, place, ref } = await openGatewayDesk();
    const { inbox } = await start();
    const thread = brand.openThread("ideas", ada);
    await ada.command(thread, "draft", { prompt: "a red fox" });
    expect(inbox.commandCalls[0]?.place).toEqual(place(thread));
    expect(inbox.commandCalls[0]?.place.channel).toBe(place(brand).channel);
    const [message] = thread.messages().filter(({ byApp }) => byApp);
    await expect
      .poll(() => inbox.answers)
      .toEqual([{ post: POST, message: message === undefined ? "?" : ref(message) }]);
  });

  it("in a private thread is taken only where the bot was let in: it could not show the takes", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const { inbox } = await start();
    const thread = brand.openPrivateThread("secret", ada);
    const words = wordsOf(await ada.command(thread, "draft", { prompt: "a red fox" }));
    expect(words).toMatch(/cannot see this.*Nothing was charged.*private thread/);
    expect(inbox.commandCalls).toEqual([]);
    thread.inviteBot();
    await ada.command(thread, "draft", { prompt: "a red fox" });
    expect(inbox.commandCalls).toHaveLength(1);
  });

  it("in a server that has the commands but not the bot, it could show nothing either", async () => {
    const { start, ada, brand, guild } = await openGatewayDesk();
    const { inbox, client } = await start();
    client.guilds.cache.delete(guild.id);
    const outcome = await ada.command(brand, "draft", { prompt: "a red fox" });
    expect(outcome).toMatchObject({ kind: "replied", message: { isPrivate: true } });
    expect(wordsOf(outcome)).toMatch(/its bot is not. Nothing was charged. .* invite it again/);
    expect(inbox.commandCalls).toEqual([]);
  });

  it("a post of a forum is a thread of the forum", async () => {
    const { start, ada, guild, place } = await openGatewayDesk();
    const { inbox } = await start();
    const forum = guild.addChannel("ideas", { type: "forum" });
    const post = forum.openThread("a red fox", ada, "What about a fox?");
    await ada.command(post, "draft", { prompt: "a red fox" });
    expect(inbox.commandCalls[0]?.place).toMatchObject({ channel: place(forum).channel });
    expect(inbox.commandCalls[0]?.place.thread).toBeDefined();
  });

  it("a direct message is no place for it", async () => {
    const { start, ada, discord } = await openGatewayDesk();
    const { inbox } = await start();
    discord.register([{ type: 1, name: "draft", description: "draft" }]);
    const outcome = await ada.command(ada.direct, "draft");
    expect(wordsOf(outcome)).toContain("works in a server's channels");
    expect(inbox.commandCalls).toEqual([]);
  });

  it("where permissions are missing, each is named and nothing is asked", async () => {
    const { start, ada, guild, brand } = await openGatewayDesk();
    const { inbox } = await start();
    const thread = brand.openThread("ideas", ada);
    const { AttachFiles, CreatePublicThreads } = PermissionFlagsBits;
    guild.setBotPermissions(INVITE_PERMISSIONS & ~(AttachFiles | CreatePublicThreads));
    const words = wordsOf(await ada.command(brand, "draft", { prompt: "a red fox" }));
    expect(words).toContain("lacks the permissions Create Public Threads and Attach Files.");
    expect(words).toContain("Nothing was charged.");
    expect(words).toContain("Edit Channel → Permissions");
    // In a thread nothing else is opened.
    expect(wordsOf(await ada.command(thread, "draft", { prompt: "a red fox" }))).toContain(
      "the permission Attach Files.",
    );
    expect(inbox.commandCalls).toEqual([]);
    await ada.command(brand, "help");
    expect(inbox.commandCalls).toHaveLength(1);
  });

  it("a voice channel has no threads, and needs no permission for them", async () => {
    const { start, ada, guild } = await openGatewayDesk();
    const { inbox } = await start();
    const voice = guild.addChannel("stand-up", { type: "voice" });
    const { SendMessagesInThreads, CreatePublicThreads } = PermissionFlagsBits;
    guild.setBotPermissions(INVITE_PERMISSIONS & ~(SendMessagesInThreads | CreatePublicThreads));
    await ada.command(voice, "draft", { prompt: "a red fox" });
    expect(inbox.commandCalls).toHaveLength(1);
  });
});
