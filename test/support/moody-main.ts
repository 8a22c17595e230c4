import { openAdapters } from "../../src/compose.ts";
import { readConfig } from "../../src/config.ts";
import { createProgram } from "../../src/program.ts";
import { through } from "./models.ts";
import { createMoodyModel } from "./moody-model.ts";

/* The program as `src/main.ts` starts it, but that its model has moods. */
const read = readConfig(process.env);
if (read.status === "bad") throw new Error(read.problems.join("\n"));
const opened = await openAdapters(read.config);
const adapters = {
  ...opened,
  models: through(opened.models, createMoodyModel),
};
const program = createProgram(read.config, adapters);
await program.start();
process.once("SIGTERM", async () => {
  await program.stop();
  process.exit(0);
});
console.log(`Draftroom is ready: ${opened.platforms.map((platform) => platform.place()).join(", ")}`);
