import { openAdapters } from "../../src/compose.ts";
import { readConfig } from "../../src/config.ts";
import { createProgram } from "../../src/program.ts";

/*
 * The program as `src/main.ts` starts it, for a Slack whose minutes pass faster: it keeps to the same
 * limits a minute, of `SLACK_MINUTE_MS`, and looks for what was left behind more often.
 */
const { SLACK_MINUTE_MS, ...env } = process.env;
const SWEEP_MS = 3_000;

const read = readConfig(env);
if (read.status === "bad") throw new Error(read.problems.join("\n"));
const adapters = await openAdapters(read.config, Number(SLACK_MINUTE_MS));
const program = createProgram(read.config, adapters, SWEEP_MS);
await program.start();
process.once("SIGTERM", async () => {
  await program.stop();
  process.exit(0);
});
console.log(`Draftroom is ready: ${adapters.platforms.map((platform) => platform.place()).join(", ")}`);
