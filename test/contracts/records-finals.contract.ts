import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Decision } from "../../src/core/final.ts";
import type { AssetId, FinalId, TakeId } from "../../src/core/ids.ts";
import type { Records } from "../../src/ports/records.ts";
import { at, fresh, person } from "../support/fresh.ts";
import { newFinal, newRound, offeredRound, openChannel, T0 } from "../support/make-records.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

const T1 = at("2026-11-20T10:01:00Z");
const T2 = at("2026-11-20T10:02:00Z");
const [ADA, _MIA, NOOR] = [person("ada"), person("mia"), person("noor")];
const APPROVED: Decision = { status: "approved" };
const SENT_BACK: Decision = { status: "sent_back", because: undefined };

/** What the rest of the program relies on in the records of finals. */
export function finalsContract(name: string, open: OpenDatabase): void {
  describe(`finals: ${name}`, () => {
    let bench: TestDatabase;
    let records: Records;
    beforeAll(async () => {
      bench = await open();
      records = bench.database.records;
    });
    afterAll(() => bench.close());

    describe("a final", () => {
      it("is delivered, then decided once", async () => {
        const { finals } = records;
        const round = await offeredRound(bench.database, newRound(await openChannel(bench.database)));
        const asked = newFinal(round, { take: round.takes[1]?.id as TakeId, seed: 2 ** 32 - 1 });
        await finals.start(asked);
        expect(await finals.find(asked.id)).toEqual({
          id: asked.id,
          round: round.id,
          take: asked.take,
          number: 2,
          seed: asked.seed,
          size: "2K",
          model: "sketch",
          insteadOf: undefined,
          price: asked.price,
          pickedBy: ADA,
          pickedAt: T0,
          post: asked.post,
          state: { status: "queued" },
        });
        expect(await finals.turnOf(asked.id)).toBe(3);
        expect(await records.posts.find(asked.post)).toMatchObject({
          under: round.post,
          subject: { kind: "final", final: asked.id },
        });
        expect(await finals.decide(asked.id, { status: "approved" }, ADA, T1)).toBe(false);
        expect(await finals.begin(asked.id, T1)).toBe(true);
        expect(await finals.begin(asked.id, T1)).toBe(true);
        const [asset, preview] = [fresh<AssetId>(), fresh<AssetId>()];
        expect(await finals.deliver(asked.id, asset, preview, T1)).toBe(true);
        expect(await finals.deliver(asked.id, asset, preview, T1)).toBe(false);
        expect(await finals.begin(asked.id, T1)).toBe(false);
        expect(await finals.fail(asked.id, "timeout", T1)).toBe(false);
        const decided = await Promise.all([
          finals.decide(asked.id, { status: "approved" }, ADA, T2),
          finals.decide(asked.id, { status: "sent_back", because: "too dark" }, NOOR, T2),
        ]);
        expect(decided.filter((each) => each)).toHaveLength(1);
        expect((await finals.find(asked.id))?.state).toEqual({
          ...(decided[0] ? { status: "approved" } : { status: "sent_back", because: "too dark" }),
          by: decided[0] ? ADA : NOOR,
          at: T2,
          asset,
          preview,
        });
      });

      it("counts as made for its take once it has come, whatever is decided then", async () => {
        const { finals } = records;
        const round = await offeredRound(bench.database, newRound(await openChannel(bench.database)));
        const [take, other] = round.takes.map((each) => each.id);
        if (take === undefined || other === undefined) throw new Error("a round of two");
        const made = () => Promise.all([finals.madeOf(take), finals.madeOf(other)]);
        const finish = async (decision: Decision | undefined) => {
          const asked = newFinal(round, { take });
          await finals.start(asked);
          await finals.deliver(asked.id, fresh<AssetId>(), fresh<AssetId>(), T1);
          if (decision) await finals.decide(asked.id, decision, ADA, T1);
        };
        expect(await made()).toEqual([0, 0]);
        const failed = newFinal(round, { take });
        await finals.start(failed);
        expect(await made()).toEqual([0, 0]);
        await finals.fail(failed.id, "blocked", T1);
        expect(await made()).toEqual([0, 0]);
        await finish(SENT_BACK);
        expect(await made()).toEqual([1, 0]);
        await finish(APPROVED);
        await finish(undefined);
        expect(await made()).toEqual([3, 0]);
      });

      it("is found by its round once it was sent back", async () => {
        const { finals } = records;
        const round = await offeredRound(bench.database, newRound(await openChannel(bench.database)));
        const posts = [];
        for (const decision of [SENT_BACK, APPROVED, SENT_BACK, undefined]) {
          const asked = newFinal(round);
          await finals.start(asked);
          await finals.deliver(asked.id, fresh<AssetId>(), fresh<AssetId>(), T1);
          if (decision) await finals.decide(asked.id, decision, ADA, T1);
          if (decision === SENT_BACK) posts.push(asked.post);
        }
        expect(new Set(await finals.sentBack(round.id))).toEqual(new Set(posts));
        expect(posts).toHaveLength(2);
        expect(await finals.sentBack(fresh())).toEqual([]);
      });

      it("fails once; is stale until then", async () => {
        const { finals } = records;
        const round = await offeredRound(bench.database, newRound(await openChannel(bench.database)));
        const asked = newFinal(round);
        await finals.start(asked);
        expect(await finals.stale(T0, 1000)).toContain(asked.id);
        expect(await finals.fail(asked.id, "blocked", T1)).toBe(true);
        expect(await finals.fail(asked.id, "timeout", T1)).toBe(false);
        expect((await finals.find(asked.id))?.state).toEqual({ status: "failed", failure: "blocked" });
        expect(await finals.stale(T2, 1000)).not.toContain(asked.id);
        expect(await finals.find(fresh<FinalId>())).toBeUndefined();
      });
    });
  });
}
