import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plain } from "../images/pictures.ts";
import { chromium } from "../support/chromium.ts";
import type { DiscordMessage } from "../support/discord/discord-message.ts";
import type { DiscordChannel } from "../support/discord/discord-people.ts";
import { openDiscordLooks } from "../support/discord-looks.ts";
import {
  type DiscordOffice,
  inThread,
  now,
  openDiscordOffice,
  pictured,
} from "../support/draftroom-on-discord.ts";
import { ROOT } from "../support/source-tree.ts";

/*
 * What a member and an art director meet on Discord, each as it is at that moment: the pages and pictures
 * in test-out/discord are for people to look at. What a page can be held to is held to here.
 */

const BOTTLE = "a glass bottle refracting afternoon sun on a limestone table";
/** 1,000 characters, the most that a prompt may have. */
const LONG = `${"a long corridor of doors, each a little more open than the one before it; ".repeat(14).slice(0, 990)} and ends.`;
const SCRIPTS = {
  "right to left": ["قطة سوداء تجلس على سور حجري قديم", /قطة سوداء/],
  "both ways": ["a blue door in حيفا, seen from a ספינה at 7:30", /a blue door in/],
  emoji: ["👩‍👩‍👧‍👦 on a 🛶 under 🇪🇸 fireworks 🎆 1️⃣", /fireworks/],
} as const;

/** For a machine that has other things to do. */
const PATIENCE_MS = 60_000;
/** Many takes, drawn one after the other. */
const GRIDS_MS = 240_000;
/** Where originals that are too large for a server would be had. */
const FILES = {
  DISCORD_FILES_URL: "https://files.example.com/",
  DISCORD_FILES_HOST: "127.0.0.1",
  DISCORD_FILES_PORT: "0",
};

let office: DiscordOffice;
const looks = openDiscordLooks("funnel", () => office);
const labels = (message: DiscordMessage) => message.buttons.map(({ label }) => label);
const until = <T>(find: () => T | undefined | false | null) =>
  office.discord.until(find, { timeoutMs: PATIENCE_MS });
/** A message without a picture. */
const said = (channel: DiscordChannel, pattern: RegExp) => () =>
  channel.messages().findLast((each) => each.images.length === 0 && pattern.test(each.words));
const fresh = (grid: DiscordMessage, pattern: RegExp) => until(inThread(office.brand, grid, pattern));
const become = (message: DiscordMessage, pattern: RegExp, channel = office.brand) =>
  until(now(channel, message, pattern));

function threadOf(grid: DiscordMessage): DiscordChannel {
  const thread = office.brand.threadOf(grid);
  if (thread === undefined) throw new Error("there is no thread under it");
  return thread;
}

