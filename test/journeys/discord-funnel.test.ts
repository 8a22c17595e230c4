import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plain } from "../images/pictures.ts";
import type { DiscordMessage } from "../support/discord/discord-message.ts";
import type { DiscordChannel } from "../support/discord/discord-people.ts";
import {
  type DiscordOffice,
  inThread,
  now,
  openDiscordOffice,
  pictured,
  wordsOf,
} from "../support/draftroom-on-discord.ts";

const labels = (message: { buttons: readonly { label: string }[] }) =>
  message.buttons.map(({ label }) => label);
const SEEDS = "1️⃣ 2️⃣ 3️⃣ 4️⃣ 🔄 ✅";
/** A file route of ours, where finals that are too large for a server are to be had. */
const FILES = { DISCORD_FILES_HOST: "127.0.0.1", DISCORD_FILES_PORT: "0" };

describe("a team on Discord", () => {
  let office: DiscordOffice;
  beforeAll(async () => {
    office = await openDiscordOffice({}, FILES);
  });
  afterAll(async () => {
    expect(office.discord.problems()).toEqual([]);
    await office.close();
  });

  /** The figures of `/quota`. */
  async function quota() {
    const { brand, people } = office;
    const words = wordsOf(await people.max.command(brand, "quota show"));
    const [, available, granted] = /(\d+) of (\d+) credits left/.exec(words) ?? [];
    const [, spent, held] = /(\d+) spent · (\d+) held/.exec(words) ?? [];
    return {
      available: Number(available),
      granted: Number(granted),
      spent: Number(spent),
      held: Number(held),
    };
  }

  async function draft(prompt: string, options: Readonly<Record<string, string | number>> = {}) {
    const { discord, brand, people } = office;
    const said = await people.mia.command(brand, "draft", { prompt, ...options });
    expect(said).toMatchObject({ kind: "replied", message: { isPrivate: false } });
    return discord.until(pictured(brand, new RegExp(prompt)));
  }

  test("drafts, votes, picks, approves: 8 credits, in one live message and its thread", async () => {
    const { discord, brand, people, guild } = office;
    const { mia, noor, ada } = people;
    const before = await quota();
    const said = await mia.command(brand, "draft", { prompt: "a red fox in snow" });
    expect(said).toMatchObject({ kind: "replied", message: { isPrivate: false } });
    expect(wordsOf(said)).toMatch(/a red fox in snow.*4 takes/s);
    const grid = await discord.until(pictured(brand, /a red fox in snow/));
    expect(said.kind === "replied" && said.message.id, "the answer became the grid").toBe(grid.id);
    expect(brand.messages()).toHaveLength(1);
    expect(grid.images[0]?.alt).toMatch(/a red fox in snow/);
    expect(labels(grid)).toEqual(["1", "2", "3", "4", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
    expect(grid.words).toMatch(/4 credits · \d+ left .* AI-generated/);
    expect(grid.pings).toEqual([]);
    await discord.until(() => Object.keys(brand.message(grid.id)?.reactions ?? {}).join(" ") === SEEDS);

    noor.react(grid, "2️⃣");
    await discord.until(now(brand, grid, new RegExp(`Votes: take \\**2\\** <@${noor.id}>`)));
    await mia.press(grid, "2");
    await discord.until(now(brand, grid, new RegExp(`Votes: take \\**2\\** <@${noor.id}>, <@${mia.id}>`)));

    ada.react(grid, "3️⃣");
    const final = await discord.until(inThread(brand, grid, /Final of take 3/));
    expect(final.pings, "only who asked for it").toEqual([mia.id]);
    expect(labels(final)).toEqual(["Approve", "Send back…", "Redo", "Recipe"]);
    await discord.until(now(brand, grid, new RegExp(`<@${ada.id}> picked 3`)));

    const denied = await mia.press(final, "Approve");
    expect(denied).toMatchObject({ kind: "replied", message: { isPrivate: true } });
    expect(wordsOf(denied)).toMatch(new RegExp(`Only art directors decide here.*<@&${office.directors.id}>`));
    ada.react(final, "✅");
    const thread = threadOf(brand, grid);
    await discord.until(now(thread, final, new RegExp(`Approved by <@${ada.id}>`)));
    const after = await quota();
    expect(after).toEqual({ ...before, available: before.available - 8, spent: before.spent + 8 });
    expect(thread.messages().filter(({ images }) => images.length > 0)).toHaveLength(1);
    expect(guild.channel(brand.id)?.threads()).toHaveLength(1);
  });

  test("what is sent back says why, and opens the grid again; redo makes the same take anew", async () => {
    const { discord, brand, people } = office;
    const { ada } = people;
    const grid = await draft("a paper boat on a pond");
    expect(await ada.press(grid, "1")).toMatchObject({ kind: "acked" });
    const first = await discord.until(inThread(brand, grid, /Final of take 1/));
    const thread = threadOf(brand, grid);
    await ada.press(first, "Redo");
    const second = await discord.until(() =>
      thread.messages().findLast((each) => each.images.length > 0 && each.id !== first.id),
    );
    await discord.until(now(thread, first, /Sent back by/));
    expect(await ada.press(second, "Send back…")).toMatchObject({ kind: "form" });
    await ada.submit({ because: "too *dark*" });
    await discord.until(now(thread, second, /Sent back by .*too .*dark/));
    await discord.until(() => labels(brand.message(grid.id) ?? grid).includes("1"));
  });

  test("asks by a form, when nothing was said", async () => {
    const { discord, brand, people } = office;
    const { mia } = people;
    expect(await mia.command(brand, "draft")).toMatchObject({ kind: "form" });
    expect(mia.form()?.fields.map(({ label }) => label)).toEqual([
      "What should be seen?",
      "How many takes",
      "Aspect",
      "Size of the final",
      "Seed",
    ]);
    const wrong = await mia.submit({ "What should be seen?": "two pears", Seed: "x" });
    expect(wrong).toMatchObject({ kind: "replied", message: { isPrivate: true } });
    expect(wordsOf(wrong)).toMatch(/Seed is a whole number/);
    await mia.command(brand, "draft");
    await mia.submit({ "What should be seen?": "two pears", Seed: "7", "How many takes": "2" });
    const grid = await discord.until(pictured(brand, /two pears/));
    expect(labels(grid)).toEqual(["1", "2", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
  });

  test("goes by pictures, and by every option", async () => {
    const { discord, brand, people } = office;
    const bytes = await plain(400, 300, "#a33c1f").png().toBuffer();
    const said = await people.mia.command(brand, "draft", {
      prompt: "an autumn window",
      count: 2,
      aspect: "16:9",
      size: "1K",
      seed: 7,
      reference: { name: "mood.png", bytes },
    });
    expect(said.kind).toBe("replied");
    const grid = await discord.until(pictured(brand, /an autumn window/));
    expect(grid.words).toMatch(/with 1 reference.*seed 7/s);
    const offered = await people.mia.autocomplete(brand, "draft", "model", "");
    expect(offered).toMatchObject({ kind: "choices", choices: [{ value: "sketch" }] });
    const price = await people.mia.command(brand, "draft", { prompt: "a kite", "dry-run": true });
    expect(price).toMatchObject({ kind: "replied", message: { isPrivate: true } });
    expect(wordsOf(price)).toMatch(/4 takes by sketch cost 4 credits/);
  });

  test("drafts from somebody's message, in a thread, which its channel pays for", async () => {
    const { discord, brand, people } = office;
    const before = await quota();
    const thread = brand.openThread("ideas for spring", people.noor);
    const idea = people.noor.say(thread, "a heron in fog & reeds");
    expect(await people.mia.messageCommand("Draft from this message", idea)).toMatchObject({ kind: "form" });
    expect(people.mia.form()?.fields[0]?.value).toBe("a heron in fog & reeds");
    await people.mia.submit();
    const grid = await discord.until(pictured(thread, /a heron in fog & reeds/));
    await people.ada.press(grid, "1");
    const final = await discord.until(pictured(thread, /Final of take 1/));
    expect(final.channelId).toBe(thread.id);
    expect((await quota()).spent).toBe(before.spent + 8);
  });

  test("works in forum posts and voice channels, and says where it cannot", async () => {
    const { discord, guild, people } = office;
    const forum = guild.addChannel("briefs", { type: "forum" });
    const post = forum.openThread("autumn", people.noor, "what about the window?");
    await people.mia.command(post, "draft", { prompt: "a forum fox", count: 1 });
    const grid = await discord.until(pictured(post, /a forum fox/));
    await people.ada.press(grid, "1");
    await discord.until(pictured(post, /Final of take 1/));
    const voice = guild.addChannel("stand-up", { type: "voice" });
    await people.mia.command(voice, "draft", { prompt: "a voice fox", count: 1 });
    const spoken = await discord.until(pictured(voice, /a voice fox/));
    await people.ada.press(spoken, "1");
    const final = await discord.until(pictured(voice, /Final of take 1/));
    expect(final.replyTo).toBe(spoken.id);
  });

  test("edits the prompt of a grid, in its thread", async () => {
    const { discord, brand, people } = office;
    const grid = await draft("a copper kettle");
    expect(await people.mia.press(grid, "Edit…")).toMatchObject({ kind: "form" });
    await people.mia.submit({ prompt: "a copper kettle with steam" });
    await discord.until(inThread(brand, grid, /a copper kettle with steam/));
  });

  test("managers by Discord's own permission read and raise budgets", async () => {
    const { brand, people, guild } = office;
    const { max, noor } = people;
    const before = await quota();
    await expect(noor.command(brand, "quota show"), "Discord's client does not offer it").rejects.toThrow();
    guild.setCommandPermissions("quota", [{ who: noor, isAllowed: true }]);
    const said = await noor.command(brand, "quota grant", { credits: 30, why: "spring launch" });
    expect(wordsOf(said)).toMatch(/Added 30 credits/);
    const shown = await max.command(brand, "quota show");
    if (shown.kind !== "replied") throw new Error(`no answer: ${shown.kind}`);
    expect(await max.press(shown.message, "Add…")).toMatchObject({ kind: "form" });
    const added = await max.submit({ credits: "20", why: "and more" });
    expect(wordsOf(added)).toMatch(/Added 20 credits/);
    expect((await quota()).available).toBe(before.available + 50);
    const zones = await max.autocomplete(brand, "quota set", "zone", "madr");
    expect(zones).toMatchObject({ kind: "choices", choices: [{ value: "Europe/Madrid" }] });
  });

  test("a role can direct, and who is given it directs at once", async () => {
    const { discord, guild, people } = office;
    const room = guild.addChannel("room");
    const interns = guild.addRole("interns");
    const said = await people.max.command(room, "quota roles", {
      role: "directors",
      who: `<@&${interns.id}>`,
    });
    expect(wordsOf(said)).toContain(`<@&${interns.id}>`);
    await people.mia.command(room, "draft", { prompt: "a stone bridge" });
    const grid = await discord.until(pictured(room, /a stone bridge/));
    await people.noor.press(grid, "1");
    await discord.until(now(room, grid, new RegExp(`Votes: take \\**1\\** <@${people.noor.id}>`)));
    guild.setRoles(people.noor, [interns]);
    await people.noor.press(grid, "2");
    await discord.until(inThread(room, grid, /Final of take 2/));
    guild.setRoles(people.noor, []);
  });

  test("an exhausted budget says whom to ask, and costs nothing", async () => {
    const { guild, people } = office;
    const poor = guild.addChannel("poor");
    await people.max.command(poor, "quota set", { credits: 4, every: "month" });
    const dear = await people.mia.command(poor, "draft", { prompt: "sixteen of them", count: 16 });
    expect(dear).toMatchObject({ kind: "replied", message: { isPrivate: true } });
    expect(wordsOf(dear)).toMatch(/credits? left; this costs 16/);
    expect(poor.messages()).toEqual([]);
  });

  test("says which permission is missing, before anything is charged", async () => {
    const { guild, people } = office;
    const shut = guild.addChannel("shut", {
      // https://docs.discord.com/developers/topics/permissions: ATTACH_FILES
      overwrites: [{ who: "bot", deny: 1n << 15n }],
    });
    const said = await people.mia.command(shut, "draft", { prompt: "a blue door" });
    expect(said).toMatchObject({ kind: "replied", message: { isPrivate: true } });
    expect(wordsOf(said)).toMatch(/Attach Files/);
    expect(shut.messages()).toEqual([]);
  });

  test("hostile words come out as they were typed, and ping nobody", async () => {
    const { discord, brand, people } = office;
    const hostile = `@everyone <@${people.noor.id}> <@&${office.directors.id}> **b** \`c\` [x](https://e.vil) ||s|| # h and so on`;
    const said = await people.mia.command(brand, "draft", { prompt: hostile, count: 1 });
    expect(said.kind).toBe("replied");
    const grid = await discord.until(pictured(brand, /and so on/));
    expect(grid.pings).toEqual([]);
    expect(grid.links).toEqual([]);
    expect(grid.words).not.toMatch(new RegExp(`<@${people.noor.id}>`));
  });

  test("forged buttons and other servers get a private no, and change nothing", async () => {
    const { discord, people, brand } = office;
    const grid = await draft("a green door");
    const forged = await people.mia.forgePress(grid, "approve_leader.ZZZZ");
    expect(forged).toMatchObject({ kind: "replied", message: { isPrivate: true } });
    const elsewhere = discord.addGuild({ name: "Elsewhere" });
    const stranger = elsewhere.addPerson("eve", { permissions: 1n << 5n });
    const room = elsewhere.addChannel("room");
    await stranger.command(room, "draft", { prompt: "mine", count: 1 });
    const theirs = await discord.until(pictured(room, /mine/));
    const [one] = grid.buttons;
    const tried = await stranger.forgePress(theirs, one?.customId ?? "");
    expect(tried).toMatchObject({ kind: "replied", message: { isPrivate: true } });
    expect(labels(brand.message(grid.id) ?? grid)).toContain("1");
  });

  test("taken out of a server and invited again, it goes on", async () => {
    const { discord } = office;
    const guild = discord.addGuild({ name: "Brief" });
    const eve = guild.addPerson("eve");
    const room = guild.addChannel("room");
    await eve.command(room, "draft", { prompt: "a short stay", count: 1 });
    await discord.until(pictured(room, /a short stay/));
    guild.removeBot();
    guild.addBot();
    await eve.command(room, "draft", { prompt: "back again", count: 1 });
    await discord.until(pictured(room, /back again/));
  });
});

function threadOf(channel: DiscordChannel, grid: DiscordMessage): DiscordChannel {
  const thread = channel.threadOf(grid);
  if (thread === undefined) throw new Error("there is no thread under it");
  return thread;
}
