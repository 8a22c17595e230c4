import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromium } from "../../support/chromium.ts";
import { type, usePages, visit } from "./browser.ts";
import { startStudio } from "./studio-setup.ts";

describe.skipIf(chromium === undefined)("who directs, in the studio", () => {
  const pages = usePages();
  const deciders = (page: Page, words: string) =>
    page.locator(".deciders").getByText(words, { exact: true }).waitFor();
  const role = (page: Page, name: string) =>
    page.locator(".acting").filter({ hasText: name }).locator("small").innerText();
  const name = (people: string) =>
    pages.run.client.as("max").command("spring-launch", `/quota roles directors ${people}`);

  test("is shown for the channel being looked at, and changes live for everybody", async () => {
    const [mia, max] = [await pages.open("mia"), await pages.open("max")];
    await deciders(mia, "Ada Lindqvist picks");
    expect([await role(mia, "Ada"), await role(mia, "Max"), await role(mia, "Noor")]).toEqual([
      "Art director",
      "Manager",
      "Member",
    ]);
    await type(max, "/quota roles directors @ada @noor");
    await deciders(mia, "Ada Lindqvist or Noor Haddad picks");
    await deciders(max, "Ada Lindqvist or Noor Haddad picks");
    expect(await role(mia, "Noor")).toBe("Art director");
    await name("@ada @max @mia @noor");
    await deciders(mia, "Ada Lindqvist, Max Oyelaran or 2 others pick");
    expect(await role(mia, "Max")).toBe("Art director · Manager");
    await name("nobody");
    await deciders(mia, "Whoever asks picks");
    expect(await role(mia, "Ada")).toBe("Member");
    await mia.getByRole("button", { name: "product-shots" }).click();
    await deciders(mia, "Ada Lindqvist picks");
  });

  test("is asked again when the connection is back, and may be unknown", async () => {
    const { page, wrongs } = await visit(pages.browser, { url: pages.run.studio.url(), as: "mia" });
    const { port } = new URL(pages.run.studio.url());
    await deciders(page, "Ada Lindqvist picks");
    await pages.run.stop();
    await page.locator(".banner").waitFor();
    pages.run = await startStudio({ pool: pages.pool, port: Number(port) });
    await name("@noor");
    await deciders(page, "Noor Haddad picks");
    pages.run.inbox.beforeStaff = () => Promise.reject(new Error("away"));
    await type(page, "/draft a fox");
    await page.locator(".picture").waitFor();
    await deciders(page, "Noor Haddad picks");
    expect(wrongs.filter((wrong) => !/ERR_|Failed to load/.test(wrong))).toEqual([]);
    await page.context().close();
  });

  test("says nothing while nobody knows", async () => {
    pages.run.inbox.beforeStaff = () => Promise.reject(new Error("away"));
    const mia = await pages.open("mia");
    expect(await mia.locator(".deciders").innerText()).toBe("");
    expect(await role(mia, "Ada")).toBe("");
    pages.run.inbox.beforeStaff = async () => {};
    await type(mia, "/quota");
    await deciders(mia, "Ada Lindqvist picks");
  });
});
