import { setTimeout as sleep } from "node:timers/promises";

/** How long another session of the bot is left to answer first, in milliseconds: less than an answer is put off at. */
const OTHERS_MS = 1_500;

/**
 * Resolves when another session of the bot, if there is one, has had time to answer what came at that time. During
 * a hand-over both hear everything, and Discord takes the first answer, which should be that of whoever has more to say.
 */
export async function afterOthers(at: number): Promise<void> {
  await sleep(Math.max(0, at + OTHERS_MS - Date.now()));
}
