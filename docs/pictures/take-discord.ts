import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import { launchChromium } from "../../test/support/chromium.ts";
import { toPage } from "../../test/support/discord/page/render-page.ts";
import { inThread, now, openDiscordOffice, pictured } from "../../test/support/draftroom-on-discord.ts";

// Draftroom in the tests' local Discord, which draws messages about as Discord does. No screenshot of Discord:
// the README says so beside it.

const PROMPT = "a glass bottle refracting afternoon sun on a limestone table";
/** A grid, and beside it the final that is in its thread. */
const STYLE = `
h1 { display: none }
body { margin: 0; padding: 0; display: grid; grid-template-columns: 1fr 1fr; gap: 0 8px; width: 1080px }`;

/** @param file where the picture goes, a PNG. */
export async function takeDiscord(file: string): Promise<void> {
  const office = await openDiscordOffice();
  const { discord, brand, people } = office;
  const { mia, noor, ada } = people;
  try {
    await mia.command(brand, "draft", { prompt: PROMPT, seed: 3_775_172_249 });
    const grid = await discord.until(pictured(brand, new RegExp(PROMPT)));
    await discord.until(() => Object.keys(brand.message(grid.id)?.reactions ?? {}).length === 6);
    noor.react(grid, "3️⃣");
    mia.react(grid, "3️⃣");
    await discord.until(now(brand, grid, /Votes: take \*\*3\*\* .*, /));
    ada.react(grid, "3️⃣");
    const final = await discord.until(inThread(brand, grid, /Final of take 3/));
    const thread = brand.threadOf(grid);
    await discord.until(() => Object.keys(thread?.message(final.id)?.reactions ?? {}).length === 2);
    const picked = await discord.until(now(brand, grid, /picked 3/));
    const shown = [picked, final].map(({ id }) => discord.excerpt({ message: id }));
    await photograph(toPage("", shown), file);
  } finally {
    await office.close();
  }
}

async function photograph(html: string, file: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage({ viewport: { width: 1080, height: 720 } });
    await tab.setContent(html);
    await tab.addStyleTag({ content: STYLE });
    const shot = await tab.locator("body").screenshot();
    await writeFile(file, await sharp(shot).png({ palette: true, quality: 90 }).toBuffer());
  } finally {
    await browser.close();
  }
}
