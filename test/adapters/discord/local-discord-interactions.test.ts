import { type APIInteraction, PermissionFlagsBits as Bit, ComponentType } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callApi } from "../../support/discord/call-api.ts";
import type { DiscordOutcome } from "../../support/discord/discord-people.ts";
import { type DiscordScene, setDiscordScene } from "../../support/discord/discord-scene.ts";
import { createRawAnswers } from "../../support/discord/raw-answers.ts";

let scene: DiscordScene;
let app: ReturnType<typeof createRawAnswers>;

beforeEach(async () => {
  scene = await setDiscordScene({ limits: "off", ackMs: 400 });
  app = createRawAnswers(scene.discord);
  await scene.connect((client) => app.listen(client));
});

afterEach(async () => {
  expect(scene.discord.problems()).toEqual([]);
  await scene.end();
});

const LAYOUT = 1 << 15;
const EPHEMERAL = 64;
const MINUTE = 60_000;
const BUTTONS = {
  content: "pick",
  components: [{ type: 1, components: [{ type: 2, style: 2, label: "One", custom_id: "pick:1" }] }],
};
const MODAL = {
  custom_id: "draft",
  title: "Draft",
  components: [{ type: 18, label: "Prompt", component: { type: 4, custom_id: "prompt", style: 1 } }],
};

const draft = () => scene.ada.command(scene.brand, "draft", { prompt: "a fox" });

/** Somebody does something, and the app answers it. */
async function exchange(doing: Promise<DiscordOutcome>, type: number, data?: unknown) {
  const interaction = await app.next();
  const answer = await app.answer(interaction, type, data);
  return { interaction, answer, outcome: await doing };
}

describe("the first answer", () => {
  it("comes within the window, or the person reads that there was none, and the app that it is unknown", async () => {
    const doing = draft();
    const interaction = await app.next();
    expect(await doing).toEqual({ kind: "failed", text: "The application did not respond" });
    expect(await app.answer(interaction, 4, { content: "late" })).toMatchObject({
      status: 404,
      body: { code: 10062 },
    });
    expect(await app.hook(interaction, "POST ", { content: "late" })).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
    expect(scene.brand.messages()).toEqual([]);
  });

  it("is one: a second is 40060", async () => {
    const { interaction } = await exchange(draft(), 4, { content: "first" });
    expect(await app.answer(interaction, 4, { content: "second" })).toMatchObject({
      status: 400,
      body: { code: 40060 },
    });
    expect(scene.brand.messages()).toMatchObject([{ content: "first" }]);
    expect(scene.discord.interactions).toMatchObject([{ type: 2, sentTo: 1, answeredWith: 4, refused: 1 }]);
  });

  it("wants the right token", async () => {
    const doing = draft();
    const interaction = await app.next();
    const forged = { ...interaction, token: "forged" } as APIInteraction;
    expect((await app.answer(forged, 4, { content: "x" })).body.code).toBe(10062);
    expect((await app.hook(forged, "POST ", { content: "x" })).body.code).toBe(10015);
    await app.answer(interaction, 4, { content: "x" });
    await doing;
  });

  it("says what it made, with with_response", async () => {
    const { interaction, answer, outcome } = await exchange(draft(), 4, { content: "hello" });
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        interaction: {
          id: interaction.id,
          type: 2,
          response_message_id: outcome.message.id,
          response_message_loading: false,
          response_message_ephemeral: false,
        },
        resource: { type: 4, message: { id: outcome.message.id, content: "hello", type: 20 } },
      },
    });
  });

  it("that Discord cannot take leaves the interaction unanswered", async () => {
    const doing = draft();
    const interaction = await app.next();
    expect((await app.answer(interaction, 4, {})).body.code).toBe(50006);
    expect((await app.answer(interaction, 4, { content: "x", flags: LAYOUT })).body.code).toBe(50035);
    expect((await app.answer(interaction, 4, { content: "x" })).status).toBe(200);
    expect(await doing).toMatchObject({ kind: "replied" });
  });

  it("is of a type that fits what was done", async () => {
    const doing = draft();
    const command = await app.next();
    for (const type of [1, 6, 7, 8]) expect((await app.answer(command, type, {})).body.code).toBe(50035);
    await app.answer(command, 9, MODAL);
    await doing;
    const submitting = scene.ada.submit({ Prompt: "x" });
    const submission = await app.next();
    for (const type of [6, 7, 8, 9])
      expect((await app.answer(submission, type, MODAL)).body.code).toBe(50035);
    await app.answer(submission, 5);
    expect(await submitting).toMatchObject({ kind: "deferred" });
    const typing = scene.ada.autocomplete(scene.brand, "draft", "model", "fl");
    const completion = await app.next();
    for (const type of [4, 5, 9])
      expect((await app.answer(completion, type, { content: "x" })).body.code).toBe(50035);
    await app.answer(completion, 8, { choices: [{ name: "Flux", value: "flux" }] });
    expect(await typing).toEqual({ kind: "choices", choices: [{ name: "Flux", value: "flux" }] });
  });
});

