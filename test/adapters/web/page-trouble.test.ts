import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromium } from "../../support/chromium.ts";
import { draft, type, usePages, visit } from "./browser.ts";
import { startStudio } from "./studio-setup.ts";

describe.skipIf(chromium === undefined)("the studio when things go wrong", () => {
  const pages = usePages();
  const { open } = pages;
  const failActs = () => {
    pages.run.inbox.before = () => Promise.reject(new Error("away"));
  };
  const takeActs = () => {
    pages.run.inbox.before = async () => {};
  };

  test("what was not confirmed is kept, and sent again as the same event", async () => {
    const { page: mia, wrongs } = await visit(pages.browser, { url: pages.run.studio.url(), as: "mia" });
    const acts = actsOf(mia);
    failActs();
    await type(mia, "/draft a fox");
    const pending = mia.locator(".message-pending");
    await pending.getByRole("alert").waitFor();
    expect(await pending.innerText()).toContain("/draft a fox");
    expect(await pending.innerText()).toContain("could not be confirmed. Try again: it never counts twice.");
    // Typed again, it is still the same.
    await Promise.all([refused(mia), type(mia, "/draft a fox")]);
    expect(await pending.count()).toBe(1);
    takeActs();
    await pending.getByRole("button", { name: "Try again" }).click();
    await mia.locator(".picture").waitFor();
    await pending.waitFor({ state: "detached" });
    expect(acts).toHaveLength(3);
    expect(acts).toEqual([acts[0], acts[0], acts[0]]);
    // The browser itself reports each refused request; nothing else may be wrong.
    expect(wrongs.filter((wrong) => !wrong.includes("503"))).toEqual([]);
    await mia.context().close();
  });

  test("a press and a reaction are tried again as they were", async () => {
    const { page: mia, wrongs } = await visit(pages.browser, { url: pages.run.studio.url(), as: "mia" });
    await draft(mia);
    const acts = actsOf(mia);
    const notice = mia.locator(".notice");
    const button = mia.getByRole("button", { name: "2", exact: true });
    failActs();
    await button.click();
    await notice.waitFor();
    // Pressed again, it is still the same press.
    await Promise.all([refused(mia), button.click()]);
    await notice.waitFor();
    takeActs();
    await notice.getByRole("button", { name: "Try again" }).click();
    await mia.locator(".replies").waitFor();
    expect(acts).toHaveLength(3);
    expect(acts).toEqual([acts[0], acts[0], acts[0]]);
    await button.click();
    await mia.locator(".actions:not([data-busy])").waitFor();
    expect(acts[3]).not.toEqual(acts[0]);

    failActs();
    await mia.locator(".reactions").getByRole("button", { name: /^2/ }).click();
    await notice.waitFor();
    takeActs();
    await notice.getByRole("button", { name: "Try again" }).click();
    await mia.getByRole("button", { name: /^2, 1: you/ }).waitFor();
    expect(acts[4]).toMatchObject({ emoji: "n2", on: true });
    expect(acts[5]).toEqual(acts[4]);
    expect(wrongs.filter((wrong) => !wrong.includes("503"))).toEqual([]);
    await mia.context().close();
  });

  test("a form whose answer was lost stays open, and is the same event when sent again", async () => {
    const { page: max, wrongs } = await visit(pages.browser, { url: pages.run.studio.url(), as: "max" });
    await type(max, "/quota grant");
    const dialog = max.getByRole("dialog");
    await dialog.getByLabel("Credits").fill("250");
    await max.route("**/api/submit", async (route) => {
      await route.fetch();
      await route.abort();
    });
    const acts = actsOf(max);
    await dialog.getByRole("button", { name: "Grant" }).click();
    await dialog.getByRole("alert").waitFor();
    expect(await dialog.getByRole("alert").innerText()).toBe(
      "The studio cannot be reached. Try again: it never counts twice.",
    );
    await max.unroute("**/api/submit");
    await dialog.getByRole("button", { name: "Grant" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(acts).toHaveLength(2);
    expect(acts[1]).toEqual(acts[0]);
    expect(await max.locator(".message").filter({ hasText: "250 credits granted." }).count()).toBe(1);
    expect(wrongs.filter((wrong) => !/ERR_|Failed to load/.test(wrong))).toEqual([]);
    await max.context().close();
  });

  test("a lost connection is said, and nothing is missed", async () => {
    const { page, wrongs } = await visit(pages.browser, { url: pages.run.studio.url(), as: "mia" });
    const { port } = new URL(pages.run.studio.url());
    await type(page, "before");
    await page.locator(".message").filter({ hasText: "before" }).waitFor();
    await pages.run.stop();
    await page.locator(".banner").waitFor();
    await type(page, "meanwhile");
    await page.locator(".message-pending").getByRole("alert").waitFor();
    pages.run = await startStudio({ pool: pages.pool, port: Number(port) });
    await pages.run.client.as("noor").say("spring-launch", "after");
    await page.locator(".message").filter({ hasText: "after" }).waitFor();
    await page.locator(".banner").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".message-pending").waitFor({ state: "detached" });
    expect(await page.locator(".message").filter({ hasText: "meanwhile" }).count()).toBe(1);
    expect(wrongs.filter((wrong) => !/ERR_|Failed to load/.test(wrong))).toEqual([]);
    await page.context().close();
  });

  test("the list stays where its reader is", async () => {
    const noor = pages.run.client.as("noor");
    for (let n = 1; n <= 70; n += 1) await noor.say("spring-launch", `line ${n}`);
    const mia = await open("mia");
    const list = mia.getByRole("log");
    const fromEnd = () =>
      list.evaluate((one) => Math.round(one.scrollHeight - one.scrollTop - one.clientHeight));
    expect(await fromEnd()).toBe(0);
    await noor.say("spring-launch", "line 71");
    await list.getByText("line 71", { exact: true }).waitFor();
    expect(await fromEnd()).toBe(0);

    // Near the start, older lines come; the line being read stays.
    const line = list.getByText("line 22", { exact: true });
    await line.scrollIntoViewIfNeeded();
    const before = await line.boundingBox();
    await list.getByText("line 1", { exact: true }).waitFor({ state: "attached" });
    const after = await line.boundingBox();
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 1000))).toBeLessThan(3);

    await noor.say("spring-launch", "line 72");
    const pill = mia.getByRole("button", { name: "1 new" });
    await pill.waitFor();
    expect(await fromEnd()).toBeGreaterThan(500);
    await pill.click();
    await pill.waitFor({ state: "detached" });
    expect(await fromEnd()).toBe(0);
  });
});

const refused = (page: Page) => page.waitForResponse((response) => response.status() === 503);

/** What the page sends from now on. */
function actsOf(page: Page): unknown[] {
  const acts: unknown[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") acts.push(request.postDataJSON());
  });
  return acts;
}
