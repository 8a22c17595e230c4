import { describe, expect, test } from "vitest";
import { chromium, type, usePages, visit } from "./browser.ts";
import { startStudio } from "./studio-setup.ts";

describe.skipIf(chromium === undefined)("the studio when things go wrong", () => {
  const pages = usePages();
  const { open } = pages;

  test("what was not recorded is kept, and sent again as the same event", async () => {
    const one = await visit(pages.browser, { url: pages.run.studio.url(), as: "mia" });
    const mia = one.page;
    const events: string[] = [];
    mia.on("request", (request) => {
      if (request.method() === "POST") events.push(request.postDataJSON().event);
    });
    pages.run.inbox.before = () => Promise.reject(new Error("away"));
    await type(mia, "/draft a fox");
    const pending = mia.locator(".message-pending");
    await pending.getByRole("alert").waitFor();
    expect(await pending.innerText()).toContain("/draft a fox");
    expect(await pending.innerText()).toContain("nothing was charged");
    pages.run.inbox.before = async () => {};
    await pending.getByRole("button", { name: "Try again" }).click();
    await mia.locator(".picture").waitFor();
    await pending.waitFor({ state: "detached" });
    expect(events.length).toBe(2);
    expect(events[0]).toBe(events[1]);

    pages.run.inbox.before = () => Promise.reject(new Error("away"));
    await mia.getByRole("button", { name: "2", exact: true }).click();
    const notice = mia.locator(".notice");
    await notice.waitFor();
    pages.run.inbox.before = async () => {};
    await notice.getByRole("button", { name: "Try again" }).click();
    await mia.locator(".replies").waitFor();
    expect(events[2]).toBe(events[3]);
    // The browser itself reports each refused request; nothing else may be wrong.
    expect(one.wrongs.filter((wrong) => !wrong.includes("503"))).toEqual([]);
    await mia.context().close();
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
