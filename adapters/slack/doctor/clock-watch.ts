import type { FetchFunction } from "@slack/web-api";
import { bad, type Finding, fine, warn } from "../../../src/ports/finding.ts";
import type { Clock } from "../../../src/ports/log.ts";

/** Compares this machine's clock to that of whoever answers. */
export interface ClockWatch {
  /** As the `fetch` that was given. */
  readonly fetch: FetchFunction;
  /** By how many ms our clock is ahead, give or take a second; undefined before an answer with a date. */
  aheadMs(): number | undefined;
}

export function createClockWatch(fetch: FetchFunction, clock: Clock): ClockWatch {
  let aheadMs: number | undefined;
  return {
    async fetch(url, init) {
      const asked = clock().getTime();
      const response = await fetch(url, init);
      const date = Date.parse(response.headers.get("date") ?? "");
      // It was written somewhere between asking and hearing, and says whole seconds.
      if (!Number.isNaN(date)) aheadMs = (asked + clock().getTime()) / 2 - (date + 500);
      return response;
    },
    aheadMs: () => aheadMs,
  };
}

/** "The request timestamp is more than five minutes from local time": https://docs.slack.dev/authentication/verifying-requests-from-slack */
const SIGNED_MS_MAX = 5 * 60 * 1000;
const OFF_MS_MAX = 30_000;

/** @param isSigned whether requests are refused by the time that they are signed with. */
export function checkClock(aheadMs: number | undefined, isSigned: boolean): readonly Finding[] {
  if (aheadMs === undefined) return [];
  const off = Math.abs(aheadMs);
  if (off <= OFF_MS_MAX) return [fine("This machine's clock agrees with Slack's.")];
  const says = `This machine's clock is ${Math.round(off / 1000)} s ${aheadMs > 0 ? "ahead of" : "behind"} Slack's.`;
  const step = "Let the machine keep its time by NTP.";
  return isSigned && off >= SIGNED_MS_MAX
    ? [bad(`${says} Every request of Slack's is refused as too old or too new.`, step)]
    : [warn(says, step)];
}
