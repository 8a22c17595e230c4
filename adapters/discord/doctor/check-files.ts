import { bad, type Finding, fine } from "../../../src/ports/finding.ts";
import { reasonOf } from "./trouble.ts";

const ANSWER_MS_MAX = 10_000;

/** Whether people reach the originals that are too large for Discord. */
export async function checkFiles(publicUrl: URL | undefined): Promise<readonly Finding[]> {
  if (publicUrl === undefined) {
    const says =
      "DISCORD_FILES_URL is not set: what is too large for Discord is shown smaller, without a link.";
    return [fine(says)];
  }
  const health = new URL("health", publicUrl);
  const step = `Start Draftroom first; then see that everything below ${publicUrl} leads to DISCORD_FILES_PORT.`;
  try {
    const { status } = await fetch(health, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return [
      status === 200
        ? fine(`${health} answers.`)
        : bad(`${health} answers with ${status}: it is not Draftroom, or it is not well.`, step),
    ];
  } catch (error) {
    return [bad(`${health} does not answer (${reasonOf(error)}).`, step)];
  }
}
