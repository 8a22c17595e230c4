import { describe, expect, it } from "vitest";
import { credits } from "../../src/core/credits.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { firstOf, later, orderOf, useLedger } from "../support/ledger-bench.ts";
import { T0 } from "../support/make-records.ts";
import type { OpenDatabase } from "../support/open-databases.ts";

/** What can be read from a ledger, and what cannot be done to it. */
export function ledgerBooksContract(name: string, open: OpenDatabase): void {
  describe(`ledger books: ${name}`, () => {
    const on = useLedger(open);

    describe("entries", () => {
      it("are never changed nor taken away", async () => {
        const account = await on.openAccount(10);
        const change = "update draftroom.entries set amount = amount + 1 where account_id = $1";
        await expect(on.bench.pool.query(change, [account])).rejects.toThrow(/append-only/);
        const removal = "delete from draftroom.entries where account_id = $1";
        await expect(on.bench.pool.query(removal, [account])).rejects.toThrow(/append-only/);
        expect(await on.ledger.entries(account, 10)).toHaveLength(1);
      });

      it("a period whose figures do not add up is refused by its table", async () => {
        const account = await on.openAccount(10);
        const change = "update draftroom.periods set available = available + 1 where account_id = $1";
        await expect(on.bench.pool.query(change, [account])).rejects.toThrow(/check/);
      });

      it("the audit sees figures that no entry explains", async () => {
        const account = await on.openAccount(10);
        const client = await on.bench.pool.connect();
        try {
          await client.query("begin");
          await client.query(
            "update draftroom.periods set available = 11, granted = 11 where account_id = $1",
            [account],
          );
          await expect(audit(client, account)).rejects.toThrow(/sums of its entries/);
        } finally {
          await client.query("rollback");
          client.release();
        }
        expect(await audit(on.bench.pool, account)).toEqual({ periods: 1, reservations: 0, entries: 1 });
      });

      it("come newest first, as many as asked for", async () => {
        const account = await on.openAccount(10);
        for (const amount of [1, 2, 3]) await on.grant(account, amount, fresh(), later(amount * 1000));
        expect((await on.ledger.entries(account, 2)).map((entry) => entry.amount)).toEqual([3, 2]);
      });
    });

    describe("overdue", () => {
      it("names holds past their time, oldest first", async () => {
        const account = await on.openAccount(10);
        const [first, second, settled] = [
          orderOf(account, [1]),
          orderOf(account, [1]),
          orderOf(account, [1]),
        ];
        await on.ledger.reserve({ ...second, expiresAt: later(2000) });
        await on.ledger.reserve({ ...first, expiresAt: later(1000), tier: "final" });
        await on.ledger.reserve({ ...settled, expiresAt: later(1000) });
        await on.ledger.spend(firstOf(settled), credits(1), T0);
        const mine = async (when: Date) => {
          const subjects = [first.subject, second.subject, settled.subject];
          return (await on.ledger.overdue(when, 1000)).filter((each) => subjects.includes(each.subject));
        };
        expect(await mine(later(999))).toEqual([]);
        expect(await mine(later(1000))).toEqual([
          { id: firstOf(first), tier: "final", subject: first.subject },
        ]);
        expect((await mine(later(2000))).map((each) => each.id)).toEqual([firstOf(first), firstOf(second)]);
      });
    });
  });
}
