import { describe, expect, test } from "vitest";
import { chromium } from "../../support/chromium.ts";
import { composer, focused, type, usePages } from "./browser.ts";

describe.skipIf(chromium === undefined)("talking in the studio", () => {
  const pages = usePages();
  const { open } = pages;

  test("people talk live, and drafts of text wait in their channel", async () => {
    const [mia, noor] = [await open("mia"), await open("noor")];
    await type(mia, "Morning, @noor <b>& all</b>\\o/");
    const message = noor.locator(".message").filter({ hasText: "Mia Park" });
    await message.waitFor();
    expect(await message.locator(".lines").innerText()).toBe("Morning, @Noor Haddad <b>& all</b>\\o/");
    expect(await composer(mia).inputValue()).toBe("");

    await composer(mia).fill("half a thought");
    await mia.getByRole("button", { name: "playground" }).click();
    await mia.getByRole("heading", { name: "Nothing drafted in #playground yet" }).waitFor();
    expect(await composer(mia).inputValue()).toBe("");
    await mia.getByRole("button", { name: /spring-launch/ }).click();
    await mia.reload();
    await mia.locator(".message").first().waitFor();
    expect(await composer(mia).inputValue()).toBe("half a thought");
  });

  test("an unread channel has a dot until it is looked at", async () => {
    const mia = await open("mia");
    const channel = mia.getByRole("button", { name: /product-shots/ });
    await pages.run.client.as("noor").say("product-shots", "new bottles");
    await mia.locator(".channel-news").waitFor();
    expect(await channel.innerText()).toContain("unread");
    await channel.click();
    await mia.locator(".message").waitFor();
    await mia.getByRole("button", { name: /spring-launch/ }).click();
    await mia.locator(".welcome").waitFor();
    expect(await mia.locator(".channel-news").count()).toBe(0);
  });

  test("the empty channel's example is one press away", async () => {
    const mia = await open("mia", { at: "playground" });
    await mia.getByRole("button", { name: "Try it" }).click();
    await focused(mia).press("Enter");
    await mia.locator(".picture").waitFor();
    expect(pages.run.inbox.heard).toMatchObject([
      { name: "draft", text: "a glass bottle refracting afternoon sun on a limestone table" },
    ]);
  });

  test("commands complete by keyboard, and the last one comes back", async () => {
    const mia = await open("mia");
    await composer(mia).focus();
    await mia.keyboard.type("/d");
    const list = mia.getByRole("listbox");
    await list.waitFor();
    expect(await list.innerText()).toContain("Draw a grid of quick takes");
    expect(await composer(mia).getAttribute("aria-activedescendant")).toMatch(/-0$/);
    await mia.keyboard.press("Enter");
    expect(await composer(mia).inputValue()).toBe("/draft ");
    expect(await mia.locator(".composer-hint").innerText()).toContain("/draft <prompt>");
    await mia.keyboard.type("a fox --t");
    await mia.keyboard.press("Tab");
    await mia.keyboard.press("ArrowDown");
    await mia.keyboard.press("ArrowDown");
    await mia.keyboard.press("Enter");
    expect(await composer(mia).inputValue()).toBe("/draft a fox --takes 4 ");
    await mia.keyboard.type("--");
    await list.waitFor();
    await mia.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    await mia.keyboard.press("Backspace");
    await mia.keyboard.press("Backspace");
    await mia.keyboard.press("Enter");
    await mia.locator(".picture").waitFor();
    expect(pages.run.inbox.heard).toMatchObject([{ name: "draft", text: "a fox --takes 4" }]);
    await mia.keyboard.press("ArrowUp");
    expect(await composer(mia).inputValue()).toBe("/draft a fox --takes 4");
    await mia.keyboard.press("ArrowDown");
    expect(await composer(mia).inputValue()).toBe("");
  });

  test("acting as somebody else shows what they see", async () => {
    const page = await open("mia");
    await type(page, "/quota");
    await page.locator(".message-private").waitFor();
    await page.getByRole("radio", { name: /Ada Lindqvist/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.locator(".message-private").waitFor({ state: "detached" });
    expect(await page.locator(".acting", { has: page.locator(":checked") }).innerText()).toContain("Manager");
    await type(page, "I am Max");
    await page.locator(".message").filter({ hasText: "Max Oyelaran" }).waitFor();
    await page.getByRole("radio", { name: /Mia Park/ }).check({ force: true });
    await page.locator(".message-private").waitFor();
  });
});
