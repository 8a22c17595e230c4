import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plain } from "../images/pictures.ts";
import { chromium } from "../support/chromium.ts";
import { now, openSlackOffice, pictured, type SlackOffice } from "../support/draftroom-on-slack.ts";
import type { SlackMessage } from "../support/slack/slack-message.ts";
import { openSlackLooks } from "../support/slack-looks.ts";
import { ROOT } from "../support/source-tree.ts";

/*
 * What a member and an art director meet on Slack, each as it is at that moment: the pages and pictures
 * in test-out/slack are for people to look at. What a page can be held to is held to here.
 */

const BOTTLE = "a glass bottle refracting afternoon sun on a limestone table";
const HOSTILE = "<!channel> <@U0ALL> *bold* _it_ `code` <https://e.vil|click> :wave: @here & \u202Eesrever";

/** For a machine that has other things to do. */
const PATIENCE_MS = 60_000;
/** Many takes, drawn one after the other. */
const GRIDS_MS = 240_000;

let office: SlackOffice;
const looks = openSlackLooks("funnel", () => office);
const labels = (message: SlackMessage) => message.buttons.map(({ label }) => label);
const until = <T>(find: () => T | undefined | false | null) =>
  office.slack.until(find, { timeoutMs: PATIENCE_MS });
/** A reply with a picture, the newest. */
const replied = (grid: SlackMessage, pattern: RegExp) => () =>
  office.brand.thread(grid.ts).findLast((each) => each.images.length > 0 && pattern.test(each.words));
/** A message without a picture. */
const said = (pattern: RegExp) => () =>
  office.brand.messages().findLast((each) => each.images.length === 0 && pattern.test(each.words));

/** Begun first and looked at when it comes: 20 seconds go by until then. */
let long: Promise<SlackMessage>;
async function workThatLasts(): Promise<SlackMessage> {
  await office.people.noor.command(office.brand, "/draft", "a sleepy harbour --count 2");
  const live = await until(said(/sleepy/));
  looks.at("mia", "long work", live);
  return live;
}

