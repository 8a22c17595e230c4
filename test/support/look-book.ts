import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { escapeHtml } from "./cloud/html.ts";
import { ROOT } from "./source-tree.ts";

/** What people see, a part of a page at a time, for people to look at. */
export interface LookBook {
  /** Takes a part as it is now: `excerpt` of a local chat platform, or what a card becomes, in a section. */
  add(name: string, html: string): void;
  readonly count: number;
  /** Writes the parts as one page and a picture of each, and says what the browser has found. */
  save(): Promise<Looks>;
}

/** How a platform's pages are made. */
export interface LookStyle {
  /** Where they are written, in the checkout. Not kept in the repository. */
  readonly folder: string;
  toPage(title: string, parts: readonly string[]): string;
  /** Selects what has buttons side by side. */
  readonly rows: string;
}

export interface Looks {
  /** How many lines each row of buttons takes up. */
  readonly rows: readonly number[];
  /** What sticks out of its section, as HTML. */
  readonly tooWide: readonly string[];
  /** Pictures that could not be shown, by their alternative text. */
  readonly broken: readonly string[];
  /** How many pictures have no alternative text. */
  readonly unsaid: number;
}

/** @param name of the page, and of the folder of its pictures. */
export function openLookBook(name: string, style: LookStyle): LookBook {
  const parts: { readonly name: string; readonly html: string }[] = [];
  return {
    add(part, html) {
      const number = `${parts.length + 1}`.padStart(2, "0");
      parts.push({ name: `${number} ${part}`, html });
    },
    get count() {
      return parts.length;
    },
    async save() {
      const folder = join(ROOT, style.folder, name);
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      const page = parts.map(
        (part) => `<div class="part"><h6>${escapeHtml(part.name)}</h6>${part.html}</div>`,
      );
      const pictures = parts.map((part) => `${part.name.replace(/[^a-z0-9]+/gi, "-")}.png`);
      return open(`${folder}.html`, style.toPage(name, page), async (tab) => {
        for (const [index, picture] of pictures.entries())
          await tab
            .locator(".part")
            .nth(index)
            .screenshot({ path: join(folder, picture) });
        return look(tab, style.rows);
      });
    },
  };
}

/** Keeps a whole page beside the books. */
export async function keepPage(name: string, html: string, { folder }: LookStyle): Promise<void> {
  await mkdir(join(ROOT, folder), { recursive: true });
  await writeFile(join(ROOT, folder, `${name}.html`), html);
}

async function open<T>(file: string, html: string, act: (tab: Page) => Promise<T>): Promise<T> {
  await writeFile(file, html);
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage({ viewport: { width: 780, height: 900 } });
    await tab.goto(pathToFileURL(file).href);
    return await act(tab);
  } finally {
    await browser.close();
  }
}

async function look(tab: Page, rowSelector: string): Promise<Looks> {
  const rows = await tab
    .locator(rowSelector)
    .evaluateAll((found) =>
      found.map((row) => new Set([...row.children].map((each) => each.getBoundingClientRect().top)).size),
    );
  const tooWide = await tab.locator("section *").evaluateAll((found) =>
    found
      .filter((each) => {
        const section = each.closest("section");
        return section && each.getBoundingClientRect().right > section.getBoundingClientRect().right;
      })
      .map((each) => each.outerHTML.slice(0, 200)),
  );
  const pictures = await tab.locator("img").evaluateAll((found) =>
    found.map((each) => ({
      alt: each.getAttribute("alt") ?? "",
      isBroken: "naturalWidth" in each && each.naturalWidth === 0,
    })),
  );
  return {
    rows,
    tooWide,
    broken: pictures.filter(({ isBroken }) => isBroken).map(({ alt }) => alt),
    unsaid: pictures.filter(({ alt }) => alt === "").length,
  };
}
