import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { composer, type, visit } from "../adapters/web/browser.ts";
import { chromium, launchChromium } from "../support/chromium.ts";
import { type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";

/** The whole journey as people make it: on the page, in a browser each, against the real program. */
describe.skipIf(chromium === undefined)("a member, an art director and a manager", () => {
  let folder: string;
  let draftroom: DraftroomProcess;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "draftroom-page-"));
    draftroom = await startDraftroom({ DRAFTROOM_DATA_DIR: folder, DRAFTROOM_SKETCH_DELAY_MS: "0" });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await draftroom.kill();
    await rm(folder, { recursive: true, force: true });
  });

  test("draft, vote, pick, final in the thread, send back, pick again, approve, and what it came to", async () => {
    const [mia, ada, max] = await Promise.all(
      ["mia", "ada", "max"].map((as) => visit(browser, { url: draftroom.url, as })),
    );
    if (!mia || !ada || !max) throw new Error("three visitors came");

    // The member drafts; everybody sees one live message become the grid.
    await type(mia.page, "/draft a lighthouse above a calm sea at golden hour —count 2");
    const grid = ada.page.locator(".room .message", { has: ada.page.locator(".picture") });
    await grid.waitFor();
    expect(await ada.page.locator(".room .message").count()).toBe(1);
    await grid.getByRole("img", { name: /A grid of 2 takes for: a lighthouse/ }).waitFor();

    // The member's number is a vote; the director's is the pick.
    await mia.page.getByRole("button", { name: "1", exact: true }).click();
    await grid.getByText("Votes:").waitFor();
    await grid.getByRole("button", { name: "2", exact: true }).click();
    await grid.getByText("picked 2.").waitFor();

    // The final arrives in the thread, and is sent back with a button and a word on why.
    await grid.getByRole("button", { name: /1 reply/ }).click();
    const thread = ada.page.getByRole("complementary", { name: /thread/i });
    await thread.getByText("Final of take 2 for").waitFor();
    await thread.getByRole("button", { name: "Send back…", exact: true }).click();
    const why = ada.page.getByRole("dialog");
    await why.getByLabel("Because…").fill("too dark");
    await why.getByRole("button", { name: "Send back", exact: true }).click();
    await thread.getByText("Sent back by").waitFor();
    await thread.getByText("too dark").waitFor();

    // The grid is open again: another take, approved this time.
    await ada.page.locator(".room").getByRole("button", { name: "1", exact: true }).click();
    await thread.getByText("Final of take 1 for").waitFor();
    await thread.getByRole("button", { name: "Approve", exact: true }).click();
    await thread.getByText("Approved by").waitFor();

    // The picture opens large.
    await thread.getByRole("button", { name: /open/i }).last().click();
    await ada.page.getByRole("dialog").getByRole("img").waitFor();
    await ada.page.keyboard.press("Escape");

    // The manager sees where it went, and sets a budget.
    await type(max.page, "/quota");
    await max.page.locator(".room").getByText("390 of 400 credits left").waitFor();
    await type(max.page, "/quota set 20 per week Europe/Madrid");
    await max.page.locator(".room").getByText("The allowance is 20 per week.").waitFor();
    await type(mia.page, "/draft a harbour --count 16");
    await mia.page.locator(".room").getByText("This channel has 10 credits left; this costs 16.").waitFor();
    expect(await max.page.locator(".room").getByText("this costs 16").count(), "denials are private").toBe(0);

    // Without text, a form.
    await composer(mia.page).fill("/draft");
    await mia.page.keyboard.press("Escape");
    await mia.page.keyboard.press("Enter");
    const form = mia.page.getByRole("dialog");
    await form.getByLabel("What should be seen?").fill("a harbour in fog");
    await form.getByLabel("How many takes").selectOption("3");
    await form.getByRole("button", { name: "Draft" }).click();
    await mia.page.getByRole("img", { name: /A grid of 3 takes for: a harbour in fog/ }).waitFor();

    expect([...mia.wrongs, ...ada.wrongs, ...max.wrongs]).toEqual([]);
  }, 240_000);
});
