import { createFaultBox, type FaultBox } from "../cloud/fault-box.ts";
import type { Random } from "../cloud/random.ts";
import type { CallFault, EventFault } from "./local-discord.ts";
import { matchesRoute } from "./rest/call-log.ts";

export type DiscordFaultBox = FaultBox<CallFault, EventFault>;

/** `*` stands for anything, in routes and in types of events. */
export function createDiscordFaults(random: Random): DiscordFaultBox {
  return createFaultBox(random, { call: matchesRoute, event: matchesRoute });
}