describe("an answer put off", () => {
  it("is thinking, and becomes what the edit says; its flags can be EPHEMERAL alone", async () => {
    const doing = draft();
    const interaction = await app.next();
    expect((await app.answer(interaction, 5, { flags: LAYOUT })).body.code).toBe(50035);
    const answer = await app.answer(interaction, 5);
    expect(answer.body.interaction.response_message_loading).toBe(true);
    expect(answer.body.resource).not.toHaveProperty("message");
    expect(await doing).toMatchObject({ kind: "deferred", message: { isThinking: true, words: "" } });
    const body = { flags: LAYOUT, components: [{ type: 10, content: "done" }] };
    expect((await app.hook(interaction, "PATCH /messages/@original", body)).status).toBe(200);
    expect(scene.brand.messages()).toMatchObject([{ words: "done", isThinking: false, edits: 0 }]);
  });

  it("a follow-up directly after it is that edit, and cannot make it private", async () => {
    const { interaction } = await exchange(draft(), 5);
    await app.hook(interaction, "POST ", { content: "done", flags: EPHEMERAL });
    expect(scene.brand.messages()).toMatchObject([{ content: "done", isPrivate: false }]);
    await app.hook(interaction, "POST ", { content: "more", flags: EPHEMERAL });
    expect(scene.ada.privates(scene.brand)).toMatchObject([{ content: "more" }]);
  });

  it("deleted, a follow-up is a message of its own", async () => {
    const { interaction } = await exchange(draft(), 5);
    expect((await app.hook(interaction, "DELETE /messages/@original")).status).toBe(204);
    expect((await app.hook(interaction, "GET /messages/@original")).body.code).toBe(10008);
    await app.hook(interaction, "POST ", { content: "only you", flags: EPHEMERAL });
    expect(scene.brand.messages()).toEqual([]);
    expect(scene.ada.privates(scene.brand)).toMatchObject([{ content: "only you" }]);
  });

  it("of a button, unseen (6), edits the message of the button", async () => {
    const { outcome } = await exchange(draft(), 4, BUTTONS);
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    const pressed = await exchange(scene.ada.press(outcome.message, "One"), 6);
    expect(pressed.outcome).toEqual({ kind: "acked" });
    await app.hook(pressed.interaction, "PATCH /messages/@original", { content: "picked", components: [] });
    expect(scene.brand.messages()).toMatchObject([{ content: "picked", buttons: [] }]);
  });
});

describe("tokens", () => {
  it("open the webhook only after the first answer", async () => {
    const doing = draft();
    const interaction = await app.next();
    expect((await app.hook(interaction, "POST ", { content: "x" })).body.code).toBe(10015);
    await app.answer(interaction, 4, { content: "x" });
    await doing;
    expect((await app.hook(interaction, "POST ", { content: "y" })).status).toBe(200);
  });

  it("end after 15 minutes; the bot's own token edits the message all the same", async () => {
    const { discord, brand } = scene;
    const { interaction, answer } = await exchange(draft(), 4, { content: "x" });
    discord.pass(14 * MINUTE);
    expect((await app.hook(interaction, "PATCH /messages/@original", { content: "y" })).status).toBe(200);
    discord.pass(2 * MINUTE);
    expect(await app.hook(interaction, "PATCH /messages/@original", { content: "z" })).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
    const path = `/channels/${brand.id}/messages/${answer.body.resource.message.id}`;
    expect((await callApi(discord, `PATCH ${path}`, { body: { content: "z" } })).status).toBe(200);
  });
});

