import { setTimeout as sleep } from "node:timers/promises";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import type { Access } from "../installs/access.ts";
import { backoffMs } from "./backoff.ts";

interface Parts {
  readonly access: Access;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Resolves once Slack, or our own records, have said where the app is installed; however long that takes.
 *
 * @throws Error, which names the setting, when the token is no good.
 */
export async function awaitAccess({ access, log, signal }: Parts): Promise<void> {
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      await access.teams();
      return;
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (error.kind !== "unavailable") throw badToken(error);
      log.warn("slack.not_reached", { reason: error.message, failures });
      const waitMs = Math.max(backoffMs(failures), error.retryAfterMs ?? 0);
      await sleep(waitMs, undefined, { signal }).catch(() => {});
    }
  }
}

/** What was refused is said by whoever knows the setting. */
function badToken(error: ChatError): Error {
  const where = "api.slack.com/apps → OAuth & Permissions → Bot User OAuth Token";
  return new Error(`Slack does not let Draftroom in: ${error.message}. The token is at ${where}.`, {
    cause: error,
  });
}
