import type { REST } from "discord.js";
import type { z } from "zod";
import { ChatError } from "../../../src/ports/chat.ts";
import { toChatError } from "../discord-errors.ts";
import { patiently } from "../sender/patiently.ts";

/** How long to wait for a limit to end, in milliseconds. */
const LIMIT_MS_MAX = 5_000;

/**
 * Reads something of a server's.
 *
 * @throws ChatError `gone` when it is not there; `unavailable` otherwise, for better nobody decides than a guess.
 */
export function askDiscord<T>(
  rest: REST,
  route: `/${string}`,
  shape: z.ZodType<T>,
  doing: string,
): Promise<T> {
  return patiently(async () => {
    try {
      return shape.parse(await rest.get(route));
    } catch (cause) {
      const error = toChatError(doing, cause);
      if (error.kind !== "refused") throw error;
      throw new ChatError("unavailable", error.message, { inDoubt: false, cause: error.cause });
    }
  }, LIMIT_MS_MAX);
}
