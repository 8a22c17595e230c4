import { PermissionFlagsBits } from "discord.js";
import type { Card } from "../../../src/core/card.ts";
import { missingIn } from "../permissions.ts";
import { missingPermissions } from "./gateway-cards.ts";
import type { Site } from "./whereabouts.ts";

/** Where there are no threads, a story goes on in the channel. */
const OF_THREADS = PermissionFlagsBits.CreatePublicThreads | PermissionFlagsBits.SendMessagesInThreads;

/**
 * What keeps the bot from showing there what it would be charged for.
 *
 * @param interaction says what the bot may do where it happened:
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-structure
 */
export function findObstacle(
  { app_permissions }: { readonly app_permissions: string },
  { isThread, hasThreads }: Site,
): Card | undefined {
  const has = BigInt(app_permissions);
  const missing = missingIn(hasThreads ? has : has | OF_THREADS, isThread);
  return missing.length === 0 ? undefined : missingPermissions(missing);
}