describe.skipIf(chromium === undefined)("what people see on Slack", () => {
  beforeAll(async () => {
    office = await openSlackOffice("socket", {}, {}, `${ROOT}/test/support/moody-main.ts`);
  });
  afterAll(async () => {
    expect(office.slack.problems).toEqual([]);
    await office.close();
  });

  test("a member begins", async () => {
    const first = await looks.home(
      "mia",
      "home, at first",
      /In any channel where Draftroom is, type \/draft/,
    );
    expect(first.buttons).toEqual([]);
    await looks.ask("mia", "/help", "", /Pick one by its number/);
    await looks.ask("mia", "/draft", `${BOTTLE} --dry-run`, /4 takes by sketch cost 4 credits/);
    long = workThatLasts();
    await looks.ask("mia", "/draft", BOTTLE, /Drafting 4 takes/);
    const grid = await until(pictured(office.brand, new RegExp(BOTTLE)));
    expect(labels(grid)).toEqual(["1", "2", "3", "4", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
    expect(grid.images).toMatchObject([{ alt: expect.stringMatching(/1 top left, .*4 bottom right/) }]);
    await until(() => office.brand.message(grid.ts)?.reactions.length === 6);
    looks.at("mia", "a grid of 4", grid);
    await looks.press("mia", grid, "Recipe", /\n4 seed \d+ · /);
  });

  test("votes, a pick, a final, its approval", async () => {
    const { mia, noor, ada } = office.people;
    const grid = await looks.draft("an unhurried river at dusk");
    await looks.press("ada", grid, "Approve", /Choose a number first/);
    noor.react(grid, "two");
    await until(now(office.brand, grid, /Votes: take 2/));
    await mia.press(grid, "2");
    await ada.press(grid, "Vary…");
    await ada.closeView(await looks.modal("ada", "the form to vary", "Vary a take"));
    const votes = new RegExp(`Votes: take 2 <@${noor.id}>, <@${mia.id}>`);
    looks.at("mia", "a grid with votes", await until(now(office.brand, grid, votes)));
    ada.react(grid, "three");
    const picked = await until(now(office.brand, grid, /picked 3.*on its way/));
    expect(labels(picked)).toEqual(["Reroll", "Edit…", "Vary…", "Recipe"]);
    expect(await until(() => office.brand.status(grid.ts))).toMatch(/^is finishing take 3/);
    looks.at("mia", "a grid, picked", picked);
    const final = await until(replied(grid, /Final of take 3/));
    expect(labels(final)).toEqual(["Approve", "Send back…", "Redo", "Recipe"]);
    await until(() => office.brand.message(final.ts)?.reactions.length === 2);
    looks.at("ada", "a final", final);
    await looks.press("mia", final, "Approve", /Only art directors decide here/);
    await ada.press(final, "Approve");
    const approved = await until(now(office.brand, final, /Approved by/));
    expect(labels(approved)).toEqual(["Recipe"]);
    looks.at("ada", "a final, approved", approved);
    await looks.press("ada", approved, "Recipe", /follows take 3 closely/);
    looks.at("mia", "a grid, approved", await until(now(office.brand, grid, /approved the final/)));
  });

  test(
    "grids of other counts and shapes",
    async () => {
      const nine = await looks.draft("lemons on a blue plate --count 9");
      expect(labels(nine).slice(0, 9)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
      looks.at("mia", "a grid of 9", nine);
      const sixteen = await looks.draft("a red fox in snow --count 16");
      const rows = new Set(sixteen.buttons.map(({ blockId }) => blockId));
      expect([labels(sixteen).length, rows.size]).toEqual([21, 3]);
      looks.at("mia", "a grid of 16", sixteen);
      for (const aspect of ["16:9", "9:16"]) {
        const prompt = `a lighthouse in ${aspect.replace(":", " by ")}`;
        looks.at("mia", `a grid in ${aspect}`, await looks.draft(`${prompt} --aspect ${aspect}`));
      }
      const one = await looks.draft("a single pear --count 1");
      expect(labels(one)).toEqual(["1", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
      expect(one.images).toMatchObject([{ alt: "One take for: a single pear" }]);
      looks.at("mia", "a grid of 1", one);
    },
    GRIDS_MS,
  );

  test("sent back, made again", async () => {
    const { ada } = office.people;
    const grid = await looks.draft("a paper boat on a pond --size 4K");
    await ada.press(grid, "1");
    const first = await until(replied(grid, /Final of take 1/));
    await ada.press(first, "Send back…");
    const why = await looks.modal("ada", "the form to send back", "Send final 1 back");
    await ada.submit(why, { "Because…": "too dark" });
    const back = await until(now(office.brand, first, /Sent back by .*: too dark\. .*open again/));
    expect(labels(back)).toEqual(["Redo", "Recipe"]);
    looks.at("ada", "a final, sent back", back);
    await ada.press(back, "Redo");
    looks.at("ada", "a final, made again", await until(replied(grid, /approves it/)));
    looks.at("ada", "the one before", await until(now(office.brand, first, /Another final/)));
  });

  test("rerolled, edited and varied, in the thread", async () => {
    const { mia } = office.people;
    const grid = await looks.draft("a stone bridge in mist");
    await mia.press(grid, "Reroll");
    looks.at("mia", "a reroll", await until(replied(grid, /rerolls/)));
    await mia.press(grid, "Edit…");
    const words = await looks.modal("mia", "the form to edit", "Edit the prompt");
    await mia.submit(words, { "What should be seen?": "a stone bridge at noon", "How many takes": "1" });
    looks.at(
      "mia",
      "an edited prompt",
      await until(replied(grid, /tries other words: a stone bridge at noon/)),
    );
    await mia.press(grid, "Vary…");
    const form = await looks.modal("mia", "the form to vary", "Vary a take");
    await mia.submit(form, { "Close to": "3", "How many takes": "2" });
    looks.at("mia", "a variation", await until(replied(grid, /varies take 3/)));
  });

  test("what fails says so, costs nothing, and can be tried again", async () => {
    const { mia, ada } = office.people;
    const patchy = await looks.draft("a patchy meadow --seed 7");
    expect(labels(patchy)).toEqual(["1", "3", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
    expect(patchy.words).toMatch(/Takes 2, 4 are missing: .*overloaded.*\n.*\n2 credits/);
    looks.at("mia", "a grid with gaps", patchy);

    await mia.command(office.brand, "/draft", "a tired accordion");
    const tired = await until(said(/tired.*\n.*overloaded.*\nNothing was charged.*\n0 credits/));
    looks.at("mia", "a round that failed", tired);
    await mia.press(tired, "Retry");
    looks.at("mia", "and the retry", await until(pictured(office.brand, /tired accordion/)));

    await mia.command(office.brand, "/draft", "a gory scene");
    const refused = await until(said(/gory.*\n.*refused this prompt.*\n.*Try other words/));
    looks.at("mia", "a prompt that is refused", refused);

    const grid = await looks.draft("a stubborn knot of rope");
    await ada.press(grid, "2");
    const failed = await until(said(/could not be made/));
    expect(failed.threadTs).toBe(grid.ts);
    expect(failed.words).toMatch(/took too long.*\nNothing was charged, and the grid is open again/);
    looks.at("ada", "a final that failed", failed);
    await ada.press(failed, "Retry");
    looks.at("ada", "and the retry", await until(replied(grid, /Final of take 2/)));
  });

  test("in a thread, by mention, with a picture to go by", async () => {
    const { brand, people } = office;
    const talk = people.mia.say(brand, "what about the autumn window?");
    const png = await plain(400, 300, "#a33c1f").png().toBuffer();
    const mention = (words: string, files: { name: string; bytes: Uint8Array }[] = []) =>
      people.mia.mention(brand, words, { thread: talk, files });
    mention("an autumn window", [{ name: "mood.png", bytes: png }]);
    looks.at("mia", "a grid with a reference", await until(replied(talk, /autumn window.*with 1 reference/)));
    mention("an autumn door", [{ name: "half.png", bytes: png.subarray(0, png.length / 2) }]);
    mention("");
    mention("help");
    for (const pattern of [/“half.png” is cut short/, /Say what to draft/, /Pick one by its number/]) {
      // Where it was asked: the same may have been said elsewhere before.
      const answers = () => people.mia.whispers(brand).filter(({ threadTs }) => threadTs === talk.ts);
      const answer = await until(() => answers().find(({ words }) => pattern.test(words)));
      looks.at("mia", "a mention, answered", answer);
    }
  });

  test("hostile words are words", async () => {
    await office.people.mia.command(office.brand, "/draft", `${HOSTILE} so on`);
    const grid = await until(pictured(office.brand, /so on/));
    expect(grid.mentions).toEqual([`<@${office.people.mia.id}>`]);
    expect(JSON.stringify(grid.blocks)).not.toMatch(/"type":"(broadcast|link|emoji)"/);
    looks.at("mia", "hostile words", grid);
  });

  test("work that lasts has a message", async () => {
    const live = await long;
    expect(live.words).toMatch(/sleepy harbour.*\nDrafting 2 takes in 1:1…/);
    const grid = await until(pictured(office.brand, /sleepy harbour/));
    expect(grid.ts, "the same message").toBe(live.ts);
  });

  test("their own pages", async () => {
    const mine = await looks.home("mia", "home", /Your open concepts/);
    const concepts = mine.words.split("\n").filter((line) => line.startsWith("• "));
    expect(concepts.length).toBeGreaterThan(8);
    for (const line of concepts) expect(line).toMatch(/(just now|ago) · Open$/);
    expect((await looks.home("ada", "home", /Waiting for your decision/)).buttons).toEqual([]);
  });

  test("all of it fits where it is shown", async () => {
    expect(looks.count).toBeGreaterThan(35);
    for (const { rows, tooWide, broken } of await looks.save()) {
      expect(rows.length).toBeGreaterThan(3);
      expect(new Set(rows)).toEqual(new Set([1]));
      expect(tooWide).toEqual([]);
      expect(broken).toEqual([]);
    }
  });
});
