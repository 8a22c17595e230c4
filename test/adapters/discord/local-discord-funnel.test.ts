import {
  type Client,
  Events,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Routes,
  type TextChannel,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DiscordScene, setDiscordScene } from "../../support/discord/discord-scene.ts";

let scene: DiscordScene;

beforeEach(async () => {
  scene = await setDiscordScene({ limits: "off" });
});

afterEach(async () => {
  expect(scene.discord.problems()).toEqual([]);
  await scene.end();
});

const picture = () =>
  sharp({ create: { width: 12, height: 8, channels: 3, background: "#123456" } })
    .png()
    .toBuffer();

const text = (content: string) => ({ type: 10, content });
const button = (label: string) => ({ type: 2, style: 2, label, custom_id: `id-${label}` });
const grid = (...rows: readonly object[]) => ({ type: 17, components: rows });

describe("the funnel with the real discord.js", () => {
  it("logs in, and knows guild, roles and channels", async () => {
    const { discord, guild, brand } = scene;
    const client = await scene.connect();
    const known = client.guilds.cache.get(guild.id);
    expect(known?.name).toBe("Studio North");
    expect(known?.channels.cache.get(brand.id)?.name).toBe("brand");
    expect(client.user?.id).toBe(discord.botUserId);
    expect(client.application?.id).toBe(discord.applicationId);
    expect(discord.gateway.sessions).toHaveLength(1);
  });

  it("a command is answered by a message, which is edited into a grid, pressed and reacted to", async () => {
    const { discord, brand, ada, rest } = scene;
    const bytes = await picture();
    const heard: string[] = [];
    await scene.connect((client: Client) => {
      client.on(Events.InteractionCreate, async (interaction) => {
        if (interaction.isChatInputCommand()) {
          heard.push(`${interaction.commandName} ${interaction.options.getString("prompt")}`);
          heard.push(
            `${interaction.options.getInteger("count")} ${interaction.options.getAttachment("reference")?.name}`,
          );
          const answer = await interaction.reply({
            flags: MessageFlags.IsComponentsV2,
            components: [grid(text("drafting…"))],
            withResponse: true,
          });
          heard.push(String(answer.resource?.message?.id));
        } else if (interaction.isButton()) await interaction.deferUpdate();
      });
      client.on(Events.MessageReactionAdd, (reaction, user) => {
        heard.push(`${reaction.emoji.name} by ${user.id} on ${reaction.message.id}`);
      });
    });

    const outcome = await ada.command(brand, "draft", {
      prompt: "a fox",
      count: 4,
      reference: { name: "r.png", bytes },
    });
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    expect(outcome.message).toMatchObject({ words: "drafting…", isPrivate: false, type: 20 });
    const { id } = outcome.message;
    await discord.until(() => heard.includes(id));
    expect(heard).toEqual(["draft a fox", "4 r.png", id]);

    const gallery = {
      type: 12,
      items: [{ media: { url: "attachment://grid.png" }, description: "four foxes" }],
    };
    await rest.patch(Routes.channelMessage(brand.id, id), {
      body: {
        attachments: [{ id: 0, filename: "grid.png" }],
        components: [grid(text("pick"), gallery, { type: 1, components: [button("1"), button("2")] })],
        allowed_mentions: { parse: [] },
      },
      files: [{ data: bytes, name: "grid.png", key: "files[0]" }],
    });
    const edited = brand.message(id);
    expect(edited).toMatchObject({ words: "pick", edits: 1 });
    expect(edited?.images).toMatchObject([{ name: "grid.png", alt: "four foxes", width: 12, height: 8 }]);
    expect(Buffer.from(edited?.images[0]?.bytes ?? [])).toEqual(bytes);
    expect(await (await fetch(edited?.images[0]?.url ?? "")).bytes()).toEqual(new Uint8Array(bytes));

    expect(await ada.press({ channelId: brand.id, id }, "2")).toEqual({ kind: "acked" });
    await rest.put(Routes.channelMessageOwnReaction(brand.id, id, encodeURIComponent("✅")));
    ada.react({ channelId: brand.id, id }, "1️⃣");
    await discord.until(() => heard.length === 5);
    expect(heard.slice(3)).toEqual([`✅ by ${discord.botUserId} on ${id}`, `1️⃣ by ${ada.id} on ${id}`]);
    expect(brand.message(id)?.reactions).toEqual({ "✅": [discord.botUserId], "1️⃣": [ada.id] });
  });

  it("a thread opens from a message, with its id, and takes messages", async () => {
    const { discord, brand } = scene;
    const client = await scene.connect();
    const channel = (await client.channels.fetch(brand.id)) as TextChannel;
    const sent = await channel.send({ content: "hello" });
    const thread = await sent.startThread({ name: "Draft: a fox" });
    expect(thread.id).toBe(sent.id);
    await thread.send("in it");
    expect(brand.threads()).toHaveLength(1);
    expect(brand.threadOf({ channelId: brand.id, id: sent.id })?.messages().at(-1)).toMatchObject({
      content: "in it",
    });
    expect(discord.calls("POST */threads")).toHaveLength(1);
  });

  it("a private answer, a form and what was filled in", async () => {
    const { brand, ada, ben } = scene;
    const answers: string[] = [];
    await scene.connect((client) => {
      client.on(Events.InteractionCreate, async (interaction) => {
        if (interaction.isChatInputCommand())
          await interaction.reply({ flags: MessageFlags.Ephemeral, content: "only you" });
        if (interaction.isMessageContextMenuCommand())
          await interaction.showModal(
            new ModalBuilder({ customId: "draft", title: "Draft" }).addLabelComponents(
              new LabelBuilder().setLabel("Prompt").setTextInputComponent(
                new TextInputBuilder({
                  customId: "prompt",
                  style: TextInputStyle.Paragraph,
                  value: interaction.targetMessage.content,
                  maxLength: 50,
                }),
              ),
            ),
          );
        if (interaction.isModalSubmit()) {
          answers.push(interaction.fields.getTextInputValue("prompt"));
          await interaction.reply("thanks");
        }
      });
    });
    const said = ada.say(brand, "a red fox");
    expect(await ada.command(brand, "draft", { prompt: "x" })).toMatchObject({ kind: "replied" });
    expect(ada.privates(brand)).toMatchObject([{ words: "only you", isPrivate: true }]);
    expect(ben.privates(brand)).toEqual([]);
    expect(brand.messages()).toHaveLength(1);

    expect(await ben.messageCommand("Draft from this message", said)).toMatchObject({ kind: "form" });
    expect(ben.form()?.fields).toMatchObject([{ label: "Prompt", value: "a red fox" }]);
    expect(await ben.submit({ Prompt: "" })).toEqual({
      kind: "invalid",
      errors: { prompt: "This field is required" },
    });
    expect(await ben.submit({ Prompt: "a blue fox" })).toMatchObject({
      kind: "replied",
      message: { words: "thanks" },
    });
    expect(answers).toEqual(["a blue fox"]);
    expect(ben.form()).toBeUndefined();
  });
});
