import { setTimeout as sleep } from "node:timers/promises";
import { ChatError } from "../../../src/ports/chat.ts";

/**
 * Goes through a list page by page: half of it is worth nothing, so a limit that ends soon is waited for. Nothing
 * else waits behind it.
 */
export async function patiently<T>(read: () => Promise<T>, waitMsMax = 15_000): Promise<T> {
  for (let leftMs = waitMsMax; ; ) {
    try {
      return await read();
    } catch (error) {
      const limitMs =
        error instanceof ChatError && error.kind === "unavailable" ? error.retryAfterMs : undefined;
      if (limitMs === undefined || limitMs > leftMs) throw error;
      leftMs -= limitMs;
      await sleep(limitMs);
    }
  }
}
