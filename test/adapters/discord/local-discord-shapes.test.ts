import { readdirSync, readFileSync } from "node:fs";
import { type APIInteraction, Events, GatewayIntentBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type RecordedShape, shapeDifferences } from "../../support/cloud/same-shape.ts";
import { callApi } from "../../support/discord/call-api.ts";
import type { DiscordChannel, DiscordPerson } from "../../support/discord/discord-people.ts";
import { type DiscordScene, setDiscordScene } from "../../support/discord/discord-scene.ts";
import { createRawAnswers, type RawAnswers } from "../../support/discord/raw-answers.ts";

/** A payload recorded from Discord, or printed in its docs. */
interface DiscordShape extends RecordedShape {
  /** What Discord sends and the local one does not: path, and why not. */
  readonly leftOut?: Readonly<Record<string, string>>;
}

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const FIXTURES = new URL("../../support/discord/fixtures/", import.meta.url);
const read = (name: string): DiscordShape =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FIXTURES), "utf8"));
const compared = new Set<string>();
const differences = (name: string, sent: unknown) => {
  compared.add(name);
  const recorded = read(name);
  const leftOut = Object.keys(recorded.leftOut ?? {}).map((path) => `${path} is missing`);
  return shapeDifferences(recorded, sent).filter((each) => !leftOut.includes(each));
};

interface Frame {
  readonly t: string;
  readonly d: unknown;
}
type Json = Readonly<Record<string, unknown>>;

/** The only entry of a map by id. */
const only = (map: unknown) => ({ "*": Object.values((map ?? {}) as Json)[0] });

let scene: DiscordScene;
let answers: RawAnswers;
/** As they came, before the client has put anything into them. */
let frames: Frame[];

beforeEach(async () => {
  scene = await setDiscordScene({ limits: "off" });
  const { Guilds, GuildMessages, GuildMessageReactions } = GatewayIntentBits;
  const raw = createRawAnswers(scene.discord);
  answers = raw;
  frames = [];
  await scene.connect(
    (client) => {
      client.on(Events.Raw, (frame: Frame) => frames.push(structuredClone(frame)));
      raw.listen(client);
    },
    { intents: [Guilds, GuildMessages, GuildMessageReactions] },
  );
});

afterEach(async () => {
  expect(scene.discord.problems()).toEqual([]);
  await scene.end();
});

const heard = (type: string) => scene.discord.until(() => frames.find((each) => each.t === type)?.d);

/** What `act` brings, and what came of answering it. */
async function answered(act: Promise<unknown>, type: number, data?: unknown) {
  const interaction = await answers.next();
  const answer = await answers.answer(interaction, type, data);
  expect(answer.status).toBeLessThan(300);
  await act;
  const frame = frames.find(({ d }) => (d as Json | null)?.id === interaction.id);
  return { interaction: frame?.d as APIInteraction & { readonly data: Json }, answer: answer.body };
}

const BUTTON = { type: 2, style: 1, label: "Pick", custom_id: "pick" };
const GRID = { flags: 1 << 15, components: [{ type: 1, components: [BUTTON] }] };
const field = (label: string, component: Json) => ({ type: 18, label, component });
const MODAL = (component: Json) => ({
  custom_id: "m",
  title: "Edit",
  components: [field("Field", component)],
});

async function pressed(channel: DiscordChannel, ada: DiscordPerson, type: number, data?: unknown) {
  await answered(ada.command(channel, "draft", { prompt: "a fox" }), 4, GRID);
  const grid = channel.messages().at(-1);
  if (grid === undefined) throw new Error("the grid is not there");
  return answered(ada.press(grid, "Pick"), type, data);
}

async function submitted(component: Json, answer: string): Promise<unknown> {
  const { ada, brand } = scene;
  await pressed(brand, ada, 9, MODAL(component));
  return (await answered(ada.submit({ Field: answer }), 4, { content: "ok" })).interaction;
}

/** A submitted form is recorded without what every interaction has. */
const bare = ({ type, data }: { readonly type: number; readonly data: Json }) => ({ type, data });

