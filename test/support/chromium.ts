import { join } from "node:path";
import { type Browser, chromium as browserType } from "playwright-core";
import { findProgram, reportMissing } from "./server-process.ts";

/** Where Chromium is; undefined when there is none, which is said. */
export const chromium = findChromium();

function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && given !== "") return given;
  const place = findProgram("chromium", []);
  return place === undefined ? reportMissing("Chromium") : join(place, "chromium");
}

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser of one's own. Where there is no Chromium, nobody is to ask for one. */
export function launchChromium(): Promise<Browser> {
  return browserType.launch({ executablePath: chromium ?? "", args: FLAGS });
}
