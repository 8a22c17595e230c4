import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DidNotStart, type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";
import { connectStudio, type StudioPerson } from "../support/studio-client.ts";

/** Programs of one test, in a folder of their own. */
export interface Programs {
  readonly folder: string;
  /** @throws DidNotStart */
  start(env?: Readonly<Record<string, string>>): Promise<DraftroomProcess>;
  /** How a start that is to fail ended, and after how many milliseconds. */
  failToStart(env: Readonly<Record<string, string>>): Promise<DidNotStart & { readonly ms: number }>;
  /** Ends what still runs and removes the folder. */
  remove(): Promise<void>;
}

const QUICK = { DRAFTROOM_SKETCH_DELAY_MS: "0", DRAFTROOM_LEASE_SECONDS: "2", DRAFTROOM_LOG_LEVEL: "warn" };

export async function makePrograms(): Promise<Programs> {
  const folder = await mkdtemp(join(tmpdir(), "draftroom-programs-"));
  const running: DraftroomProcess[] = [];

  const start: Programs["start"] = async (env = {}) => {
    const draftroom = await startDraftroom({ DRAFTROOM_DATA_DIR: join(folder, "data"), ...QUICK, ...env });
    running.push(draftroom);
    return draftroom;
  };

  return {
    folder,
    start,
    async failToStart(env) {
      const startedAt = performance.now();
      const error = await start(env).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (!(error instanceof DidNotStart)) throw new Error("it started", { cause: error });
      return Object.assign(error, { ms: Math.round(performance.now() - startedAt) });
    },
    async remove() {
      for (const draftroom of running) await draftroom.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One of the studio's people, at a program. */
export async function mia(draftroom: DraftroomProcess): Promise<StudioPerson> {
  return (await connectStudio(draftroom.url)).as("mia");
}
