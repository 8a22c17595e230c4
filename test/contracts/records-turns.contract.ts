import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelRef, UserRef } from "../../src/core/ids.ts";
import type { TurnStore } from "../../src/ports/work.ts";
import { person } from "../support/fresh.ts";
import { openChannel } from "../support/make-records.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

interface Queued {
  readonly who: string;
  readonly turn: number;
}

/** The fair order of a queue, with the database keeping count. */
export function turnsContract(name: string, open: OpenDatabase): void {
  describe(`turns: ${name}`, () => {
    let bench: TestDatabase;
    let turns: TurnStore;
    beforeAll(async () => {
      bench = await open();
      turns = bench.database.records.turns;
    });
    afterAll(() => bench.close());

    const join = async (who: string, channel: ChannelRef, count: number, as: UserRef = person(who)) =>
      (await turns.take("takes", channel, as, count)).map((turn): Queued => ({ who, turn }));

    it("lets a small round of another channel pass ten large ones that wait", async () => {
      const [busy, calm] = [await openChannel(bench.database), await openChannel(bench.database)];
      const waiting: Queued[] = [];
      for (let round = 0; round < 10; round++) waiting.push(...(await join("busy", busy, 16)));
      expect(waiting).toHaveLength(160);
      // Eight of them have started: two blocks.
      const order = serve(waiting);
      for (const { turn } of order.slice(0, 8)) await turns.started("takes", turn);
      const late = await join("calm", calm, 4);
      const rest = serve([...order.slice(8), ...late]);
      // At most what shares the running block goes first.
      const last = rest.findLastIndex((each) => each.who === "calm");
      expect(last).toBeLessThan(8);
      expect(rest.slice(last + 1).length).toBeGreaterThan(140);
    });

    it("interleaves two people of one channel who both wait", async () => {
      const channel = await openChannel(bench.database);
      const start = (await join("clock", await openChannel(bench.database), 1))[0]?.turn ?? 0;
      await turns.started("takes", start);
      const mia = await join("mia", channel, 16);
      const noor = await join("noor", channel, 16);
      const more = await join("mia", channel, 16);
      const served = serve([...mia, ...noor, ...more]).map((each) => each.who);
      // Noor came second, and yet half of what goes in the first half is hers.
      expect(served.slice(0, 24).filter((who) => who === "noor").length).toBeGreaterThanOrEqual(8);
      expect(served.lastIndexOf("noor")).toBeLessThan(served.lastIndexOf("mia"));
    });

    it("gives one person's rounds that come at the same moment one place behind the other", async () => {
      const channel = await openChannel(bench.database);
      const rounds = await Promise.all(
        Array.from({ length: 6 }, () =>
          bench.database.transact((inside) => inside.turns.take("takes", channel, person("mia"), 4)),
        ),
      );
      const starts = rounds.map((each) => each[0] ?? -1).toSorted((a, b) => a - b);
      const [first = 0] = starts;
      expect(starts.map((each) => each - first)).toEqual([0, 1, 2, 3, 4, 5]);
      for (const each of rounds) expect(new Set(each).size).toBe(1);
    });

    it("starts nobody behind the clock, and moves the clock forward only", async () => {
      const channel = await openChannel(bench.database);
      await turns.started("finals", 40);
      await turns.started("finals", 12);
      expect(await turns.take("finals", channel, person("mia"), 2)).toEqual([40, 41]);
      expect(await turns.take("finals", channel, person("mia"), 1)).toEqual([42]);
      await turns.started("finals", 60);
      expect(await turns.take("finals", channel, person("mia"), 1)).toEqual([60]);
    });
  });
}

/** As the queue does: the lowest turn first, and among equals the first that came. */
function serve(queued: readonly Queued[]): readonly Queued[] {
  return queued.toSorted((a, b) => a.turn - b.turn);
}
