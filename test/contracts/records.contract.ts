import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Asset } from "../../src/core/asset.ts";
import { credits } from "../../src/core/credits.ts";
import type { AssetId, EventId, RoundId, TakeId } from "../../src/core/ids.ts";
import type { JobTree } from "../../src/ports/jobs.ts";
import type { Records } from "../../src/ports/records.ts";
import { at, fresh, freshChannel, person } from "../support/fresh.ts";
import { newRound, openChannel, startedRound, T0 } from "../support/make-records.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

const T1 = at("2026-11-20T10:01:00Z");
const T2 = at("2026-11-20T10:02:00Z");
const [ADA, MIA, NOOR] = [person("ada"), person("mia"), person("noor")];

/** What the rest of the program relies on in its records, but for the ledger and the posts. */
export function recordsContract(name: string, open: OpenDatabase): void {
  describe(`records: ${name}`, () => {
    let bench: TestDatabase;
    let records: Records;
    beforeAll(async () => {
      bench = await open();
      records = bench.database.records;
    });
    afterAll(() => bench.close());

    describe("a channel", () => {
      it("opens once with its starting credits, however many ask at the same moment", async () => {
        const ref = freshChannel();
        const opened = await Promise.all(
          Array.from({ length: 10 }, () => records.channels.open(ref, credits(40), T0)),
        );
        expect(new Set(opened.map((each) => each.account)).size).toBe(1);
        expect(opened[0]).toEqual({
          ref,
          account: opened[0]?.account,
          directors: undefined,
          managers: undefined,
          models: { draft: undefined, final: undefined },
          isAdviceOn: true,
        });
        const again = await records.channels.open(ref, credits(999), T1);
        expect((await records.ledger.balance(again.account, T1)).granted).toBe(40);
      });

      it("keeps lists of people, an empty one too, until they are given back to the platform", async () => {
        const ref = await openChannel(bench.database);
        const read = () => records.channels.open(ref, credits(0), T0);
        await records.channels.setRole(ref, "director", [ADA, NOOR], MIA, T0);
        await records.channels.setRole(ref, "manager", [], MIA, T0);
        expect(await read()).toMatchObject({ directors: [ADA, NOOR], managers: [] });
        await records.channels.setRole(ref, "director", [NOOR], MIA, T1);
        expect(await read()).toMatchObject({ directors: [NOOR], managers: [] });
        await records.channels.setRole(ref, "director", undefined, MIA, T1);
        expect(await read()).toMatchObject({ directors: undefined, managers: [] });
      });
    });

    describe("a transaction", () => {
      it("keeps all or nothing", async () => {
        const event = fresh<EventId>();
        const thrown = bench.database.transact(async (inside) => {
          await inside.inbox.admit(event, T0);
          throw new Error("no");
        });
        await expect(thrown).rejects.toThrow("no");
        const undone = await bench.database.transact<number>(async (inside, undo) => {
          await inside.inbox.admit(event, T0);
          return undo(7);
        });
        expect(undone).toBe(7);
        expect(await bench.database.transact((inside) => inside.inbox.admit(event, T0))).toBe(true);
        expect(await records.inbox.admit(event, T0)).toBe(false);
      });
    });

    describe("reactions", () => {
      it("are levels, and count how often they were put on", async () => {
        const { reactions } = records;
        const { post } = await startedRound(bench.database, newRound(await openChannel(bench.database)));
        const read = () => reactions.find(post, MIA, "n1");
        expect(await read()).toMatchObject({ present: false, adds: 0 });
        await reactions.set(post, MIA, "n1", true);
        await reactions.set(post, MIA, "n1", true);
        expect(await read()).toMatchObject({ present: true, adds: 1 });
        await reactions.set(post, MIA, "n1", false);
        await reactions.set(post, MIA, "n1", false);
        expect(await read()).toMatchObject({ present: false, adds: 1 });
        await reactions.set(post, MIA, "n1", true);
        await reactions.set(post, NOOR, "approve", true);
        await reactions.set(post, NOOR, "n2", false);
        expect(await read()).toMatchObject({ present: true, adds: 2 });
        expect(new Set(await reactions.all(post))).toEqual(
          new Set([
            { person: MIA, emoji: "n1", present: true, adds: 2 },
            { person: NOOR, emoji: "approve", present: true, adds: 1 },
            { person: NOOR, emoji: "n2", present: false, adds: 0 },
          ]),
        );
      });
    });

    describe("assets", () => {
      it("are added once and keep their recipe and lineage", async () => {
        const asset: Asset = {
          id: fresh<AssetId>(),
          kind: "final",
          mime: "image/png",
          width: 2048,
          height: 1152,
          bytes: 3_000_000_000,
          recipe: {
            tier: "final",
            prompt: 'fox \u{1F98A} "quoted"',
            seed: 2 ** 32 - 1,
            aspect: "16:9",
            size: "2K",
            name: "sketch",
            model: "draftroom/sketch",
            modelVersion: "1.2",
            guide: { asset: fresh<AssetId>(), strength: 0.85 },
            references: [fresh<AssetId>()],
            requestId: "req-7",
            cost: { usd: 0.134, basis: "tokens" },
            shortfalls: [{ kind: "size", asked: "4K", got: "2K" }, { kind: "guide" }],
          },
          parents: [fresh<AssetId>(), fresh<AssetId>()],
        };
        await records.assets.add(asset, T0);
        await records.assets.add({ ...asset, width: 1 }, T1);
        expect(await records.assets.find(asset.id)).toEqual(asset);
        const view: Asset = { ...asset, id: fresh<AssetId>(), kind: "grid", recipe: undefined, parents: [] };
        await records.assets.add(view, T0);
        expect(await records.assets.find(view.id)).toEqual(view);
        expect(await records.assets.find(fresh<AssetId>())).toBeUndefined();
      });
    });

    describe("the inbox", () => {
      it("admits an event once, until it is forgotten", async () => {
        const { inbox } = records;
        const event = fresh<EventId>();
        const admitted = await Promise.all(Array.from({ length: 10 }, () => inbox.admit(event, T0)));
        expect(admitted.filter((each) => each)).toHaveLength(1);
        await inbox.forget(T0);
        expect(await inbox.admit(event, T0)).toBe(false);
        await inbox.forget(T1);
        expect(await inbox.admit(event, T2)).toBe(true);
      });
    });

    describe("the outbox", () => {
      it("gives each row to one of two who claim, and again when its lease is over", async () => {
        const { outbox } = records;
        const trees = Array.from({ length: 40 }, () => treeOf(fresh<RoundId>()));
        await outbox.add([]);
        await outbox.add(trees);
        const [a, b] = await Promise.all([outbox.claim(T0, T1, 25), outbox.claim(T0, T1, 25)]);
        const seqs = [...a, ...b].map((each) => each.seq);
        expect(seqs).toHaveLength(40);
        expect(new Set(seqs).size).toBe(40);
        expect(a.map((each) => Number(each.seq))).toEqual(
          a.map((each) => Number(each.seq)).toSorted((x, y) => x - y),
        );
        expect(await outbox.claim(T0, T1, 25)).toEqual([]);
        const [gone, left] = [seqs.slice(0, 30), seqs.slice(30)];
        await outbox.remove(gone);
        await outbox.remove([]);
        const again = await outbox.claim(T1, T2, 100);
        expect(again.map((each) => each.seq).toSorted()).toEqual(left.toSorted());
        const payloads = again.map((each) => each.tree.job.payload);
        expect(trees.map((each) => each.job.payload)).toEqual(expect.arrayContaining(payloads));
        expect(again[0]?.tree).toMatchObject({
          job: { name: "grid.compose", turn: 0 },
          children: [{ name: "take.render", model: "sketch" }],
        });
        await outbox.remove(left);
      });

      it("shows nothing of a transaction that is taken back", async () => {
        await bench.database.transact<void>(async (inside, undo) => {
          await inside.outbox.add([treeOf(fresh<RoundId>())]);
          undo(undefined);
        });
        expect(await records.outbox.claim(T0, T1, 10)).toEqual([]);
      });
    });
  });
}

function treeOf(round: RoundId): JobTree {
  const rest = { platform: undefined, model: undefined, turn: 0, delayMs: 0 };
  return {
    job: { ...rest, id: `grid.${round}`, name: "grid.compose", payload: { v: 1, round } },
    children: [
      {
        ...rest,
        model: "sketch",
        id: `take.${round}`,
        name: "take.render",
        payload: { v: 2, take: fresh<TakeId>(), model: "sketch" },
      },
    ],
  };
}
