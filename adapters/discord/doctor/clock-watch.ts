import type { REST } from "discord.js";
import { type Finding, fine, warn } from "../../../src/ports/finding.ts";
import type { Clock } from "../../../src/ports/log.ts";

const OFF_MS_MAX = 30_000;

/** Compares this machine's clock to that of whoever answers. Resolves to a finding once something was answered. */
export function watchClock(rest: REST, clock: Clock): () => readonly Finding[] {
  let aheadMs: number | undefined;
  rest.on("response", (_request, response) => {
    const date = Date.parse(response.headers.get("date") ?? "");
    // It says whole seconds.
    if (!Number.isNaN(date)) aheadMs = clock().getTime() - (date + 500);
  });
  return () => {
    if (aheadMs === undefined) return [];
    if (Math.abs(aheadMs) <= OFF_MS_MAX) return [fine("This machine's clock agrees with Discord's.")];
    const seconds = Math.round(Math.abs(aheadMs) / 1000);
    const says = `This machine's clock is ${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} Discord's.`;
    // The age of an interaction and of a message is read from its id.
    return [
      warn(
        `${says} Times are wrong then, and answers may be given up too early.`,
        "Let it keep time by NTP.",
      ),
    ];
  };
}