describe("private answers", () => {
  it("are seen by the person alone, and are no messages of the channel for any route", async () => {
    const { discord, brand, ada, ben } = scene;
    const { answer, interaction } = await exchange(draft(), 4, { content: "only you", flags: EPHEMERAL });
    const { id } = answer.body.resource.message;
    expect(ada.sees(brand)).toMatchObject([{ id, isPrivate: true }]);
    expect(ben.sees(brand)).toEqual([]);
    const path = `/channels/${brand.id}/messages/${id}`;
    for (const call of [
      callApi(discord, `GET ${path}`),
      callApi(discord, `PATCH ${path}`, { body: { content: "x" } }),
      callApi(discord, `DELETE ${path}`),
      callApi(discord, `PUT ${path}/reactions/%E2%9C%85/@me`),
      callApi(discord, `POST ${path}/threads`, { body: { name: "x" } }),
    ])
      expect(await call).toMatchObject({ status: 404, body: { code: 10008 } });
    expect((await app.hook(interaction, `PATCH /messages/${id}`, { content: "changed" })).status).toBe(200);
    expect(ada.privates(brand)).toMatchObject([{ content: "changed" }]);
    ada.reload();
    expect(ada.privates(brand)).toEqual([]);
  });

  it("have buttons for that person alone, which change them", async () => {
    const { brand, ada, ben } = scene;
    const { outcome } = await exchange(draft(), 4, { ...BUTTONS, flags: EPHEMERAL });
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    await expect(ben.press(outcome.message, "One")).rejects.toThrow("sees no message");
    const pressed = await exchange(ada.press(outcome.message, "One"), 7, {
      content: "picked",
      components: [],
    });
    expect(pressed.interaction.message).toMatchObject({ id: outcome.message.id, flags: EPHEMERAL });
    expect(ada.privates(brand)).toMatchObject([{ content: "picked", buttons: [], isPrivate: true }]);
  });

  it("mention people alone by default", async () => {
    const { guild, ada } = scene;
    guild.setBotPermissions(309237763136n | Bit.MentionEveryone);
    const { outcome } = await exchange(draft(), 4, { content: `<@${ada.id}> @everyone` });
    expect(outcome).toMatchObject({ message: { pings: [ada.id] } });
  });
});

describe("what comes with an interaction", () => {
  it("a command: options in their types, who, where, what the bot may do, how large a file may be", async () => {
    const { guild, brand, ada } = scene;
    const reference = { name: "r.txt", bytes: Buffer.from("bytes") };
    const doing = ada.command(brand, "draft", { prompt: "a fox", count: 4, aspect: "4:3", reference });
    const { interaction } = await exchange(doing, 5);
    const data = interaction.data as unknown as {
      options: readonly { name: string; value: string }[];
      resolved: { attachments: Record<string, { url: string; size: number; ephemeral: boolean }> };
    };
    expect(data.options.slice(0, 3)).toEqual([
      { name: "prompt", type: 3, value: "a fox" },
      { name: "count", type: 4, value: 4 },
      { name: "aspect", type: 3, value: "4:3" },
    ]);
    const file = data.resolved.attachments[data.options[3]?.value ?? ""];
    expect(file).toMatchObject({ size: 5, ephemeral: true });
    expect(await (await fetch(file?.url ?? "")).text()).toBe("bytes");
    expect(interaction).toMatchObject({
      guild_id: guild.id,
      channel_id: brand.id,
      context: 0,
      locale: "en-US",
      app_permissions: "309237763136",
      attachment_size_limit: 10 * 1024 * 1024,
      member: { user: { id: ada.id } },
    });
    guild.setBotPermissions(Bit.ViewChannel);
    const later = await exchange(draft(), 5);
    expect(later.interaction.app_permissions).toBe(String(Bit.ViewChannel));
    guild.setBotPermissions(Bit.SendMessages);
    expect((await exchange(draft(), 5)).interaction.app_permissions).toBe("0");
  });

  it("in a thread: the thread as channel, with its parent", async () => {
    const { brand, ada } = scene;
    const thread = brand.openThread("talk", ada);
    const { interaction } = await exchange(ada.command(thread, "draft", { prompt: "x" }), 4, {
      content: "y",
    });
    expect(interaction.channel).toMatchObject({ id: thread.id, type: 11, parent_id: brand.id });
    expect(thread.messages()).toMatchObject([{ content: "y" }]);
  });

  it("a press: the message, the custom id; a form: what was filled in", async () => {
    const { outcome } = await exchange(draft(), 4, BUTTONS);
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    const pressed = await exchange(scene.ben.press(outcome.message, "One"), 9, MODAL);
    expect(pressed.interaction).toMatchObject({
      type: 3,
      data: { component_type: 2, custom_id: "pick:1" },
      message: { id: outcome.message.id, content: "pick" },
      member: { user: { id: scene.ben.id } },
    });
    const submitted = await exchange(scene.ben.submit({ prompt: "filled" }), 7, {
      content: "changed",
      components: [],
    });
    expect(submitted.interaction).toMatchObject({
      type: 5,
      data: {
        custom_id: "draft",
        components: [{ type: ComponentType.Label, component: { custom_id: "prompt", value: "filled" } }],
      },
      message: { id: outcome.message.id },
    });
    expect(submitted.outcome).toMatchObject({ kind: "updated", message: { content: "changed", edits: 1 } });
  });

  it("a message command: the whole message, though the bot has no message content", async () => {
    const { brand, ada, ben } = scene;
    const said = ada.say(brand, "a red fox", { files: [{ name: "fox.txt", bytes: new Uint8Array(3) }] });
    const { interaction, outcome } = await exchange(ben.messageCommand("Draft from this message", said), 4, {
      content: "x",
    });
    expect(interaction.data).toMatchObject({
      target_id: said.id,
      resolved: { messages: { [said.id]: { content: "a red fox", attachments: [{ filename: "fox.txt" }] } } },
    });
    expect(outcome).toMatchObject({ message: { type: 23, replyTo: said.id, pings: [] } });
  });

  it("a forged press comes through as it is", async () => {
    const { outcome } = await exchange(draft(), 4, BUTTONS);
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    const forged = await exchange(scene.ben.forgePress(outcome.message, "pick:999"), 6);
    expect(forged.interaction.data).toMatchObject({ custom_id: "pick:999" });
  });
});

