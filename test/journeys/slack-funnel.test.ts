import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plain } from "../images/pictures.ts";
import {
  now,
  openSlackOffice,
  pictured,
  type SlackOffice,
  whispered,
} from "../support/draftroom-on-slack.ts";

const labels = (message: { buttons: readonly { label: string }[] }) =>
  message.buttons.map(({ label }) => label);

describe.each(["socket", "http"] as const)("a team on Slack (%s)", (mode) => {
  let office: SlackOffice;
  beforeAll(async () => {
    office = await openSlackOffice(mode);
  });
  afterAll(async () => {
    expect(office.slack.problems).toEqual([]);
    await office.close();
  });

  /** The figures of `/quota`. */
  async function quota() {
    const { brand, people } = office;
    const answer = await people.max.command(brand, "/quota");
    const words = answer.kind === "acked" ? (answer.message?.words ?? "") : answer.text;
    const [, available, granted] = /(\d+) of (\d+) credits left/.exec(words) ?? [];
    const [, spent, held] = /(\d+) spent · (\d+) held/.exec(words) ?? [];
    return {
      available: Number(available),
      granted: Number(granted),
      spent: Number(spent),
      held: Number(held),
    };
  }

  async function draft(words: string) {
    const { slack, brand, people } = office;
    expect(await people.mia.command(brand, "/draft", words)).toMatchObject({ kind: "acked" });
    return slack.until(pictured(brand, new RegExp(words.replace(/ --.*/, ""))));
  }

  test("drafts, votes, picks, approves: 8 credits", async () => {
    const { slack, brand, people } = office;
    const { mia, noor, ada } = people;
    const before = await quota();
    const said = await mia.command(brand, "/draft", "a red fox in snow");
    expect(said).toMatchObject({ kind: "acked" });
    expect(said.kind === "acked" && said.message?.words).toMatch(/Drafting 4 takes/);
    expect(said.kind === "acked" && said.message?.ephemeralFor).toBe(mia.id);
    const grid = await slack.until(pictured(brand, /a red fox in snow/));
    expect(grid.threadTs).toBeUndefined();
    expect(grid.images[0]?.alt).toMatch(/a red fox in snow/);
    expect(labels(grid)).toEqual(["1", "2", "3", "4", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
    expect(grid.words).toMatch(/4 credits · \d+ left .* AI-generated/);
    await slack.until(() => {
      const names = brand.message(grid.ts)?.reactions.map(({ name }) => name);
      return names?.join() === "one,two,three,four,arrows_counterclockwise,white_check_mark";
    });

    noor.react(grid, "two");
    await slack.until(now(brand, grid, new RegExp(`Votes: take 2 <@${noor.id}>`)));
    await mia.press(grid, "2");
    await slack.until(now(brand, grid, new RegExp(`Votes: take 2 <@${noor.id}>, <@${mia.id}>`)));

    ada.react(grid, "three");
    const final = await slack.until(pictured(brand, /Final of take 3/));
    expect(final.threadTs, "in the thread of its grid").toBe(grid.ts);
    expect(final.words).toMatch(new RegExp(`for <@${mia.id}>`));
    expect(labels(final)).toEqual(["Approve", "Send back…", "Redo", "Recipe"]);
    await slack.until(now(brand, grid, new RegExp(`<@${ada.id}> picked 3`)));

    await mia.press(final, "Approve");
    await slack.until(whispered(mia, brand, /Only art directors decide here/));
    expect(ada.whispers(brand), "a denial is nobody else's business").toEqual([]);
    ada.react(final, "white_check_mark");
    await slack.until(now(brand, final, new RegExp(`Approved by <@${ada.id}>`)));
    await slack.settled();
    const after = await quota();
    expect(after).toEqual({ ...before, available: before.available - 8, spent: before.spent + 8 });
    expect(brand.messages().filter((each) => each.images.length > 0)).toHaveLength(2);
  });

  test("what is sent back opens the grid again; redo makes the same take anew", async () => {
    const { slack, brand, people } = office;
    const { ada } = people;
    const grid = await draft("a paper boat on a pond");
    await ada.press(grid, "1");
    const first = await slack.until(pictured(brand, /Final of take 1/));
    await ada.press(first, "Redo");
    const second = await slack.until(() =>
      brand.thread(grid.ts).findLast((each) => each.images.length > 0 && each.ts !== first.ts),
    );
    await slack.until(now(brand, first, /Sent back by/));
    await ada.press(second, "Send back…");
    const form = await slack.until(() => ada.modal());
    expect(await ada.submit(form, { "Because…": "too *dark*" })).toEqual({ kind: "closed" });
    await slack.until(now(brand, second, /Sent back by .*: too \*dark\*\. The grid is open again/));
    await slack.until(() => labels(brand.message(grid.ts) ?? grid).includes("1"));
  });

  test("asks by a form, when nothing was said", async () => {
    const { slack, brand, people } = office;
    await people.mia.command(brand, "/draft");
    const form = await slack.until(() => people.mia.modal());
    expect(form.fields.map(({ label }) => label)).toEqual([
      "What should be seen?",
      "How many takes",
      "Aspect",
      "Size of the final",
      "Seed",
    ]);
    const wrong = await people.mia.submit(form, { "What should be seen?": "two pears", Seed: "x" });
    expect(wrong).toMatchObject({ kind: "errors" });
    const right = await people.mia.submit(form, {
      "What should be seen?": "two pears",
      Seed: "7",
      "How many takes": "2",
    });
    expect(right).toEqual({ kind: "closed" });
    const grid = await slack.until(pictured(brand, /two pears/));
    expect(labels(grid)).toEqual(["1", "2", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
  });

  test("takes a mention in a thread, with a picture to go by", async () => {
    const { slack, brand, people } = office;
    const talk = people.mia.say(brand, "what about the autumn window?");
    const files = [{ name: "mood.png", bytes: await plain(400, 300, "#a33c1f").png().toBuffer() }];
    people.mia.mention(brand, "an autumn window --count 2", { thread: talk, files });
    const grid = await slack.until(pictured(brand, /an autumn window/));
    expect(grid.threadTs).toBe(talk.ts);
    expect(grid.words).toMatch(/with 1 reference/);
  });

  test("drafts from somebody's message", async () => {
    const { slack, brand, people } = office;
    const talk = people.mia.say(brand, "ideas for spring?");
    const idea = people.noor.say(brand, "a heron in fog & reeds", { thread: talk });
    await people.mia.messageShortcut(idea, "draft_from_message");
    const form = await slack.until(() => people.mia.modal());
    expect(form.fields[0]?.value).toBe("a heron in fog & reeds");
    await people.mia.submit(form);
    const grid = await slack.until(pictured(brand, /a heron in fog & reeds/));
    expect(grid.threadTs, "where the message is").toBe(talk.ts);
  });

  test("drafts from anywhere, into a channel of one's choice", async () => {
    const { slack, brand, people } = office;
    await people.noor.shortcut("draft_open");
    const form = await slack.until(() => people.noor.modal());
    const [where] = form.fields.filter(({ type }) => type === "conversations_select");
    expect(where).toBeDefined();
    await people.noor.submit(form, {
      "What should be seen?": "a lighthouse at dusk",
      [where?.label ?? ""]: brand.id,
    });
    await slack.until(pictured(brand, /a lighthouse at dusk/));
  });

  test("shows on App Home what is open, and to managers the budgets, which they can raise", async () => {
    const { slack, brand, people } = office;
    await draft("a copper kettle");
    people.mia.openHome();
    const mine = await slack.until(() => people.mia.home());
    expect(mine.words).toMatch(/a copper kettle/);
    expect(mine.buttons.map(({ label }) => label)).not.toContain("Add…");
    people.max.openHome();
    const desk = await slack.until(() => people.max.home());
    expect(desk.words).toMatch(/\d+ of \d+ credits left/);
    const before = await quota();
    await people.max.press(desk, "Add…");
    const form = await slack.until(() => people.max.modal());
    await people.max.submit(form, { "How many credits?": "50", "Why?": "spring launch" });
    await slack.until(
      () =>
        /Added 50 credits/.test(people.max.modal()?.words ?? "") ||
        whispered(people.max, brand, /Added 50/)(),
    );
    expect((await quota()).available).toBe(before.available + 50);
  });

  test("says kindly no, and to whom to turn", async () => {
    const { team, brand, people } = office;
    const said = await people.mia.command(brand, "/quota", "grant 100 please");
    expect(said.kind === "acked" && said.message?.words).toMatch(
      new RegExp(`Only managers can change that.*<@${people.max.id}>`),
    );
    const poor = team.addChannel("poor", { members: Object.values(people), bot: true });
    await people.max.command(poor, "/quota", "set 4 per month");
    const dear = await people.mia.command(poor, "/draft", "sixteen of them --count 16");
    expect(dear.kind === "acked" && dear.message?.words).toMatch(
      new RegExp(`credits? left; this costs 16.*Ask <@${people.max.id}>`, "s"),
    );
  });

  test("hostile words come out as they were typed, and ping nobody", async () => {
    const { slack, brand, people } = office;
    const hostile = "<!channel> <@U0ALL> *bold* `code` <https://e.vil|click> :wave: & so on";
    await people.mia.command(brand, "/draft", hostile);
    const grid = await slack.until(pictured(brand, /so on/));
    expect(grid.words).toContain(hostile);
    expect(grid.text).not.toMatch(/<[!@#h]/);
    expect(JSON.stringify(grid.blocks)).not.toMatch(/"type":"(broadcast|link|emoji)"/);
  });

  test("joins a public channel, and asks to be invited to a private one", async () => {
    const { slack, team, people } = office;
    const open = team.addChannel("launch", { members: [people.mia] });
    await people.mia.command(open, "/draft", "a green door");
    await slack.until(pictured(open, /a green door/));
    const closed = team.addChannel("secret", { members: [people.mia], isPrivate: true });
    const said = await people.mia.command(closed, "/draft", "a blue door");
    expect(said.kind === "acked" && said.message?.words).toMatch(/\/invite @/);
    await slack.settled();
    expect(closed.messages()).toEqual([]);
    closed.join("bot");
    await people.mia.command(closed, "/draft", "a blue door");
    await slack.until(pictured(closed, /a blue door/));
  });

  test("a user group can direct, and who joins it directs at once", async () => {
    const { slack, team, people } = office;
    const room = team.addChannel("room", { members: Object.values(people), bot: true });
    const group = team.addGroup("art", [people.ada]);
    const said = await people.max.command(room, "/quota", "roles directors @art");
    expect(said.kind === "acked" && said.message?.words).toContain(`Art directors: <!subteam^${group.id}>`);
    await people.mia.command(room, "/draft", "a stone bridge");
    const grid = await slack.until(pictured(room, /a stone bridge/));
    await people.noor.press(grid, "1");
    await slack.until(now(room, grid, new RegExp(`Votes: take 1 <@${people.noor.id}>`)));
    group.setMembers([people.ada, people.noor]);
    await slack.settled();
    await people.noor.press(grid, "2");
    await slack.until(pictured(room, /Final of take 2/));
  });

  test("what happened while it was away counts, once", async () => {
    const { slack, brand, people } = office;
    const grid = await draft("a bell tower at noon");
    await slack.settled();
    await office.draftroom.kill();
    people.noor.react(grid, "one");
    people.ada.react(grid, "four");
    await office.restart();
    const final = await slack.until(pictured(brand, /Final of take 4/), { timeoutMs: 60_000 });
    expect(final.threadTs).toBe(grid.ts);
    // Slack has tried to deliver them, and tries again.
    slack.pass(10 * 60_000);
    await slack.settled();
    expect(brand.thread(grid.ts).filter((each) => each.images.length > 0)).toHaveLength(1);
  });
});
