import type { Pool } from "pg";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { forgetMessages, openStudioDatabase, type RunningStudio, startStudio } from "./studio-setup.ts";

/** A page of the studio with everything that went wrong in it. */
export interface StudioPage {
  readonly page: Page;
  /** Errors of scripts and policies, and requests that left the studio. */
  readonly wrongs: string[];
}

export interface Visit {
  readonly url: string;
  readonly as: string;
  /** After the `#`. */
  readonly at?: string;
  readonly context?: BrowserContextOptions;
}

/** Opens the studio as one of its people, in a browser of their own. */
export async function visit(
  browser: Browser,
  { url, as, at = "spring-launch", context }: Visit,
): Promise<StudioPage> {
  const visited = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    ...context,
  });
  await visited.addInitScript((person) => {
    const key = "draftroom-studio";
    if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify({ as: person }));
  }, as);
  const page = await visited.newPage();
  page.setDefaultTimeout(30_000);
  const wrongs: string[] = [];
  page.on("pageerror", (error) => wrongs.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") wrongs.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) wrongs.push(`asked for ${request.url()}`);
  });
  await page.goto(`${url}/#${at}`);
  await page.locator(".message, .welcome").first().waitFor();
  return { page, wrongs };
}

/** A studio and its visitors for each test of a suite. */
export interface Pages {
  readonly browser: Browser;
  readonly pool: Pool;
  run: RunningStudio;
  /** Opens the studio as one of its people. The test fails when anything went wrong in the page. */
  open(as: string, more?: Partial<Visit>): Promise<Page>;
}

export function usePages(): Pages {
  const opened: StudioPage[] = [];
  const pages = { open } as { -readonly [Key in keyof Pages]: Pages[Key] };

  async function open(as: string, more: Partial<Visit> = {}): Promise<Page> {
    const one = await visit(pages.browser, { url: pages.run.studio.url(), as, ...more });
    opened.push(one);
    return one.page;
  }

  beforeAll(async () => {
    const launched = launchChromium();
    [pages.browser, pages.pool] = await Promise.all([launched, openStudioDatabase()]);
  });
  afterAll(async () => {
    await pages.browser.close();
    await pages.pool.end();
  });
  beforeEach(async () => {
    await forgetMessages(pages.pool);
    pages.run = await startStudio({ pool: pages.pool });
  });
  afterEach(async () => {
    const visited = opened.splice(0);
    for (const { page } of visited) await page.context().close();
    await pages.run.stop();
    expect(visited.flatMap((one) => one.wrongs)).toEqual([]);
  });
  return pages;
}

export const composer = (page: Page): Locator => page.locator(".room textarea");
export const focused = (page: Page): Locator => page.locator(":focus");

/** Types something into the channel and sends it. */
export async function type(page: Page, words: string): Promise<void> {
  await composer(page).fill(words);
  await composer(page).press("Enter");
}

/** A drafted grid, as the person sees it. */
export async function draft(page: Page, prompt = "a glass bottle"): Promise<Locator> {
  await type(page, `/draft ${prompt}`);
  const grid = page.locator(".room .message", { has: page.locator(".picture") }).last();
  await grid.locator(".reactions").waitFor();
  // The command's own line goes once it is answered: what stands above it moves.
  await page.locator(".message-pending").waitFor({ state: "detached" });
  return grid;
}
