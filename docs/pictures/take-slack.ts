import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import { launchChromium } from "../../test/support/chromium.ts";
import { now, openSlackOffice, pictured } from "../../test/support/draftroom-on-slack.ts";

// Draftroom in the tests' local Slack, which draws messages about as Slack does. No screenshot of Slack:
// the README says so beside it.

const PROMPT = "a glass bottle refracting afternoon sun on a limestone table";
/** A channel with its thread beside it, without what is there for tests. */
const STYLE = `
h1, .aloud, figcaption { display: none }
body { padding: 0; background: #fff }
section.channel { border: 0; margin: 0; max-width: none; display: grid; grid-template-columns: 1fr 1fr; gap: 0 24px }
section.channel h2 { grid-column: 1 / 3 }
.thread { margin: 0; padding-left: 24px; border-left: 1px solid #ddd }`;

/** @param file where the picture goes, a PNG. */
export async function takeSlack(file: string): Promise<void> {
  const office = await openSlackOffice("socket");
  const { slack, brand, people } = office;
  const { mia, noor, ada } = people;
  try {
    await mia.command(brand, "/draft", `${PROMPT} --seed 3775172249`);
    const grid = await slack.until(pictured(brand, new RegExp(PROMPT)));
    await slack.until(() => brand.message(grid.ts)?.reactions.length === 6);
    noor.react(grid, "three");
    mia.react(grid, "three");
    await slack.until(now(brand, grid, /Votes: take 3/));
    ada.react(grid, "three");
    const final = await slack.until(pictured(brand, /Final of take 3/));
    await slack.until(() => brand.message(final.ts)?.reactions.length === 2);
    await slack.until(now(brand, grid, /The final is (there|in the thread)/));
    // As Noor sees it: only Mia was told that her draft has begun.
    await photograph(slack.page("", noor), file);
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
    const shot = await tab.locator("section.channel").screenshot();
    await writeFile(file, await sharp(shot).png({ palette: true, quality: 90 }).toBuffer());
  } finally {
    await browser.close();
  }
}
