import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { channelRef } from "../../../adapters/web/studio-refs.ts";
import { plainCard, text } from "../../../src/core/card.ts";
import { chromium } from "../../support/chromium.ts";
import { composer, draft, focused, type, usePages } from "./browser.ts";

describe.skipIf(chromium === undefined)("cards in the studio", () => {
  const pages = usePages();
  const { open } = pages;

  test("a picture keeps its place, opens large, and gives the focus back", async () => {
    const mia = await open("mia");
    const grid = await draft(mia);
    const image = grid.locator("img");
    expect(await image.getAttribute("alt")).toContain("1 top left, 2 top right");
    const box = await image.boundingBox();
    expect(Math.round(box?.width ?? 0)).toBe(Math.round(box?.height ?? 1));
    await grid.getByRole("button", { name: /Open large/ }).click();
    const lightbox = mia.getByRole("dialog", { name: "Picture" });
    await lightbox.locator("img").waitFor();
    expect(await lightbox.getByRole("link", { name: "Full size" }).getAttribute("href")).toBe(
      "/assets/GRID01?name=grid.png",
    );
    const saved = mia.waitForEvent("download");
    await lightbox.getByRole("link", { name: "Download" }).click();
    expect((await saved).suggestedFilename()).toBe("grid.png");
    await mia.keyboard.press("Escape");
    await lightbox.waitFor({ state: "detached" });
    expect(await focused(mia).getAttribute("aria-label")).toContain("Open large");
  });

  test("reactions count live, say who, and know one's own", async () => {
    const [mia, noor] = [await open("mia"), await open("noor")];
    await draft(mia);
    const chip = (page: Page, name: RegExp) => page.locator(".reactions").getByRole("button", { name });
    expect(await chip(mia, /^3/).getAttribute("aria-label")).toBe("3, nobody yet");
    await chip(noor, /^3/).click();
    await chip(mia, /^3, 1: Noor Haddad$/).click();
    await chip(noor, /^3, 2: you, Mia Park$/).waitFor();
    expect(await chip(noor, /^3/).getAttribute("aria-pressed")).toBe("true");
    expect(await chip(mia, /^3/).getAttribute("title")).toBe("3 · Noor Haddad, you");
    await chip(noor, /^3/).click();
    await chip(mia, /^3, 1: you$/).waitFor();

    await mia.locator(".chip-add").click();
    const picker = mia.getByRole("group", { name: "Reactions to add" });
    expect(await picker.getByRole("button").count()).toBe(12);
    await mia.keyboard.press("Escape");
    await picker.waitFor({ state: "detached" });
    expect(await focused(mia).getAttribute("aria-label")).toBe("Add a reaction");
    await mia.keyboard.press("Enter");
    await picker.getByRole("button", { name: "Send back" }).click();
    await chip(noor, /^Send back, 1: Mia Park$/).waitFor();
    expect(pages.run.inbox.heard.slice(1)).toMatchObject([
      { emoji: "n3", on: true },
      { emoji: "n3", on: true },
      { emoji: "n3", on: false },
      { emoji: "reject", on: true },
    ]);
  });

  test("a button fires once, however often it is pressed", async () => {
    const mia = await open("mia");
    const grid = await draft(mia);
    const { promise: recorded, resolve: record } = Promise.withResolvers<void>();
    pages.run.inbox.before = () => recorded;
    const button = grid.getByRole("button", { name: "3", exact: true });
    await button.dblclick();
    await grid.locator(".actions[data-busy]").waitFor();
    expect(await button.getAttribute("aria-disabled")).toBe("true");
    await button.click({ force: true });
    record();
    await grid.locator(".replies").waitFor();
    expect(pages.run.inbox.heard.filter((one) => "action" in one)).toMatchObject([{ action: "pick:3" }]);
  });

  test("a thread opens beside the channel, takes replies, and closes", async () => {
    const mia = await open("mia");
    const grid = await draft(mia);
    await grid.getByRole("button", { name: "3", exact: true }).click();
    const replies = grid.locator(".replies");
    await replies.waitFor();
    expect(await replies.innerText()).toMatch(/1 reply\s+New\s+Last .* The final of take 3 is ready\./);
    await replies.click();
    const thread = mia.getByRole("complementary", { name: "Thread" });
    await thread.getByText("Final of take 3").waitFor();
    expect(await focused(mia).getAttribute("placeholder")).toContain("Reply");
    await mia.keyboard.type("lovely");
    await mia.keyboard.press("Enter");
    await thread.locator(".message").filter({ hasText: "lovely" }).waitFor();
    await replies.filter({ hasText: /2 replies[\s\S]*Mia Park: lovely/ }).waitFor();
    expect(
      await mia
        .locator(".room .message")
        .filter({ hasText: /^lovely/ })
        .count(),
    ).toBe(0);
    await mia.reload();
    await thread.getByText("Final of take 3").waitFor();
    await thread.locator("textarea").press("Escape");
    await thread.waitFor({ state: "detached" });
    expect(mia.url()).toMatch(/#spring-launch$/);
    expect(await grid.locator(".new").count()).toBe(0);
  });

  test("a form says what is wrong with the answers, and keeps them", async () => {
    const max = await open("max");
    await type(max, "/quota grant");
    const dialog = max.getByRole("dialog", { name: "Grant credits to #spring-launch" });
    await dialog.waitFor();
    expect(await focused(max).getAttribute("name")).toBe("amount");
    await dialog.getByText("Credits are <b>for</b> this channel alone.", { exact: true }).waitFor();
    await dialog.getByText("Whole credits, up to 10,000", { exact: true }).waitFor();
    await dialog.getByText("For example: a second shoot for the same launch", { exact: true }).waitFor();
    await dialog.getByLabel("Credits").fill("lots");
    await dialog.getByLabel("For").selectOption("always");
    await dialog.getByRole("button", { name: "Grant" }).click();
    await dialog.getByRole("alert").waitFor();
    expect(await dialog.getByRole("alert").innerText()).toBe("Credits must be a whole number.");
    expect(await dialog.getByLabel("Credits").inputValue()).toBe("lots");
    await dialog.getByLabel("Credits").fill("250");
    await dialog.getByLabel("Credits").press("Enter");
    await dialog.waitFor({ state: "detached" });
    await max.locator(".message").filter({ hasText: "250 credits granted." }).waitFor();
    expect(pages.run.inbox.heard.at(-1)).toMatchObject({
      answers: { amount: "250", period: "always", reason: "" },
    });
    expect(await composer(max).evaluate((area) => area.matches(":focus"))).toBe(true);
  });

  test("a whisper looks private, is nobody else's, survives a reload, and goes when dismissed", async () => {
    const [mia, noor] = [await open("mia"), await open("noor")];
    await type(mia, "/quota");
    const whisper = mia.locator(".message-private");
    await whisper.waitFor();
    expect(await whisper.innerText()).toContain("Only visible to you");
    await mia.reload();
    await whisper.waitFor();
    await type(mia, "done");
    await noor.locator(".message").filter({ hasText: "done" }).waitFor();
    expect(await noor.locator(".message").count()).toBe(1);
    await whisper.getByRole("button", { name: "Dismiss" }).click();
    await whisper.waitFor({ state: "detached" });
  });

  test("hostile words stay words", async () => {
    const words = `<img src=x onerror=alert(1)> \${7*7} <script>alert(2)</script>`;
    const card = plainCard("error", words, [[text(words)]]);
    const mia = await open("mia");
    await pages.run.studio.sender.post({ channel: channelRef("spring-launch"), thread: undefined }, card, {
      key: "k",
      inDoubtSince: undefined,
    });
    await mia.locator(".tone-error").waitFor();
    expect(await mia.locator(".tone-error .lines").innerText()).toBe(words);
  });
});