describe("what the client does not let through", () => {
  it("commands that there are not, options that do not fit", async () => {
    const { brand, ada } = scene;
    const refused = (options: Record<string, string | number>, command = "draft") =>
      ada.command(brand, command, options);
    await expect(refused({}, "nothing")).rejects.toThrow("there is no command");
    await expect(refused({})).rejects.toThrow("prompt is required");
    await expect(refused({ prompt: "x", size: 3 })).rejects.toThrow('no option "size"');
    await expect(refused({ prompt: "x".repeat(1001) })).rejects.toThrow("too long");
    await expect(refused({ prompt: "x", count: 10 })).rejects.toThrow("out of range");
    await expect(refused({ prompt: "x", count: 1.5 })).rejects.toThrow("no number");
    await expect(refused({ prompt: "x", aspect: "9:9" })).rejects.toThrow('no choice "9:9"');
    await expect(ada.command(ada.direct, "draft", { prompt: "x" })).rejects.toThrow("there is no command");
    expect(scene.discord.interactions).toEqual([]);
  });

  it("commands for others: by default permission, until an admin says otherwise", async () => {
    const { guild, brand, ada } = scene;
    await expect(ada.command(brand, "quota show")).rejects.toThrow("may not use");
    const boss = guild.addPerson("boss", { permissions: Bit.ManageGuild });
    const { interaction } = await exchange(boss.command(brand, "quota grant", { amount: 5, to: ada }), 5);
    expect(interaction.data).toMatchObject({
      options: [
        {
          name: "grant",
          type: 1,
          options: [
            { name: "amount", value: 5 },
            { name: "to", type: 9, value: ada.id },
          ],
        },
      ],
      resolved: { users: { [ada.id]: { username: "ada" } }, members: { [ada.id]: {} } },
    });
    guild.setCommandPermissions("quota", [
      { who: ada, isAllowed: true },
      { who: guild.everyone, isAllowed: false },
    ]);
    await exchange(ada.command(brand, "quota show"), 5);
    await expect(boss.command(brand, "quota show")).rejects.toThrow("may not use");
    guild.setCommandPermissions("quota", [{ who: brand, isAllowed: false }]);
    await expect(boss.command(brand, "quota show")).rejects.toThrow("may not use");
  });

  it("buttons that there are not; a disabled one", async () => {
    const disabled = { ...BUTTONS.components[0]?.components[0], disabled: true };
    const { outcome } = await exchange(draft(), 4, {
      content: "x",
      components: [{ type: 1, components: [disabled] }],
    });
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    await expect(scene.ada.press(outcome.message, "Two")).rejects.toThrow('no button "Two"');
    await expect(scene.ada.press(outcome.message, "One")).rejects.toThrow("disabled");
  });

  it("autocomplete with more than 25 choices fails", async () => {
    const typing = scene.ada.autocomplete(scene.brand, "draft", "model", "");
    const interaction = await app.next();
    const choices = Array.from({ length: 26 }, (_, each) => ({ name: `m${each}`, value: `m${each}` }));
    expect((await app.answer(interaction, 8, { choices })).body.code).toBe(50035);
    expect(await typing).toMatchObject({ kind: "failed" });
    await expect(scene.ada.autocomplete(scene.brand, "draft", "prompt", "")).rejects.toThrow(
      "no autocomplete",
    );
  });
});