describe.skipIf(chromium === undefined)("what people see on Discord", () => {
  beforeAll(async () => {
    office = await openDiscordOffice({}, FILES, `${ROOT}/test/support/moody-main.ts`);
  });
  afterAll(async () => {
    expect(office.discord.problems()).toEqual([]);
    await office.close();
  });

  test("a member begins: the answer is the one live message", async () => {
    const { noor } = office.people;
    await looks.ask("mia", "help", {}, /Pick.* one by its number/);
    await looks.ask("mia", "draft", { prompt: BOTTLE, "dry-run": true }, /4 takes by sketch cost 4 credits/);
    const asked = noor.command(office.brand, "draft", { prompt: "a sleepy harbour", count: 2 });
    const live = await until(said(office.brand, /sleepy.*\n.*Drafting 2 takes in 1:1…/s));
    expect((await asked).kind).toBe("replied");
    looks.at("mia", "takes under way", live);
    const grid = await looks.draft(BOTTLE);
    expect(labels(grid)).toEqual(["1", "2", "3", "4", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
    expect(grid.images).toMatchObject([{ alt: expect.stringMatching(/1 top left, .*4 bottom right/) }]);
    await until(() => Object.keys(office.brand.message(grid.id)?.reactions ?? {}).length === 6);
    looks.at("mia", "a grid of 4", grid);
    await looks.press("mia", grid, "Recipe", /\n\*\*4\*\* seed \d+ · /);
  });

  test("work that is not wanted any more is cancelled", async () => {
    const asked = office.people.mia.command(office.brand, "draft", {
      prompt: "a sleepy lighthouse",
      count: 2,
    });
    const live = await until(said(office.brand, /sleepy lighthouse.*Drafting 2 takes/s));
    await asked;
    await looks.press("mia", live, "Cancel", /^✅ Cancelled 2 takes\. 2 credits given back\.$/);
    looks.at("mia", "takes, cancelled", await become(live, /Cancelled\.\*\*\nNothing was charged/));
  });

  test("votes, a pick, a final, its approval", async () => {
    const { mia, noor, ada } = office.people;
    const grid = await looks.draft("an unhurried river at dusk");
    await looks.press("ada", grid, "Approve", /Choose a number first/);
    noor.react(grid, "2️⃣");
    await become(grid, /Votes: take/);
    await mia.press(grid, "2");
    looks.at("mia", "a grid with votes", await become(grid, new RegExp(`Votes: .*<@${mia.id}>`)));
    ada.react(grid, "3️⃣");
    const picked = await become(grid, /picked 3.*on its way/);
    expect(labels(picked)).toEqual(["Reroll", "Edit…", "Vary…", "Recipe"]);
    looks.at("mia", "a grid, picked", picked);
    const final = await fresh(grid, /Final of take 3/);
    expect(final.pings).toEqual([mia.id]);
    expect(labels(final)).toEqual(["Approve", "Send back…", "Redo", "Recipe"]);
    const thread = threadOf(grid);
    await until(() => Object.keys(thread.message(final.id)?.reactions ?? {}).length === 2);
    looks.at("ada", "a final", final);
    looks.at("mia", "a grid with its final", await become(grid, /final.* is (there|in the thread)/));
    await looks.press("mia", final, "Approve", /Only art directors decide here/);
    await ada.press(final, "Approve");
    const approved = await become(final, /Approved by/, thread);
    expect(labels(approved)).toEqual(["Recipe"]);
    looks.at("ada", "a final, approved", approved);
    await looks.press("ada", approved, "Recipe", /follows take 3 closely/);
    looks.at("mia", "a grid, approved", await become(grid, /approved .*the final/));
    looks.thread("mia", "the thread of a grid", thread);
  });

  test(
    "grids of other counts and shapes",
    async () => {
      const nine = await looks.draft("lemons on a blue plate", { count: 9 });
      expect(labels(nine).slice(0, 9)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
      looks.at("mia", "a grid of 9", nine);
      const sixteen = await looks.draft("a red fox in snow", { count: 16 });
      expect(labels(sixteen)).toHaveLength(21);
      looks.at("mia", "a grid of 16", sixteen);
      for (const aspect of ["16:9", "9:16"]) {
        const prompt = `a lighthouse in ${aspect.replace(":", " by ")}`;
        const grid = await looks.draft(prompt, { aspect, count: 3 });
        looks.at("mia", `a grid in ${aspect}`, grid);
      }
      const one = await looks.draft("a single pear", { count: 1 });
      expect(labels(one)).toEqual(["1", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
      expect(one.images).toMatchObject([{ alt: "One take for: a single pear" }]);
      looks.at("mia", "a grid of 1", one);
    },
    GRIDS_MS,
  );

  test("sent back, made again", async () => {
    const { ada } = office.people;
    const grid = await looks.draft("a paper boat on a pond", { count: 2, size: "1K" });
    await ada.press(grid, "1");
    const first = await fresh(grid, /Final of take 1/);
    const thread = threadOf(grid);
    await ada.press(first, "Send back…");
    looks.form("ada", "the form to send back", "Send final 1 back");
    await ada.submit({ because: "too *dark*, and the mast is @everyone's" });
    const back = await become(first, /Sent back by .*open again/, thread);
    expect(labels(back)).toEqual(["Redo", "Recipe"]);
    looks.at("ada", "a final, sent back", back);
    looks.at("mia", "its grid, open again", await become(grid, /Vote with a number/));
    await ada.press(back, "Redo");
    looks.at("ada", "a final, made again", await fresh(grid, /approves it/));
    looks.at("ada", "the one before", await become(first, /Another final/, thread));
  });

  test("too large for the server: a smaller view, and the way to the original", async () => {
    const grid = await looks.draft("a market in the rain", { count: 1, size: "4K" });
    await office.people.ada.press(grid, "1");
    const final = await fresh(grid, /Final of take 1/);
    expect(final.links).toMatchObject([{ label: expect.stringMatching(/^Original \(/) }]);
    looks.at("ada", "a final in 4K", final);
  });

  test("rerolled, edited and varied, in the thread", async () => {
    const { mia } = office.people;
    const grid = await looks.draft("a stone bridge in mist", { count: 3 });
    await mia.press(grid, "Reroll");
    looks.at("mia", "a reroll", await fresh(grid, /rerolls/));
    await mia.press(grid, "Edit…");
    looks.form("mia", "the form to edit", "Edit the prompt");
    await mia.submit({ prompt: "a stone bridge at noon", count: "1" });
    looks.at("mia", "an edited prompt", await fresh(grid, /tries other words: .*a stone bridge at noon/));
    await mia.press(grid, "Vary…");
    looks.form("mia", "the form to vary", "Vary a take");
    await mia.submit({ take: "3", count: "2" });
    looks.at("mia", "a variation", await fresh(grid, /varies \[take 3\]/));
    looks.thread("mia", "a thread of rounds", threadOf(grid));
  });

  test("what fails says so, costs nothing, and can be tried again", async () => {
    const { mia, ada } = office.people;
    const { brand } = office;
    const patchy = await looks.draft("a patchy meadow", { seed: 7 });
    expect(labels(patchy)).toEqual(["1", "3", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
    expect(patchy.words).toMatch(/Takes 2, 4 are missing: .*overloaded.*\n.*\n.*2 credits/);
    looks.at("mia", "a grid with gaps", patchy);

    await mia.command(brand, "draft", { prompt: "a tired accordion" });
    const tired = await until(said(brand, /tired.*\n.*overloaded.*\nNothing was charged.*\n.*0 credits/));
    looks.at("mia", "a round that failed", tired);
    await mia.press(tired, "Retry");
    looks.at("mia", "and the retry", await fresh(tired, /rerolls .*tired accordion/));

    await mia.command(brand, "draft", { prompt: "a gory scene" });
    const refused = await until(said(brand, /gory.*\n.*refused this prompt.*\n.*Try other words/));
    looks.at("mia", "a prompt that is refused", refused);

    const grid = await looks.draft("a stubborn knot of rope", { count: 2, size: "1K" });
    await ada.press(grid, "2");
    const thread = await until(() => brand.threadOf(grid));
    const failed = await until(said(thread, /could not be made/));
    expect(failed.words).toMatch(/took too long.*\nNothing was charged, and the grid is open again/);
    looks.at("ada", "a final that failed", failed);
    await ada.press(failed, "Retry");
    looks.at("ada", "and the retry", await fresh(grid, /Final of take 2/));
  });

  test("pictures to go by", async () => {
    const { brand } = office;
    const bytes = await plain(400, 300, "#a33c1f").png().toBuffer();
    const reference = { name: "mood.png", bytes };
    const grid = await looks.draft("an autumn window", { count: 2, reference });
    expect(grid.words).toMatch(/with 1 reference/);
    looks.at("mia", "a grid with a reference", grid);
    const half = { name: "half.png", bytes: bytes.subarray(0, bytes.length / 2) };
    await looks.ask("mia", "draft", { prompt: "a door", reference: half }, /“half.png” is cut short/, brand);
  });

  test("hostile, long and foreign words are words", async () => {
    const { brand, people, directors } = office;
    const hostile = `@everyone <@${people.noor.id}> <@&${directors.id}> <#${brand.id}> **b** _i_ \`c\` [x](https://e.vil) ||s|| # h :wave: \u202Eesrever and so on`;
    const grid = await looks.draft(hostile, { count: 1 }, brand, /and so on/);
    expect(grid).toMatchObject({ pings: [], links: [] });
    looks.at("mia", "hostile words", grid);
    expect([...LONG]).toHaveLength(1000);
    const long = await looks.draft(LONG, { count: 4, size: "1K" }, brand, /a long corridor/);
    expect(long.words).toContain("and ends.");
    expect(long.images[0]?.alt).toMatch(/^A grid of 4 takes for: .*4 bottom right$/);
    looks.at("mia", "a long prompt", long);
    await people.ada.press(long, "1");
    looks.at("ada", "a final with a long prompt", await fresh(long, /Final of take 1/));
    for (const [name, [prompt, pattern]] of Object.entries(SCRIPTS)) {
      looks.at("mia", name, await looks.draft(prompt, { count: 1 }, brand, pattern));
    }
  });

  test("work that lasts ends in the same message", async () => {
    const { brand } = office;
    const grid = await until(pictured(brand, /sleepy harbour/));
    expect(grid.type, "the answer to a command").toBe(20);
  });

  test("all of it fits where it is shown", async () => {
    expect(looks.count).toBeGreaterThan(42);
    for (const { rows, tooWide, broken, unsaid } of await looks.save()) {
      expect(rows.length).toBeGreaterThan(3);
      expect(new Set(rows)).toEqual(new Set([1]));
      expect({ tooWide, broken, unsaid }).toEqual({ tooWide: [], broken: [], unsaid: 0 });
    }
  });
});
