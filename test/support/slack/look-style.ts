import type { LookStyle } from "../look-book.ts";
import { toPage } from "./page/render-page.ts";

export const SLACK_STYLE: LookStyle = { folder: "test-out/slack", toPage, rows: ".block.actions" };
