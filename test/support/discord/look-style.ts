import type { LookStyle } from "../look-book.ts";
import { toPage } from "./page/render-page.ts";

export const DISCORD_STYLE: LookStyle = { folder: "test-out/discord", toPage, rows: ".row" };
