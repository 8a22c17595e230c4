import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { launchChromium } from "../../test/support/chromium.ts";
import { startDraftroom } from "../../test/support/draftroom-process.ts";
import { openLocalGoogle } from "../../test/support/providers/local-google.ts";

// The word of advice that stands before a round, with Google's models as the tests stand in for them.

const PROMPT = 'a poster that says "SALE" with exactly 7 lemons';

/** @param file where the picture goes, a PNG. */
export async function takeAdvice(file: string): Promise<void> {
  const google = await openLocalGoogle();
  const folder = await mkdtemp(join(tmpdir(), "draftroom-advice-"));
  const draftroom = await startDraftroom({
    DRAFTROOM_DATA_DIR: folder,
    GEMINI_API_KEY: [...google.keys][0] ?? "",
    GEMINI_API_URL: new URL("v1beta", google.url).href,
  });
  try {
    await photograph(draftroom.url, file);
  } finally {
    await draftroom.kill();
    await google.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function photograph(url: string, file: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 760 }, colorScheme: "light" });
    await page.goto(url);
    const composer = page.locator(".room textarea");
    await composer.fill(`/draft ${PROMPT}`);
    await composer.press("Enter");
    const form = page.getByRole("dialog").locator("form");
    await form.waitFor();
    await writeFile(
      file,
      await sharp(await form.screenshot())
        .png({ palette: true, quality: 90 })
        .toBuffer(),
    );
  } finally {
    await browser.close();
  }
}