describe("what the local Discord sends has the keys and types of what Discord sends", () => {
  it("slash commands, autocomplete and files", async () => {
    const { ada, brand } = scene;
    const reference = { name: "a.png", bytes: PNG };
    const asked = await answered(ada.command(brand, "draft", { prompt: "a fox" }), 4, GRID);
    expect(differences("slash-command", asked.interaction)).toEqual([]);
    expect(differences("callback", asked.answer)).toEqual([]);
    const with_ = await answered(ada.command(brand, "draft", { prompt: "a fox", reference }), 4, GRID);
    const { resolved } = with_.interaction.data as { readonly resolved: { readonly attachments: Json } };
    expect(differences("attachment", Object.values(resolved.attachments)[0])).toEqual([]);
    const typing = ada.autocomplete(brand, "draft", "model", "ske");
    const { interaction } = await answered(typing, 8, { choices: [] });
    expect(differences("autocomplete", bare(interaction))).toEqual([]);
  });

  it("commands on messages", async () => {
    const { ada, brand } = scene;
    const asked = ada.messageCommand("Draft from this message", ada.say(brand, "a fox"));
    const { interaction } = await answered(asked, 4, GRID);
    const { data } = interaction as { readonly data: Json };
    const resolved = data.resolved as Json;
    const sent = {
      ...interaction,
      data: { ...data, resolved: { ...resolved, messages: only(resolved.messages) } },
    };
    expect(differences("message-command", sent)).toEqual([]);
  });

  it("buttons, in threads too, and submitted forms", async () => {
    const { ada, brand } = scene;
    const thread = brand.openThread("fox", ada);
    const { interaction } = await pressed(thread, ada, 6);
    expect(differences("button-in-thread", interaction)).toEqual([]);
    const input = await submitted({ type: 4, custom_id: "i", style: 1 }, "a fox");
    expect(differences("modal-submit", bare(input as never))).toEqual([]);
    const options = ["a", "b"].map((value) => ({ label: value, value }));
    const select = await submitted({ type: 3, custom_id: "s", options }, "b");
    expect(differences("modal-submit-select", bare(select as never))).toEqual([]);
  });

  it("messages, reactions and threads", async () => {
    const { ada, brand, discord } = scene;
    const said = ada.say(brand, "a fox");
    expect(differences("message-create", await heard("MESSAGE_CREATE"))).toEqual([]);
    ada.react(said, "✅");
    expect(differences("reaction-add", await heard("MESSAGE_REACTION_ADD"))).toEqual([]);
    const path = `/channels/${brand.id}/messages/${said.id}`;
    const { body } = await callApi(discord, `GET ${path}`);
    expect(differences("message-with-reactions", body)).toEqual([]);
    ada.unreact(said, "✅");
    expect(differences("reaction-remove", await heard("MESSAGE_REACTION_REMOVE"))).toEqual([]);
    const opened = await callApi(discord, `POST ${path}/threads`, { body: { name: "fox" } });
    expect(differences("thread", opened.body)).toEqual([]);
  });

  it("galleries", async () => {
    const { brand, discord } = scene;
    const components = [{ type: 12, items: [{ media: { url: "attachment://a.png" } }] }];
    const { body } = await callApi(discord, `POST /channels/${brand.id}/messages`, {
      body: { flags: 1 << 15, components, attachments: [{ id: 0, filename: "a.png" }] },
      files: [{ name: "a.png", bytes: PNG }],
    });
    expect(differences("gallery-item", body.components[0].items[0])).toEqual([]);
    // "Any attached files that are not referenced in embeds or components": what a component shows has its id there.
    // https://docs.discord.com/developers/resources/message#message-object
    expect(body.attachments).toEqual([]);
  });

  it("sessions and servers", async () => {
    const { discord } = scene;
    expect(differences("ready", await heard("READY"))).toEqual([]);
    const guild = (await heard("GUILD_CREATE")) as {
      readonly roles: readonly { readonly managed: boolean }[];
    };
    expect(differences("guild-create", guild)).toEqual([]);
    expect(
      differences(
        "role-of-bot",
        guild.roles.find((each) => each.managed),
      ),
    ).toEqual([]);
    const bot = await callApi(discord, "GET /gateway/bot");
    expect(differences("gateway-bot", bot.body)).toEqual([]);
    const socket = new WebSocket(`${bot.body.url}?v=10&encoding=json`);
    const hello = await new Promise((resolve) => socket.once("message", (data) => resolve(String(data))));
    expect(differences("hello", JSON.parse(String(hello)))).toEqual([]);
    socket.close();
  });

  it("refusals", async () => {
    const { brand, discord } = scene;
    const post = () =>
      callApi(discord, `POST /channels/${brand.id}/messages`, { body: { content: "x".repeat(2001) } });
    const { body } = await post();
    expect(differences("invalid-form", body)).toEqual([]);
    expect(differences("form-errors", body.errors.content)).toEqual([]);
    discord.faults.call("POST /channels/{channel}/messages", { kind: "rate_limited", retryAfterS: 1.5 });
    expect(differences("rate-limited", (await post()).body)).toEqual([]);
  });

  it("in every recorded shape, each with its source, and with a reason for what is left out", () => {
    const names = readdirSync(FIXTURES).map((file) => file.replace(/\.json$/, ""));
    expect(names.length).toBeGreaterThan(15);
    expect([...compared].sort()).toEqual(names.sort());
    for (const { source, leftOut = {}, added = {} } of names.map(read)) {
      expect(source).toMatch(/^https:\/\/(docs\.discord\.com|github\.com)\//);
      for (const reason of [...Object.values(leftOut), ...Object.values(added)])
        expect(reason.length).toBeGreaterThan(10);
    }
  });
});
