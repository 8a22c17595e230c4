import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AssetId, EventId, FinalId, RoundId, TakeId } from "../../src/core/ids.ts";
import type { Records } from "../../src/ports/records.ts";
import { at, fresh, person } from "../support/fresh.ts";
import { findRound, newRound, openChannel, startedRound, T0 } from "../support/make-records.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

const T1 = at("2026-11-20T10:01:00Z");
const T2 = at("2026-11-20T10:02:00Z");
const [_ADA, MIA, NOOR] = [person("ada"), person("mia"), person("noor")];

/** What the rest of the program relies on in the records of rounds, takes and votes. */
export function roundsContract(name: string, open: OpenDatabase): void {
  describe(`rounds: ${name}`, () => {
    let bench: TestDatabase;
    let records: Records;
    beforeAll(async () => {
      bench = await open();
      records = bench.database.records;
    });
    afterAll(() => bench.close());

    describe("a round", () => {
      it("comes back as it was asked for, with its concept and its post", async () => {
        const channel = await openChannel(bench.database);
        const asked = newRound(channel, {
          order: {
            prompt: "“fox” 🦊 $1 '; --",
            seed: 2 ** 32 - 1,
            aspect: "21:9",
            count: 2,
            finalSize: "4K",
            keep: "exact",
            references: [fresh<AssetId>(), fresh<AssetId>()],
          },
        });
        const round = await startedRound(bench.database, asked);
        expect(round).toEqual({
          id: asked.id,
          concept: { id: asked.newConcept, channel, requester: MIA, rootPost: asked.post },
          number: 1,
          requester: MIA,
          order: asked.order,
          origin: { kind: "draft" },
          model: "sketch",
          takePrice: asked.takePrice,
          post: asked.post,
          createdAt: T0,
          takes: asked.takes.map(({ id, number, seed, turn }) => ({
            id,
            round: asked.id,
            number,
            seed,
            turn,
            model: "sketch",
            insteadOf: undefined,
            state: { status: "queued" },
          })),
          state: { status: "queued" },
        });
        expect(await records.posts.find(asked.post)).toMatchObject({
          place: { channel, thread: undefined },
          under: undefined,
          subject: { kind: "round", round: asked.id },
          status: "waiting",
        });
        expect(await records.rounds.find(fresh<RoundId>())).toBeUndefined();
      });

      it("is one for one event, however often it comes", async () => {
        const channel = await openChannel(bench.database);
        const event = fresh<EventId>();
        const tries = Array.from({ length: 10 }, () => newRound(channel, { event }));
        const results = await Promise.all(
          tries.map((each) => bench.database.transact((inside) => inside.rounds.start(each))),
        );
        const started = tries.filter((_, index) => results[index]?.status === "started");
        expect(started).toHaveLength(1);
        const id = started[0]?.id;
        expect(results.filter((each) => each.status === "exists")).toEqual(
          Array.from({ length: 9 }, () => ({ status: "exists", round: id })),
        );
        expect(await records.rounds.start(newRound(channel, { event }))).toEqual({
          status: "exists",
          round: id,
        });
        const { rows } = await bench.pool.query("select id from draftroom.concepts where channel = $1", [
          channel,
        ]);
        expect(rows).toHaveLength(1);
      });

      it("of a known concept is numbered and stands under the first, when several start at once too", async () => {
        const channel = await openChannel(bench.database);
        const first = await startedRound(bench.database, newRound(channel));
        const more = Array.from({ length: 4 }, () =>
          newRound(channel, {
            concept: first.concept.id,
            requester: NOOR,
            origin: { kind: "reroll", of: first.id },
          }),
        );
        await Promise.all(more.map((each) => bench.database.transact((inside) => inside.rounds.start(each))));
        const rounds = await Promise.all(more.map((each) => findRound(bench.database, each.id)));
        expect(rounds.map((each) => each.number).toSorted()).toEqual([2, 3, 4, 5]);
        expect(new Set(rounds.map((each) => each.concept.id))).toEqual(new Set([first.concept.id]));
        expect(rounds[0]).toMatchObject({
          requester: NOOR,
          concept: { requester: MIA },
          origin: { kind: "reroll", of: first.id },
        });
        expect((await records.posts.find(rounds[0]?.post ?? first.post))?.under).toBe(first.post);
        const vary = newRound(channel, {
          concept: first.concept.id,
          origin: { kind: "vary", of: first.takes[1]?.id as TakeId, number: 2 },
        });
        expect((await startedRound(bench.database, vary)).origin).toEqual(vary.origin);
        const like = newRound(channel, { origin: { kind: "like", of: fresh<AssetId>() } });
        expect((await startedRound(bench.database, like)).origin).toEqual(like.origin);
      });

      it("is rendering from its first take; a take ends once", async () => {
        const round = await startedRound(
          bench.database,
          newRound(await openChannel(bench.database), { count: 3 }),
        );
        const [one, two, three] = round.takes.map((each) => each.id) as [TakeId, TakeId, TakeId];
        expect(await records.rounds.beginTake(one, T1)).toBe("first");
        expect(await records.rounds.beginTake(two, T1)).toBe("begun");
        expect(await records.rounds.beginTake(one, T1)).toBe("begun");
        expect(await records.rounds.findTake(one)).toMatchObject({
          status: "rendering",
          number: 1,
          turn: 0,
          model: "sketch",
          insteadOf: undefined,
          round: { id: round.id },
        });
        const asset = fresh<AssetId>();
        const ends = await Promise.all([
          records.rounds.takeMade(one, asset, T1),
          records.rounds.takeMade(one, asset, T1),
          records.rounds.takeFailed(one, "timeout", T1),
        ]);
        expect(ends.filter((each) => each)).toHaveLength(1);
        expect(await records.rounds.takeFailed(two, "blocked", T1)).toBe(true);
        expect(await records.rounds.takeMade(two, asset, T1)).toBe(false);
        expect(await records.rounds.beginTake(two, T1)).toBe("ended");
        expect(await records.rounds.takeMade(three, asset, T1)).toBe(true);
        const now = await findRound(bench.database, round.id);
        expect(now.state).toEqual({ status: "rendering" });
        expect(now.takes[1]?.state).toEqual({ status: "failed", failure: "blocked" });
        expect(now.takes[2]?.state).toEqual({ status: "made", asset });
        expect(await records.rounds.findTake(fresh<TakeId>())).toBeUndefined();
      });

      it("goes from state to state by compare-and-set", async () => {
        const { rounds } = records;
        const { id } = await startedRound(bench.database, newRound(await openChannel(bench.database)));
        const [final, other, grid] = [fresh<FinalId>(), fresh<FinalId>(), fresh<AssetId>()];
        expect(await rounds.close(id, final, T1)).toBe(false);
        expect(await rounds.offer(id, grid, T1)).toBe(true);
        expect(await rounds.offer(id, grid, T1)).toBe(false);
        expect(await rounds.fail(id, "timeout", T1)).toBe(false);
        const closed = await Promise.all([rounds.close(id, final, T1), rounds.close(id, other, T1)]);
        expect(closed.filter((each) => each)).toHaveLength(1);
        const [winner, loser] = closed[0] ? [final, other] : [other, final];
        expect((await findRound(bench.database, id)).state).toEqual({
          status: "closed",
          grid,
          final: winner,
        });
        expect(await rounds.reopen(id, loser, T1)).toBe(false);
        expect(await rounds.reopen(id, winner, T1)).toBe(true);
        expect(await rounds.reopen(id, winner, T1)).toBe(false);
        expect((await findRound(bench.database, id)).state).toEqual({ status: "choosing", grid });
      });

      it("fails once, and is then over", async () => {
        const { id } = await startedRound(bench.database, newRound(await openChannel(bench.database)));
        expect(await records.rounds.fail(id, "blocked", T1)).toBe(true);
        expect(await records.rounds.fail(id, "timeout", T1)).toBe(false);
        expect(await records.rounds.offer(id, fresh<AssetId>(), T1)).toBe(false);
        expect((await findRound(bench.database, id)).state).toEqual({ status: "failed", failure: "blocked" });
      });

      it("has one vote a person, the earliest first", async () => {
        const { rounds } = records;
        const { id } = await startedRound(bench.database, newRound(await openChannel(bench.database)));
        await rounds.vote(id, MIA, 1, T0);
        await rounds.vote(id, NOOR, 2, T1);
        await rounds.vote(id, MIA, 2, T2);
        expect(await rounds.votes(id)).toEqual([
          { person: NOOR, number: 2 },
          { person: MIA, number: 2 },
        ]);
        await rounds.unvote(id, NOOR, 1);
        expect(await rounds.votes(id)).toHaveLength(2);
        await rounds.unvote(id, NOOR, 2);
        expect(await rounds.votes(id)).toEqual([{ person: MIA, number: 2 }]);
      });

      it("is stale while unfinished and unchanged", async () => {
        const old = at("2020-01-01T00:00:00Z");
        const { id, takes } = await startedRound(
          bench.database,
          newRound(await openChannel(bench.database), { at: old }),
        );
        const isStale = async (before: Date) => (await records.rounds.stale(before, 1000)).includes(id);
        expect(await isStale(old)).toBe(true);
        expect(await isStale(new Date(old.getTime() - 1))).toBe(false);
        await records.rounds.takeFailed(takes[0]?.id as TakeId, "timeout", new Date(old.getTime() + 1000));
        expect(await isStale(old)).toBe(false);
        expect(await isStale(T0)).toBe(true);
        await records.rounds.fail(id, "timeout", old);
        expect(await isStale(T0)).toBe(false);
      });
    });
  });
}
