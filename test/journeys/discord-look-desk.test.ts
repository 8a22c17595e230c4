import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toApplicationCommands } from "../../adapters/discord/commands/application-commands.ts";
import { createCommandSpecs } from "../../commands/command-specs.ts";
import { plain } from "../images/pictures.ts";
import { chromium } from "../support/chromium.ts";
import { openDiscordLooks } from "../support/discord-looks.ts";
import {
  type DiscordOffice,
  inThread,
  now,
  openDiscordOffice,
  pictured,
  wordsOf,
} from "../support/draftroom-on-discord.ts";

/*
 * What is asked and answered on Discord: forms, budgets, every no, and places of other kinds. As in discord-look.test.ts, the
 * pages and pictures in test-out/discord are for people to look at.
 */

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
const ATTACH_FILES = 1n << 15n;
const CREATE_PUBLIC_THREADS = 1n << 35n;

/** For a machine that has other things to do. */
const PATIENCE_MS = 60_000;

let office: DiscordOffice;
const looks = openDiscordLooks("desk", () => office);

describe.skipIf(chromium === undefined)("what people are asked and told on Discord", () => {
  beforeAll(async () => {
    office = await openDiscordOffice();
  });
  afterAll(async () => {
    expect(office.discord.problems()).toEqual([]);
    await office.close();
  });

  test("the form, empty, refused and opened again, and from a message", async () => {
    const { brand, people, discord } = office;
    const { mia, noor } = people;
    await mia.command(brand, "draft");
    looks.form("mia", "the form", "Draft");
    const pears = { "What should be seen?": "two pears", Seed: "seven" };
    const refused = await looks.submit("mia", pears, /Seed is a whole number from 0 to 4294967295/);
    expect(refused.buttons.map(({ label }) => label)).toEqual(["Open the form again"]);
    await mia.press(refused, "Open the form again");
    const again = looks.form("mia", "the form, opened again", "Draft");
    expect(again.fields[0]?.value).toBe("two pears");
    mia.closeForm();
    const bytes = await plain(400, 300, "#a33c1f").png().toBuffer();
    const idea = noor.say(brand, "a heron in fog & reeds\nlike this", {
      files: [{ name: "mood.png", bytes }],
    });
    await mia.messageCommand("Draft from this message", idea);
    looks.form("mia", "the form, from a message", "Draft");
    await mia.submit({ count: "2" });
    const grid = await discord.until(pictured(brand, /drafts .*a heron in fog & reeds/));
    expect(grid.words).toMatch(/with 1 reference/);
    looks.at("mia", "a grid from a message", grid);
  });

  test("a manager's budget", async () => {
    const { brand, people } = office;
    const { max } = people;
    await looks.draft("a crane at dawn", { count: 6 });
    const shown = await looks.ask("max", "quota show", {}, /credits left/);
    expect(shown.buttons.map(({ label }) => label)).toEqual(["Add…", "Set…"]);
    await looks.ask(
      "max",
      "quota set",
      { credits: 800, every: "month", zone: "Europe/Madrid" },
      /is 800 per/,
    );
    await looks.ask("max", "quota grant", { credits: 100, why: "spring launch" }, /Added 100 credits/);
    await max.press(shown, "Add…");
    looks.form("max", "the form to add", "Add credits");
    await looks.submit("max", { credits: "lots", why: "a round" }, /Say how many credits/);
    await max.press(shown, "Add…");
    await looks.submit("max", { credits: "50", why: "another round" }, /Added 50 credits/);
    await max.press(shown, "Set…");
    looks.form("max", "the form to set", "Set the allowance");
    await looks.submit("max", { credits: "900" }, /is 900 per month/);
    const history = await looks.ask("max", "quota history", {}, /granted 100/);
    expect(history.words).toMatch(/spent \d/);
    await looks.ask("max", "quota roles", {}, /Art directors:/);
    await looks.ask("max", "quota roles", { role: "directors", who: "everybody, please" }, /Say who/);
    await looks.ask("max", "quota freeze", {}, /Frozen/);
    await looks.ask("mia", "draft", { prompt: "a pear" }, /frozen by/);
    await looks.ask("max", "quota show", {}, /Frozen.* by/);
    await looks.ask("max", "quota unfreeze", {}, /Unfrozen/);
    expect(brand.messages().filter(({ words }) => /a pear/.test(words))).toEqual([]);
  });

  test("no, kindly", async () => {
    const { guild, people, discord } = office;
    const { max, mia, noor } = people;
    const poor = guild.addChannel("poor");
    await looks.ask("max", "quota roles", { role: "managers", who: `<@${max.id}>` }, /Managers:/, poor);
    await looks.ask("max", "quota roles", { role: "directors", who: "nobody" }, /Nobody directs here/, poor);
    guild.setCommandPermissions("quota", [{ who: noor, isAllowed: true }]);
    await looks.ask("noor", "quota grant", { credits: 9, why: "please" }, /Only managers can change/, poor);
    looks.at("mia", "a grid where nobody directs", await looks.draft("three pears", { count: 3 }, poor));
    await looks.ask("max", "quota set", { credits: 6, every: "month" }, /6 per month/, poor);
    await looks.ask("mia", "draft", { prompt: "many pears", count: 16 }, /this costs 16/, poor);
    await looks.ask("max", "quota show", {}, /credits left/, poor);

    const lack = { who: "bot", deny: ATTACH_FILES | CREATE_PUBLIC_THREADS } as const;
    const shut = guild.addChannel("shut", { overwrites: [lack] });
    await looks.ask("mia", "draft", { prompt: "a blue door" }, /Attach Files/, shut);
    expect(shut.messages()).toEqual([]);

    // Discord's client offers it there only by what somebody else has registered.
    const { contexts: _, ...offered } = toApplicationCommands(createCommandSpecs([]))[0] as object & {
      contexts?: unknown;
    };
    discord.register([offered]);
    await looks.ask("mia", "draft", { prompt: "a pear" }, /in a server's channels/, mia.direct);
    discord.register(toApplicationCommands(createCommandSpecs([])));
  });

  test("too large for the server, and no other way to it", async () => {
    const { discord } = office;
    const small = discord.addGuild({ name: "Small", attachmentLimit: 1024 * 1024 });
    const lea = small.addPerson("lea");
    const room = small.addChannel("room");
    await lea.command(room, "draft", { prompt: "a market in the rain", count: 1 });
    const grid = await discord.until(pictured(room, /market/));
    await lea.press(grid, "1");
    const final = await discord.until(inThread(room, grid, /Final of take 1/), { timeoutMs: PATIENCE_MS });
    expect(final.words).toMatch(/more than this server takes \(1 MiB\)/);
    looks.at("ada", "a final that is too large", final);
  });

  test("voice channels, forum posts, and threads that people opened", async () => {
    const { guild, people, brand, discord } = office;
    const until = <T>(find: () => T | undefined | false | null) =>
      discord.until(find, { timeoutMs: PATIENCE_MS });
    const voice = guild.addChannel("stand-up", { type: "voice" });
    const spoken = await looks.draft("a voice fox", { count: 1, size: "1K" }, voice);
    await people.ada.press(spoken, "1");
    const final = await until(pictured(voice, /Final of take 1/));
    looks.at("mia", "a grid in a voice channel", await until(now(voice, spoken, /The final is/)));
    looks.at("ada", "a final in a voice channel", final);
    const forum = guild.addChannel("briefs", { type: "forum" });
    const post = forum.openThread("autumn", people.noor, "what about the window?");
    const asked = await looks.draft("a forum fox", { count: 2, size: "1K" }, post);
    await people.ada.press(asked, "1");
    await until(pictured(post, /Final of take 1/));
    looks.thread("ada", "a forum post", post);
    const talk = brand.openThread("ideas for spring", people.noor);
    people.noor.say(talk, "an owl at noon?");
    const owl = await looks.draft("an owl at noon", { count: 2, size: "1K" }, talk);
    await people.ada.press(owl, "2");
    await until(pictured(talk, /Final of take 2/));
    looks.thread("ada", "a thread that people opened", talk);
  });

  test("restarting", async () => {
    const { brand, discord, people, draftroom } = office;
    // Until Discord has answered that it took its answer, it is not stopped.
    discord.faults.call("POST /interactions/*", { kind: "slow_answer", ms: 4_000 });
    const last = people.mia.command(brand, "help");
    await discord.until(() => discord.calls("POST /interactions/*").at(-1)?.took);
    const stopped = draftroom.stop();
    let said = await people.noor.command(brand, "help");
    while (said.kind === "replied" && !/restarting/.test(said.message.words))
      said = await people.noor.command(brand, "help");
    if (said.kind !== "replied") throw new Error(`no answer: ${wordsOf(said)}`);
    looks.at("noor", "restarting", said.message);
    await last;
    expect(await stopped).toBe(0);
  });

  test("all of it fits where it is shown", async () => {
    expect(looks.count).toBeGreaterThan(30);
    for (const { rows, tooWide, broken, unsaid } of await looks.save()) {
      for (const lines of rows) expect(lines).toBe(1);
      expect({ tooWide, broken, unsaid }).toEqual({ tooWide: [], broken: [], unsaid: 0 });
    }
  });
});
