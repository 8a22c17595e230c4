import type { Log } from "../../../src/ports/log.ts";

/** What Slack's SDK has to say, the findings say better. */
export const QUIET: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
