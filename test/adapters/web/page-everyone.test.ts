import { describe, expect, test } from "vitest";
import { chromium } from "../../support/chromium.ts";
import { draft, focused, usePages } from "./browser.ts";

describe.skipIf(chromium === undefined)("the studio for everyone", () => {
  const pages = usePages();
  const { open } = pages;

  test("new messages are announced in a sentence", async () => {
    const mia = await open("mia");
    await pages.run.client.as("noor").command("spring-launch", "/draft a fox");
    await mia.locator("#announcer").filter({ hasText: "4 takes of a fox" }).waitFor({ state: "attached" });
    expect(await mia.locator("#announcer").getAttribute("aria-live")).toBe("polite");
    expect(await mia.title()).toBe("#spring-launch · Draftroom studio");
    for (const role of ["navigation", "main", "log"] as const) {
      expect([role, await mia.getByRole(role).count()]).toEqual([role, 1]);
    }
  });

  test("a phone shows one thing at a time, and nothing sideways", async () => {
    const phone = { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true };
    const mia = await open("mia", { context: phone });
    const isInside = () =>
      mia.locator("html").evaluate((html) => html.scrollWidth <= html.ownerDocument.defaultView.innerWidth);
    const grid = await draft(mia, "a glass bottle refracting afternoon sun on a limestone table");
    expect(await isInside()).toBe(true);
    await mia.getByRole("button", { name: "Channels and people" }).tap();
    await mia.getByRole("button", { name: "playground" }).tap();
    await mia.locator(".welcome").waitFor();
    await mia.locator(".rail").waitFor({ state: "hidden" });
    await mia.goBack();
    await grid.getByRole("button", { name: "1", exact: true }).tap();
    await grid.locator(".replies").tap();
    const thread = mia.getByRole("complementary", { name: "Thread" });
    await thread.getByText("Final of take").waitFor();
    expect((await thread.boundingBox())?.width).toBe(390);
    expect(await isInside()).toBe(true);
    await thread.getByRole("button", { name: "Close the thread" }).tap();
    await thread.waitFor({ state: "detached" });
  });

  test("follows the system's theme until one is chosen", async () => {
    const mia = await open("mia", { context: { colorScheme: "dark" } });
    const paper = () =>
      mia.locator(".room").evaluate((room) => String(room.computedStyleMap().get("background-color")));
    const dark = await paper();
    await mia.getByRole("button", { name: "Theme: as the system" }).click();
    await mia.getByRole("button", { name: "Theme: light" }).waitFor();
    const light = await paper();
    expect(light).not.toBe(dark);
    await mia.reload();
    await mia.locator(".welcome").waitFor();
    expect(await paper()).toBe(light);
  });

  test("everything can be done by keyboard alone", async () => {
    const mia = await open("mia");
    const tabTo = async (name: RegExp) => {
      for (let n = 0; n < 60; n += 1) {
        await mia.keyboard.press("Tab");
        const here = await mia.locator("body").evaluate((body) => {
          const at = body.ownerDocument.activeElement;
          return at.getAttribute("aria-label") ?? at.innerText;
        });
        if (name.test(here)) return;
      }
      throw new Error(`no way by Tab to ${name}`);
    };
    await tabTo(/^Message in #spring-launch/);
    await mia.keyboard.type("/draft a fox");
    await mia.keyboard.press("Enter");
    await mia.locator(".reactions").waitFor();
    await tabTo(/^Draftroom|^Messages in/);
    await tabTo(/^Open large/);
    const outline = await focused(mia).evaluate((one) => String(one.computedStyleMap().get("outline-style")));
    expect(outline).toBe("solid");
    await tabTo(/^2$/);
    await mia.keyboard.press("Enter");
    await mia.locator(".replies").waitFor();
    await tabTo(/^4, nobody yet/);
    await mia.keyboard.press("Space");
    await mia.getByRole("button", { name: /^4, 1: you/ }).waitFor();
    await tabTo(/1 reply/);
    await mia.keyboard.press("Enter");
    await mia.getByRole("complementary").getByText("Final of take 3").waitFor();
    await mia.keyboard.type("thanks");
    await mia.keyboard.press("Enter");
    await mia.getByRole("complementary").locator(".message").filter({ hasText: "thanks" }).waitFor();
    await mia.keyboard.press("Escape");
    await mia.getByRole("complementary").waitFor({ state: "detached" });
    await focused(mia).filter({ hasText: "2 replies" }).waitFor();
  });
});
