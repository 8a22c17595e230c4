import { type Adapters, openAdapters } from "../../src/compose.ts";
import { readConfig } from "../../src/config.ts";
import type { ChatInbox } from "../../src/ports/chat.ts";
import { createProgram } from "../../src/program.ts";
import { createCountingModel } from "./counting-model.ts";
import { through } from "./models.ts";

/** The program in this process, with the counting model, and its inbox within reach of any number of people. */
export interface CountingModelProgram {
  readonly adapters: Adapters;
  readonly inbox: ChatInbox;
  readonly url: string;
  /** Repeatable. */
  stop(): Promise<void>;
}

/** @throws Error that names what is wrong with the settings. */
export async function startCountingModelProgram(
  env: Readonly<Record<string, string>>,
  modelUrl: string,
): Promise<CountingModelProgram> {
  const read = readConfig({ DRAFTROOM_PORT: "0", DRAFTROOM_LOG_LEVEL: "error", ...env });
  if (read.status === "bad") throw new Error(read.problems.join("\n"));
  const opened = await openAdapters(read.config);
  const model = createCountingModel(modelUrl);
  const [studio] = opened.platforms;
  if (studio === undefined) throw new Error("this process talks to nobody");
  let inbox: ChatInbox | undefined;
  const gateway = {
    platform: studio.gateway.platform,
    start: (given: ChatInbox) => {
      inbox = given;
      return studio.gateway.start(given);
    },
    stop: () => studio.gateway.stop(),
  };
  const platforms = [{ ...studio, gateway }];
  const adapters = { ...opened, models: through(opened.models, () => model), platforms };
  const program = createProgram(read.config, adapters);
  await program.start();
  if (inbox === undefined) throw new Error("the gateway was not started");
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= program.stop();
    return stopping;
  };
  return { adapters, inbox, url: studio.place(), stop };
}
