import { openAdapters } from "../../src/compose.ts";
import { readConfig } from "../../src/config.ts";
import { createProgram } from "../../src/program.ts";
import { createCountingModel } from "../support/counting-model.ts";
import { createDoom } from "../support/doomed.ts";
import { withDoomedPorts } from "../support/doomed-adapters.ts";
import { doomStatements } from "../support/doomed-statements.ts";
import { through } from "../support/models.ts";
import { untilSettled } from "./settled.ts";
import { withLiveAnswers } from "./with-live-answers.ts";
import { withPicture } from "./with-picture.ts";

/*
 * The program as `src/main.ts` starts it, with three differences: its model is the counting one at
 * `MODEL_URL`, what people type comes with a picture, and it kills itself at the place that `DOOM` names.
 * With `LIVE`, what is answered to a command is the message of its round. `DOOM_LIST` is a file for the places that it comes by. SIGTERM stops it once nothing is left to do.
 */
const { MODEL_URL = "", DOOM, DOOM_LIST, LIVE, ...env } = process.env;
const read = readConfig(env);
if (read.status === "bad") throw new Error(read.problems.join("\n"));

const doom = createDoom({ place: DOOM, list: DOOM_LIST });
doomStatements(doom);
const opened = await openAdapters(read.config);
const model = createCountingModel(MODEL_URL);
const pictured = await Promise.all(opened.platforms.map(withPicture));
const platforms = LIVE === undefined ? pictured : pictured.map(withLiveAnswers);
const models = through(opened.models, () => model);
const adapters = withDoomedPorts({ ...opened, platforms, models }, doom);
const program = createProgram(read.config, adapters);
await program.start();
process.once("SIGTERM", async () => {
  await untilSettled(opened);
  await program.stop();
  process.exit(0);
});
// Last: from now on it can be told to stop.
console.log(`Draftroom is ready: ${opened.platforms.map((platform) => platform.place()).join(", ")}`);
