import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FinalId, TakeId } from "../../src/core/ids.ts";
import type { InsteadOf } from "../../src/core/round.ts";
import type { Pass, Records } from "../../src/ports/records.ts";
import { at, fresh, person } from "../support/fresh.ts";
import {
  findRound,
  newCall,
  newFinal,
  newRound,
  offeredRound,
  openChannel,
  startedRound,
  T0,
} from "../support/make-records.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

const T1 = at("2026-11-20T10:01:00Z");
const [ADA, MIA, NOOR] = [person("ada"), person("mia"), person("noor")];
const TO_NANO: Pass = {
  from: "sketch",
  to: "nano",
  insteadOf: { model: "sketch", because: "overloaded" },
};

/** What the rest of the program relies on in the records of who makes what, and what it cost. */
export function modelsContract(name: string, open: OpenDatabase): void {
  describe(`models: ${name}`, () => {
    let bench: TestDatabase;
    let records: Records;
    beforeAll(async () => {
      bench = await open();
      records = bench.database.records;
    });
    afterAll(() => bench.close());

    describe("a channel", () => {
      it("has a model for each tier while one is set", async () => {
        const { channels } = records;
        const ref = await openChannel(bench.database);
        const read = async () => (await channels.find(ref))?.models;
        expect(await read()).toEqual({ draft: undefined, final: undefined });
        await channels.setModel(ref, "draft", "nano", ADA, T0);
        await channels.setModel(ref, "final", "pro", ADA, T0);
        await channels.setRole(ref, "director", [ADA], MIA, T0);
        await channels.setRole(ref, "manager", [], MIA, T0);
        expect(await channels.find(ref)).toMatchObject({
          models: { draft: "nano", final: "pro" },
          directors: [ADA],
          managers: [],
        });
        await channels.setModel(ref, "draft", "klein", MIA, T1);
        await channels.setModel(ref, "final", undefined, MIA, T1);
        await channels.setModel(ref, "final", undefined, MIA, T1);
        expect(await read()).toEqual({ draft: "klein", final: undefined });
      });

      it("gets advice until that is put off, for all or for one", async () => {
        const { channels } = records;
        const [ref, other] = [await openChannel(bench.database), await openChannel(bench.database)];
        const isOn = async () => (await channels.find(ref))?.isAdviceOn;
        expect(await isOn()).toBe(true);
        await channels.setAdvice(ref, false, ADA, T0);
        expect(await isOn()).toBe(false);
        await channels.setAdvice(ref, true, ADA, T1);
        expect(await isOn()).toBe(true);
        await channels.dismissAdvice(ref, MIA, T0);
        await channels.dismissAdvice(ref, MIA, T1);
        const dismissed = [
          await channels.hasDismissedAdvice(ref, MIA),
          await channels.hasDismissedAdvice(ref, NOOR),
          await channels.hasDismissedAdvice(other, MIA),
        ];
        expect(dismissed).toEqual([true, false, false]);
        expect(await isOn()).toBe(true);
      });
    });

    describe("a take", () => {
      const startTake = async () => {
        const round = await startedRound(bench.database, newRound(await openChannel(bench.database)));
        return { round, take: round.takes[0]?.id as TakeId, other: round.takes[1]?.id as TakeId };
      };

      it("is passed on once by the model that has it, and waits again", async () => {
        const { rounds } = records;
        const { round, take } = await startTake();
        expect(await rounds.beginTake(take, T0)).toBe("first");
        expect(await rounds.passTake(take, { ...TO_NANO, from: "klein" }, T1)).toBe(false);
        const passed = await Promise.all([
          rounds.passTake(take, TO_NANO, T1),
          rounds.passTake(take, { ...TO_NANO, to: "klein" }, T1),
        ]);
        expect(passed.filter((each) => each)).toHaveLength(1);
        const model = passed[0] ? "nano" : "klein";
        const now = { model, insteadOf: TO_NANO.insteadOf };
        expect(await rounds.findTake(take)).toMatchObject({ ...now, status: "queued" });
        expect((await findRound(bench.database, round.id)).takes).toMatchObject([
          { ...now, state: { status: "queued" } },
          { model: "sketch", insteadOf: undefined },
        ]);
        expect((await findRound(bench.database, round.id)).model).toBe("sketch");
        expect(await rounds.beginTake(take, T1)).toBe("begun");
        const insteadOf: InsteadOf = { model: "sketch", because: "quota" };
        expect(await rounds.passTake(take, { from: model, to: "last", insteadOf }, T1)).toBe(true);
        expect(await rounds.findTake(take)).toMatchObject({ model: "last", insteadOf });
      });

      it("that has ended is passed to nobody", async () => {
        const { rounds } = records;
        const { take, other } = await startTake();
        await rounds.takeMade(take, fresh(), T0);
        await rounds.takeFailed(other, "blocked", T0);
        expect(await rounds.passTake(take, TO_NANO, T1)).toBe(false);
        expect(await rounds.passTake(other, TO_NANO, T1)).toBe(false);
        expect(await rounds.findTake(take)).toMatchObject({ model: "sketch", insteadOf: undefined });
      });

      it("is dropped while it waits, also for its second model", async () => {
        const { rounds } = records;
        const { round, take, other } = await startTake();
        expect(await rounds.dropTake(take, T0)).toBe(true);
        expect(await rounds.dropTake(take, T0)).toBe(false);
        expect(await rounds.beginTake(take, T0)).toBe("ended");
        await rounds.beginTake(other, T0);
        expect(await rounds.dropTake(other, T0)).toBe(false);
        await rounds.passTake(other, TO_NANO, T0);
        expect(await rounds.dropTake(other, T0)).toBe(true);
        const states = (await findRound(bench.database, round.id)).takes.map((each) => each.state);
        expect(states).toEqual(Array(2).fill({ status: "failed", failure: "cancelled" }));
      });

      it("is changed by nothing that is taken back", async () => {
        const { take } = await startTake();
        await bench.database.transact<void>(async (inside, undo) => {
          expect(await inside.rounds.passTake(take, TO_NANO, T1)).toBe(true);
          undo(undefined);
        });
        expect(await records.rounds.findTake(take)).toMatchObject({ model: "sketch", insteadOf: undefined });
      });
    });

    describe("a final", () => {
      const startFinal = async (): Promise<FinalId> => {
        const round = await offeredRound(bench.database, newRound(await openChannel(bench.database)));
        const final = newFinal(round, { model: "pro" });
        await records.finals.start(final);
        return final.id;
      };
      const toMax: Pass = { from: "pro", to: "max", insteadOf: { model: "pro", because: "quota" } };

      it("is passed on once by the model that has it, and waits again", async () => {
        const { finals } = records;
        const id = await startFinal();
        await finals.begin(id, T0);
        expect(await finals.pass(id, TO_NANO, T1)).toBe(false);
        const passed = await Promise.all([finals.pass(id, toMax, T1), finals.pass(id, toMax, T1)]);
        expect(passed.filter((each) => each)).toHaveLength(1);
        expect(await finals.find(id)).toMatchObject({
          model: "max",
          insteadOf: toMax.insteadOf,
          state: { status: "queued" },
        });
        await finals.deliver(id, fresh(), fresh(), T1);
        expect(await finals.pass(id, { ...toMax, from: "max", to: "pro" }, T1)).toBe(false);
        expect(await finals.find(id)).toMatchObject({ model: "max", insteadOf: toMax.insteadOf });
      });

      it("is dropped while it waits", async () => {
        const { finals } = records;
        const [waiting, begun] = [await startFinal(), await startFinal()];
        expect(await finals.drop(waiting, T0)).toBe(true);
        expect(await finals.drop(waiting, T0)).toBe(false);
        expect((await finals.find(waiting))?.state).toEqual({ status: "failed", failure: "cancelled" });
        await finals.begin(begun, T0);
        expect(await finals.drop(begun, T0)).toBe(false);
        await finals.pass(begun, toMax, T0);
        expect(await finals.drop(begun, T0)).toBe(true);
      });
    });

    it("at work are those that something waits for", async () => {
      const { rounds, finals } = records;
      // The database is shared: nobody else has models of these names.
      const [a, b, c] = [fresh("a"), fresh("b"), fresh("c")];
      const atWork = async () =>
        (await rounds.modelsAtWork()).filter((each) => [a, b, c].includes(each.name));
      const channel = await openChannel(bench.database);
      const round = newRound(channel, { model: a });
      await rounds.start(round);
      const offered = await offeredRound(bench.database, newRound(channel, { model: b }));
      const final = newFinal(offered, { model: c });
      await finals.start(final);
      const waiting = [
        { tier: "draft", name: a },
        { tier: "final", name: c },
      ];
      expect(await atWork()).toEqual(waiting);
      const [one, two] = round.takes.map((each) => each.id) as [TakeId, TakeId];
      await rounds.beginTake(one, T0);
      await rounds.passTake(two, { ...TO_NANO, from: a, to: b }, T0);
      expect(await atWork()).toEqual([waiting[0], { tier: "draft", name: b }, waiting[1]]);
      await rounds.takeMade(one, fresh(), T0);
      await finals.fail(final.id, "timeout", T0);
      expect(await atWork()).toEqual([{ tier: "draft", name: b }]);
      await rounds.fail(round.id, "timeout", T0);
      expect(await atWork()).toEqual([]);
    });

    describe("calls", () => {
      it("are counted by model since a time, and summed where price and cost are known", async () => {
        const { calls } = records;
        // The database is shared: these are the only calls of their time.
        const since = at("2031-01-01T00:00:00Z");
        const nano = { tier: "draft", name: "nano", at: since } as const;
        const all = [
          newCall({ ...nano, at: new Date(since.getTime() - 1) }),
          newCall({ ...nano, listUsd: 0.1, cost: { usd: 0.123457, basis: "reported" } }),
          newCall({ ...nano, listUsd: 0.2, cost: { usd: 0.1, basis: "tokens" } }),
          newCall({ ...nano, cost: undefined, requestId: undefined }),
          newCall({ ...nano, listUsd: undefined }),
          newCall({ ...nano, cost: { usd: 0.039, basis: "list" } }),
          newCall({ ...nano, outcome: "blocked", billed: "unknown" }),
          newCall({ ...nano, outcome: "interrupted", billed: "unknown" }),
          newCall({ ...nano, tier: "final", outcome: "timeout", billed: "no", cost: undefined }),
          newCall({ ...nano, tier: "final", name: "pro", listUsd: 0, cost: { usd: 0, basis: "reported" } }),
        ];
        for (const call of all) await calls.add(call);
        expect(await calls.counts(since)).toEqual([
          { tier: "draft", name: "nano", calls: 7, failures: 1 },
          { tier: "final", name: "nano", calls: 1, failures: 1 },
          { tier: "final", name: "pro", calls: 1, failures: 0 },
        ]);
        expect(await calls.costs(since)).toEqual([
          { tier: "draft", name: "nano", calls: 2, listUsd: 0.3, actualUsd: 0.223457 },
          { tier: "final", name: "pro", calls: 1, listUsd: 0, actualUsd: 0 },
        ]);
        const later = new Date(since.getTime() + 1);
        expect([await calls.counts(later), await calls.costs(later)]).toEqual([[], []]);
      });
    });
  });
}
