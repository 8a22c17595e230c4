import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromium } from "../support/chromium.ts";
import { openSlackOffice, type SlackOffice, whispered } from "../support/draftroom-on-slack.ts";
import { openSlackLooks } from "../support/slack-looks.ts";

/*
 * What is asked and answered on Slack: forms, budgets, and every no. As in slack-look.test.ts, the
 * pages and pictures in test-out/slack are for people to look at.
 */

let office: SlackOffice;
const looks = openSlackLooks("desk", () => office);

describe.skipIf(chromium === undefined)("what people are asked and told on Slack", () => {
  beforeAll(async () => {
    office = await openSlackOffice("http");
  });
  afterAll(async () => {
    expect(office.slack.problems).toEqual([]);
    await office.close();
  });

  test("the form, from everywhere", async () => {
    const { mia, noor } = office.people;
    await mia.command(office.brand, "/draft");
    const form = await looks.modal("mia", "the form", "Draft");
    const pears = { "What should be seen?": "two pears", Seed: "seven" };
    await looks.refused("mia", form, pears, /^Seed is a whole number from 0 to 4294967295, such as 7\./);

    const idea = noor.say(office.brand, "a heron in fog & reeds");
    await mia.messageShortcut(idea, "draft_from_message");
    const filled = await looks.modal("mia", "the form, from a message", "Draft");
    expect(filled.fields[0]?.value).toBe("a heron in fog & reeds");
    await mia.closeView(filled);

    const closed = office.team.addChannel("secret", { members: [mia], isPrivate: true });
    await mia.shortcut("draft_open");
    const anywhere = await looks.modal("mia", "the form, from anywhere", "Draft");
    await looks.refused(
      "mia",
      anywhere,
      { "What should be seen?": "a pear", Channel: closed.id },
      /\/invite @/,
    );
  });

  test("where Draftroom is not", async () => {
    const { team, slack, people } = office;
    const closed = team.addChannel("hidden", { members: [people.mia], isPrivate: true });
    await looks.ask("mia", "/draft", "a blue door", /\/invite @/, closed);
    await looks.ask("mia", "/draft", "a pear", /works in channels/, team.directChannel(people.mia));
    await slack.settled();
    expect(closed.messages()).toEqual([]);
  });

  test("a manager's budget", async () => {
    const { brand, people, slack } = office;
    const { max } = people;
    looks.at("mia", "a grid", await looks.draft("a heron in fog --count 6"));
    expect((await looks.ask("mia", "/quota", "", /credits left/)).buttons).toEqual([]);
    expect((await looks.ask("max", "/quota", "", /credits left/)).buttons).toHaveLength(2);
    await looks.ask("max", "/quota", "set 800 per month Europe/Madrid", /The allowance is 800 per month/);
    await looks.ask("max", "/quota", "grant 100 spring launch", /Added 100 credits/);
    await looks.ask("max", "/quota", "grant", /Say how many credits/);
    await looks.ask("max", "/quota", "histroy", /Did you mean \/quota history/);
    const history = await looks.ask("max", "/quota", "history", /granted 100/);
    expect(history.words).toMatch(/spent 6 · .*\n.*held 6 · /);
    await looks.ask("max", "/quota", "roles", /Art directors:/);
    const card = await looks.ask("max", "/quota", "", /Renews/);
    await max.press(card, "Set…");
    const set = await looks.modal("max", "the form to set", "Set the allowance");
    const badly = { "How many credits?": "lots", "Time zone": "Mars" };
    await looks.refused("max", set, badly, /Say how many credits/);
    await max.press(card, "Add…");
    const add = await looks.modal("max", "the form to add", "Add credits");
    await max.submit(add, { "How many credits?": "50", "Why?": "another round" });
    looks.at("max", "what came of it", await slack.until(whispered(max, brand, /Added 50 credits/)));
    await looks.ask("max", "/quota", "freeze", /Frozen/);
    await looks.ask("mia", "/draft", "a pear", /frozen by/);
    await looks.ask("max", "/quota", "", /Frozen by/);
    await looks.ask("max", "/quota", "unfreeze", /Unfrozen/);
  });

  test("no, kindly", async () => {
    const { people, team } = office;
    await looks.ask("mia", "/draft", "a pear --count 99", /whole number from 1 to 16/);
    await looks.ask("mia", "/quota", "grant 100 please", /Only managers can change that/);
    const poor = team.addChannel("poor", { members: Object.values(people), bot: true });
    await looks.ask("max", "/quota", "roles directors nobody", /Nobody directs here/, poor);
    const grid = await looks.draft("three pears", poor);
    expect(grid.words).toContain(`<@${people.mia.id}>'s number is the pick`);
    looks.at("mia", "a grid where nobody directs", grid);
    await looks.ask("max", "/quota", "set 6 per month", /Now/, poor);
    await looks.ask("mia", "/draft", "many pears --count 16", /this costs 16/, poor);
  });

  test("a manager's own page", async () => {
    const { max } = office.people;
    const page = await looks.home("max", "home", /The budget of/);
    expect(page.buttons.map(({ label }) => label)).toEqual(["Add…", "Set…", "Add…", "Set…"]);
    await max.press(page, "Add…");
    const add = await looks.modal("max", "home, the form to add", "Add credits");
    await max.submit(add, { "How many credits?": "50", "Why?": "a third round" });
    const done = await office.slack.until(() => {
      const shown = max.modal();
      return shown && /Added 50/.test(shown.words) ? shown : undefined;
    });
    looks.at("max", "home, what came of it", done);
  });

  test("all of it fits where it is shown", async () => {
    expect(looks.count).toBeGreaterThan(28);
    for (const { rows, tooWide, broken } of await looks.save()) {
      expect(rows.length).toBeGreaterThan(1);
      expect(new Set(rows)).toEqual(new Set([1]));
      expect(tooWide).toEqual([]);
      expect(broken).toEqual([]);
    }
  });
});
