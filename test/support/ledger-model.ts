import type { Period } from "../../src/ports/ledger.ts";

/** One movement, in plain words. Ids are small numbers, so that histories repeat them. */
export type Move =
  | { readonly kind: "grant"; readonly id: number; readonly amount: number }
  | { readonly kind: "reserve"; readonly holds: readonly { readonly id: number; readonly amount: number }[] }
  /** Undefined spends all. */
  | { readonly kind: "spend"; readonly id: number; readonly amount: number | undefined }
  | { readonly kind: "release"; readonly id: number }
  | { readonly kind: "allowance"; readonly id: number; readonly amount: number; readonly every: Period }
  | { readonly kind: "freeze" | "unfreeze" }
  | { readonly kind: "wait"; readonly hours: number };

export interface Figures {
  readonly granted: number;
  readonly available: number;
  readonly reserved: number;
  readonly spent: number;
}

interface PeriodFigures {
  allowance: number;
  granted: number;
  reserved: number;
  spent: number;
}

/** A budget as the words of `Ledger` describe it, in UTC, with everything in memory. */
export class LedgerModel {
  #now: Date;
  #allowance: number;
  #every: Period | undefined;
  #endsAt: Date | undefined;
  #frozen = false;
  #carriedLate = 0;
  readonly #periods: PeriodFigures[];
  readonly #grants = new Map<number, number>();
  readonly #allowances = new Set<number>();
  readonly #holds = new Map<
    number,
    { readonly amount: number; readonly period: PeriodFigures; status: "held" | "spent" | "released" }
  >();

  constructor(start: number, now: Date) {
    this.#now = now;
    this.#allowance = start;
    this.#periods = [{ allowance: start, granted: start, reserved: 0, spent: 0 }];
  }

  get now(): Date {
    return this.#now;
  }

  /** The credits that came back to a period that was over, and moved on. */
  get carriedLate(): number {
    return this.#carriedLate;
  }

  figures(): Figures & { readonly resetsAt: Date | undefined; readonly frozen: boolean } {
    this.#roll();
    const { granted, reserved, spent } = this.#current;
    const available = granted - reserved - spent;
    return { granted, available, reserved, spent, resetsAt: this.#endsAt, frozen: this.#frozen };
  }

  /** The status that the ledger answers. */
  apply(move: Move): string {
    switch (move.kind) {
      case "wait":
        this.#now = new Date(this.#now.getTime() + move.hours * 3_600_000);
        return "waited";
      case "grant":
        return this.#grant(move.id, move.amount);
      case "reserve":
        return this.#reserve(move.holds);
      case "spend":
        return this.#settle(move.id, "spent", move.amount);
      case "release":
        return this.#settle(move.id, "released", 0);
      case "allowance":
        return this.#setAllowance(move.id, move.amount, move.every);
      case "freeze":
      case "unfreeze":
        return this.#freeze(move.kind === "freeze");
    }
  }

  #grant(id: number, amount: number): string {
    const known = this.#grants.get(id);
    if (known !== undefined) return known === amount ? "exists" : "exists_with_different_amount";
    this.#roll();
    this.#grants.set(id, amount);
    this.#current.granted += amount;
    return "granted";
  }

  #reserve(holds: readonly { readonly id: number; readonly amount: number }[]): string {
    if (holds.some((each) => this.#holds.has(each.id))) {
      const same = holds.every((each) => this.#holds.get(each.id)?.amount === each.amount);
      return same ? "exists" : "exists_with_different_amount";
    }
    const needed = holds.reduce((sum, each) => sum + each.amount, 0);
    const { available, frozen } = this.figures();
    if (frozen) return "frozen";
    if (available < needed) return "insufficient";
    const period = this.#current;
    period.reserved += needed;
    for (const { id, amount } of holds) this.#holds.set(id, { amount, period, status: "held" });
    return "reserved";
  }

  #settle(id: number, status: "spent" | "released", cost: number | undefined): string {
    const hold = this.#holds.get(id);
    if (hold === undefined) return "not_found";
    if (hold.status !== "held") return `already_${hold.status}`;
    const spent = cost ?? hold.amount;
    if (spent > hold.amount) return "exceeds_reservation";
    const { period } = hold;
    period.reserved -= hold.amount;
    period.spent += spent;
    hold.status = status;
    if (period !== this.#current) {
      // Grants that come back late move on; a period that is over has no use for them.
      const carried = unusedGrants(period);
      period.granted -= carried;
      this.#current.granted += carried;
      this.#carriedLate += carried;
    }
    return status;
  }

  #setAllowance(id: number, amount: number, every: Period): string {
    if (this.#allowances.has(id)) return "exists";
    const { available } = this.figures();
    const period = this.#current;
    const change = Math.max(amount - period.allowance, -available);
    period.granted += change;
    period.allowance += change;
    this.#allowances.add(id);
    this.#allowance = amount;
    this.#every = every;
    this.#endsAt = endOf(every, this.#now);
    return "set";
  }

  #freeze(on: boolean): string {
    if (this.#frozen === on) return on ? "already_frozen" : "not_frozen";
    this.#frozen = on;
    return on ? "frozen" : "unfrozen";
  }

  #roll(): void {
    if (this.#endsAt === undefined || this.#every === undefined || this.#endsAt > this.#now) return;
    const old = this.#current;
    const carried = unusedGrants(old);
    old.granted -= carried;
    this.#periods.push({
      allowance: this.#allowance,
      granted: this.#allowance + carried,
      reserved: 0,
      spent: 0,
    });
    this.#endsAt = endOf(this.#every, this.#now);
  }

  get #current(): PeriodFigures {
    const period = this.#periods.at(-1);
    if (period === undefined) throw new Error("a budget has a period");
    return period;
  }
}

/** The allowance is used first: what is left of the grants is the smaller of all that is left and all that was granted. */
function unusedGrants({ granted, reserved, spent, allowance }: PeriodFigures): number {
  return Math.min(granted - reserved - spent, granted - allowance);
}

/** The midnight, UTC, at which the period of `at` ends. */
function endOf(every: Period, at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  if (every === "month") return new Date(Date.UTC(year, month + 1, 1));
  const sinceMonday = (at.getUTCDay() + 6) % 7;
  return new Date(Date.UTC(year, month, day + (every === "day" ? 1 : 7 - sinceMonday)));
}
