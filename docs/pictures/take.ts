import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { cardOf, gridOf, shows } from "../../test/support/cards.ts";
import { startDraftroom } from "../../test/support/draftroom-process.ts";
import { connectStudio } from "../../test/support/studio-client.ts";
import { takeAdvice } from "./take-advice.ts";
import { takeDiscord } from "./take-discord.ts";
import { takeSlack } from "./take-slack.ts";

// Takes the documentation's pictures from the running program: `npm run pictures`. Needs Chromium.

const HERE = new URL(".", import.meta.url).pathname;
const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const PROMPT = "a glass bottle refracting afternoon sun on a limestone table";
/** Wide enough to be read beside text, light enough for a repository. */
const WIDTH = 1200;

const dataDir = await mkdtemp(join(tmpdir(), "draftroom-pictures-"));
const draftroom = await startDraftroom({ DRAFTROOM_DATA_DIR: dataDir, DRAFTROOM_SKETCH_DELAY_MS: "0" });
try {
  const studio = await connectStudio(draftroom.url);
  const [mia, noor, ada] = [studio.as("mia"), studio.as("noor"), studio.as("ada")];
  await mia.say("spring-launch", "Morning! First ideas for the bottle, before the client call at eleven.");
  await mia.command("spring-launch", `/draft ${PROMPT} --seed 3775172249`);
  const grid = await mia.until(gridOf(PROMPT));
  await noor.react(grid.id, "n3");
  await mia.react(grid.id, "n3");
  await mia.until(shows(/Votes: take 3 @studio:noor, @studio:mia/));
  await ada.react(grid.id, "n3");
  const final = await mia.until(shows(/Final of take 3/));
  await ada.react(final.id, "approve");
  await mia.until(shows(/Approved by @studio:ada/));

  await savePicture("grid.jpg", (await studio.picture(cardOf(grid)?.picture?.asset ?? "")).bytes);
  await savePicture("final.jpg", (await studio.picture(cardOf(final)?.picture?.asset ?? "")).bytes);
  await photograph(draftroom.url);
} finally {
  await draftroom.kill();
  await rm(dataDir, { recursive: true, force: true });
}
await takeSlack(join(HERE, "slack.png"));
await takeDiscord(join(HERE, "discord.png"));
await takeAdvice(join(HERE, "advice.png"));

async function savePicture(name: string, bytes: Uint8Array): Promise<void> {
  await writeFile(
    join(HERE, name),
    await sharp(bytes)
      .resize(WIDTH / 2)
      .jpeg({ quality: 85 })
      .toBuffer(),
  );
}

async function photograph(url: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 }, colorScheme: "light" });
    await page.goto(url);
    await page.getByRole("button", { name: /\d+ repl(y|ies)/ }).click();
    // Pictures are lazy: those in view are there once the network is quiet.
    await page.waitForLoadState("networkidle");
    const shot = join(dataDir, "studio.png");
    await page.screenshot({ path: shot });
    await sharp(shot).png({ palette: true, quality: 90 }).toFile(`${shot}.small`);
    await copyFile(`${shot}.small`, join(HERE, "studio.png"));
  } finally {
    await browser.close();
  }
}
