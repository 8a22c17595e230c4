import { startDraftroom } from "../support/draftroom-process.ts";
import type { Ground } from "./grounds.ts";

/** Lets the program make its database. */
export async function startOnce({ env }: Ground): Promise<void> {
  const program = await startDraftroom({ ...env, DRAFTROOM_LOG_LEVEL: "error" });
  await program.stop();
}
