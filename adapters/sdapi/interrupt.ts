import { z } from "zod";
import type { Ask } from "./ask.ts";

/** How long the server may take to say what it is at, in milliseconds. */
const WAIT_MS = 5_000;

const progress = z.object({ active: z.boolean() });

/**
 * Has the server stop a task that nobody waits for any more, as well as it can be done: it goes on with what
 * it was asked for whoever hangs up. Its interrupt stops whatever is running and passes the unfinished picture
 * off as done, so that it is used only when the server says that the task is what is running: web UIs do
 * (`modules/progress.py`), stable-diffusion.cpp has no interrupt. Never rejects.
 */
export async function interrupt(ask: Ask, task: string): Promise<void> {
  const signal = AbortSignal.timeout(WAIT_MS);
  try {
    const question = { id_task: task, live_preview: false };
    const { json } = await ask("POST", "internal/progress", question, signal);
    if (progress.safeParse(json).data?.active !== true) return;
    await ask("POST", "sdapi/v1/interrupt", {}, signal);
  } catch {
    // It finishes the picture then, and nobody looks at it.
  }
}
