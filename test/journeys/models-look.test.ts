import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromium } from "../support/chromium.ts";
import { openDiscordLooks } from "../support/discord-looks.ts";
import * as discord from "../support/draftroom-on-discord.ts";
import * as slack from "../support/draftroom-on-slack.ts";
import type { Looks } from "../support/look-book.ts";
import { openLocalGoogle } from "../support/providers/local-google.ts";
import type { LocalProvider } from "../support/providers/local-provider.ts";
import { openSlackLooks } from "../support/slack-looks.ts";

// What image models bring to Slack and Discord: advice, another model's work, recipes and the choice of a model.
// Pictures of it all are kept to be looked at.

const TRICKY = 'a poster that says "SALE" with exactly 7 lemons';
const ADVICE =
  "Fast models often misspell words in pictures and draw more or fewer things than asked. " +
  "nano-banana-2.1 does better, for 1 credit a take.";
const INSTEAD = "Made by nano-banana-2.1, because nano-banana-lite is overloaded.";
const RECIPE = /nano-banana-2\.1 \(google\/gemini-nano-banana-2\.1/;
const MODELS = /nano-banana-lite \(by default\).*\n.*If it cannot.*nano-banana-2\.1/;
const HELD_BACK = /safety filter held it back/;
const HEARD = { timeoutMs: 60_000 };

let google: LocalProvider;

async function withGoogle(): Promise<Readonly<Record<string, string>>> {
  google = await openLocalGoogle();
  return { GEMINI_API_KEY: [...google.keys][0] ?? "", GEMINI_API_URL: new URL("v1beta", google.url).href };
}

async function withoutGoogle(): Promise<void> {
  await google.close();
  expect(google.unknown).toEqual([]);
}

/** A model that its provider is too busy for, the second time too. */
const overload = () => google.next("overloaded", "overloaded");

function expectToFit(saved: readonly Looks[]): void {
  for (const { rows, tooWide, broken } of saved) {
    for (const lines of rows) expect(lines).toBe(1);
    expect({ tooWide, broken }).toEqual({ tooWide: [], broken: [] });
  }
}

describe.skipIf(chromium === undefined)("image models on Slack", () => {
  let office: slack.SlackOffice;
  const looks = openSlackLooks("models", () => office);
  beforeAll(async () => {
    office = await slack.openSlackOffice("socket", {}, await withGoogle());
  });
  afterAll(async () => {
    expect(office.slack.problems).toEqual([]);
    await office.close();
    await withoutGoogle();
  });

  test("look as they should", async () => {
    const { brand, people, slack: cloud } = office;
    const { mia } = people;
    await mia.command(brand, "/draft", TRICKY);
    const advice = await looks.modal("mia", "the form with advice", "Draft");
    expect(advice.words).toContain(ADVICE);
    await mia.submit(advice, { "How many takes": "2" });
    const grid = await cloud.until(slack.pictured(brand, /SALE/), HEARD);
    expect(grid.words).toContain("nano-banana-2.1 · AI-generated");
    looks.at("mia", "a grid by the better one", grid);

    overload();
    const boat = await looks.draft("a paper boat --count 1");
    expect(boat.words).toContain(INSTEAD);
    looks.at("mia", "a grid by another one", boat);
    await looks.press("mia", boat, "Recipe", RECIPE);
    google.next("withheld");
    await people.ada.press(boat, "1");
    const held = () => brand.messages().find(({ words }) => HELD_BACK.test(words));
    looks.at("ada", "a final held back", await cloud.until(held, HEARD));
    await looks.ask("max", "/quota", "models", MODELS);
    await looks.ask("max", "/quota", "models draft nano-banana-2.1", /nano-banana-2\.1 \(set here\)/);
    expectToFit(await looks.save());
  });
});

describe.skipIf(chromium === undefined)("image models on Discord", () => {
  let office: discord.DiscordOffice;
  const looks = openDiscordLooks("models", () => office);
  beforeAll(async () => {
    office = await discord.openDiscordOffice({}, await withGoogle());
  });
  afterAll(async () => {
    expect(office.discord.problems()).toEqual([]);
    await office.close();
    await withoutGoogle();
  });

  test("look as they should", async () => {
    const { brand, people, discord: cloud } = office;
    const { mia } = people;
    await mia.command(brand, "draft", { prompt: TRICKY });
    const advice = looks.form("mia", "the form with advice", "Draft");
    expect(JSON.stringify(advice)).toContain(ADVICE);
    await mia.submit({ count: "2" });
    const grid = await cloud.until(discord.pictured(brand, /SALE/), HEARD);
    expect(grid.words).toContain("nano-banana-2.1 · AI-generated");
    looks.at("mia", "a grid by the better one", grid);

    overload();
    const boat = await looks.draft("a paper boat", { count: 1 });
    expect(boat.words).toContain(INSTEAD);
    looks.at("mia", "a grid by another one", boat);
    await looks.press("mia", boat, "Recipe", RECIPE);
    google.next("withheld");
    await people.ada.press(boat, "1");
    const held = () =>
      brand
        .threadOf(boat)
        ?.messages()
        .find(({ words }) => HELD_BACK.test(words));
    looks.at("ada", "a final held back", await cloud.until(held, HEARD));
    await looks.ask("max", "quota models", {}, /nano-banana-lite \(by default\)/);
    const chosen = { tier: "draft", name: "nano-banana-2.1" };
    await looks.ask("max", "quota models", chosen, /nano-banana-2\.1 \(set here\)/);
    expectToFit(await looks.save());
  });
});
