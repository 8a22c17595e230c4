import { describe, expect, it } from "vitest";
import { at } from "../support/fresh.ts";
import { later, useLedger } from "../support/ledger-bench.ts";
import type { OpenDatabase } from "../support/open-databases.ts";

/** Periods follow the calendar of their time zone. */
export function ledgerCalendarContract(name: string, open: OpenDatabase): void {
  describe(`ledger calendar: ${name}`, () => {
    const on = useLedger(open);

    it.each(CALENDAR)("$every in $timeZone: at $from it lasts until $until", async (row) => {
      const from = at(row.from);
      const account = await on.openAccount(10, from);
      await on.setAllowance(account, 10, { every: row.every, timeZone: row.timeZone }, from);
      const { resetsAt } = await on.ledger.balance(account, from);
      expect(resetsAt).toEqual(at(row.until));
      const last = later(-1, resetsAt);
      expect((await on.ledger.balance(account, last)).resetsAt).toEqual(resetsAt);
      expect((await on.ledger.balance(account, at(row.until))).resetsAt).toEqual(at(row.next));
    });
  });
}

/** Time zone rules of the IANA database: the clocks change in Madrid on 2026-03-29 and 2026-10-25, in New York on 2026-11-01. */
const CALENDAR = [
  {
    every: "day",
    timeZone: "UTC",
    from: "2026-11-20T10:00:00Z",
    until: "2026-11-21T00:00:00Z",
    next: "2026-11-22T00:00:00Z",
  },
  // 23 hours, then 24.
  {
    every: "day",
    timeZone: "Europe/Madrid",
    from: "2026-03-28T23:00:00Z",
    until: "2026-03-29T22:00:00Z",
    next: "2026-03-30T22:00:00Z",
  },
  // 25 hours, then 24.
  {
    every: "day",
    timeZone: "Europe/Madrid",
    from: "2026-10-24T22:00:00Z",
    until: "2026-10-25T23:00:00Z",
    next: "2026-10-26T23:00:00Z",
  },
  {
    every: "day",
    timeZone: "Asia/Kolkata",
    from: "2026-06-01T00:00:00Z",
    until: "2026-06-01T18:30:00Z",
    next: "2026-06-02T18:30:00Z",
  },
  {
    every: "day",
    timeZone: "America/New_York",
    from: "2026-11-01T04:00:00Z",
    until: "2026-11-02T05:00:00Z",
    next: "2026-11-03T05:00:00Z",
  },
  // Weeks start on Monday.
  {
    every: "week",
    timeZone: "UTC",
    from: "2026-11-22T23:59:59Z",
    until: "2026-11-23T00:00:00Z",
    next: "2026-11-30T00:00:00Z",
  },
  {
    every: "week",
    timeZone: "Europe/Madrid",
    from: "2026-10-20T12:00:00Z",
    until: "2026-10-25T23:00:00Z",
    next: "2026-11-01T23:00:00Z",
  },
  {
    every: "month",
    timeZone: "UTC",
    from: "2026-01-31T12:00:00Z",
    until: "2026-02-01T00:00:00Z",
    next: "2026-03-01T00:00:00Z",
  },
  // A leap year's February.
  {
    every: "month",
    timeZone: "UTC",
    from: "2028-02-29T12:00:00Z",
    until: "2028-03-01T00:00:00Z",
    next: "2028-04-01T00:00:00Z",
  },
  {
    every: "month",
    timeZone: "Europe/Madrid",
    from: "2026-03-15T12:00:00Z",
    until: "2026-03-31T22:00:00Z",
    next: "2026-04-30T22:00:00Z",
  },
  {
    every: "month",
    timeZone: "Pacific/Auckland",
    from: "2026-12-31T10:59:59Z",
    until: "2026-12-31T11:00:00Z",
    next: "2027-01-31T11:00:00Z",
  },
] as const;
