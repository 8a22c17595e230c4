import { createFaultBox, type FaultBox } from "../cloud/fault-box.ts";
import type { Random } from "../cloud/random.ts";
import type { CallFault, EventFault } from "./local-slack.ts";

export type SlackFaultBox = FaultBox<CallFault, EventFault>;

/** `*` is every method of the Web API (they have a point in their names), and every event. */
export function createSlackFaults(random: Random): SlackFaultBox {
  return createFaultBox(random, {
    call: (ordered, method) => ordered === method || (ordered === "*" && method.includes(".")),
    event: (ordered, type) => ordered === type || ordered === "*",
  });
}
