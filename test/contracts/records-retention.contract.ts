import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Asset } from "../../src/core/asset.ts";
import { credits } from "../../src/core/credits.ts";
import type { AssetId, ChannelRef, MessageRef, WorkspaceRef } from "../../src/core/ids.ts";
import { workspaceOf } from "../../src/core/ids.ts";
import type { Records } from "../../src/ports/records.ts";
import { fresh, HOUR_MS } from "../support/fresh.ts";
import { newCall, newFinal, newRound, offeredRound, startedRound, T0 } from "../support/make-records.ts";
import { findMentions } from "../support/mentions.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

const hour = (count: number) => new Date(T0.getTime() + count * HOUR_MS);

/** What retention relies on: who left, and which assets nothing names. */
export function retentionContract(name: string, open: OpenDatabase): void {
  describe(`retention: ${name}`, () => {
    let bench: TestDatabase;
    let records: Records;
    let workspace: WorkspaceRef;
    let channel: ChannelRef;
    beforeAll(async () => {
      bench = await open();
      records = bench.database.records;
    });
    beforeEach(async () => {
      channel = await openChannel();
      workspace = workspaceOf(channel);
    });
    afterAll(() => bench.close());

    const openChannel = async () =>
      (await records.channels.open(fresh<ChannelRef>(`${fresh("studio:")}:`), credits(100), T0)).ref;

    describe("a departure", () => {
      it("counts from the latest leaving, until the workspace is back", async () => {
        const { departures } = records;
        const isBefore = async (at: Date) => (await departures.before(at, 1000)).includes(workspace);
        expect(await isBefore(hour(99))).toBe(false);
        await departures.left(workspace, hour(1));
        expect([await isBefore(hour(0.9)), await isBefore(hour(1))]).toEqual([false, true]);
        await departures.left(workspace, hour(2));
        expect([await isBefore(hour(1)), await isBefore(hour(2))]).toEqual([false, true]);
        await departures.returned(workspace);
        await departures.returned(workspace);
        expect(await isBefore(hour(99))).toBe(false);
      });

      it("is disproved by a round that is started long after", async () => {
        const { departures } = records;
        await departures.left(workspace, T0);
        await records.rounds.start(newRound(channel, { at: hour(1) }));
        expect(await departures.disproved(HOUR_MS)).not.toContain(workspace);
        await records.rounds.start(newRound(channel, { at: new Date(hour(1).getTime() + 1) }));
        expect(await departures.disproved(HOUR_MS)).toContain(workspace);
        expect(await departures.before(hour(99), 1000)).not.toContain(workspace);
      });

      it("of a channel counts like that of a workspace, and is that channel's alone", async () => {
        const { departures } = records;
        await departures.left(channel, hour(1));
        expect(await departures.before(hour(1), 1000)).toContain(channel);
        expect(await departures.before(hour(99), 1000)).not.toContain(workspace);
        await departures.returned(channel);
        expect(await departures.before(hour(99), 1000)).not.toContain(channel);
      });

      it("of a channel is disproved by whatever is shown there after it, and by nothing else", async () => {
        const { departures, posts } = records;
        const [before, after] = [newRound(channel, { at: T0 }), newRound(channel, { at: hour(2) })];
        for (const round of [before, after]) await records.rounds.start(round);
        await departures.left(channel, hour(1));
        await posts.sent(before.post, fresh<MessageRef>(), undefined, hour(3));
        // A late event, of which the platform has shown nothing.
        expect(await departures.disproved(0)).not.toContain(channel);
        await posts.sent(after.post, fresh<MessageRef>(), undefined, hour(3));
        expect(await departures.disproved(99 * HOUR_MS)).toContain(channel);
        expect(await departures.before(hour(99), 1000)).not.toContain(channel);
      });

      it("of a channel ends what waits there, and nowhere else", async () => {
        const other = (await records.channels.open(fresh<ChannelRef>(`${workspace}:`), credits(100), T0)).ref;
        const [here, elsewhere] = [newRound(channel, { at: T0 }), newRound(other, { at: T0 })];
        for (const round of [here, elsewhere]) await records.rounds.start(round);
        await records.departures.left(channel, hour(1));
        const { takes } = await records.departures.waiting(1000);
        const all = [...here.takes, ...elsewhere.takes].map((each) => each.id);
        expect(takes.filter((each) => all.includes(each)).toSorted()).toEqual(
          here.takes.map((each) => each.id).toSorted(),
        );
        await records.departures.left(workspace, hour(1));
        const both = (await records.departures.waiting(1000)).takes.filter((each) => all.includes(each));
        expect(both.toSorted(), "each once").toEqual(all.toSorted());
      });

      it("knows the work that was asked for before and has not begun", async () => {
        const round = await startedRound(bench.database, newRound(channel, { count: 3, at: hour(1) }));
        const [begun, ...others] = round.takes.map((each) => each.id);
        await records.rounds.beginTake(begun as never, hour(1));
        const offered = await offeredRound(bench.database, newRound(channel, { at: T0 }));
        const final = newFinal(offered, { at: hour(1) });
        await records.finals.start(final);
        const late = newRound(channel, { at: hour(3) });
        await records.rounds.start(late);
        const here = async () => {
          const waiting = await records.departures.waiting(1000);
          const isHere = (id: string) => [...round.takes, ...late.takes].some((each) => each.id === id);
          return {
            takes: waiting.takes.filter(isHere),
            finals: waiting.finals.filter((id) => id === final.id),
          };
        };
        expect(await here()).toEqual({ takes: [], finals: [] });
        await records.departures.left(workspace, hour(2));
        const found = await here();
        expect(new Set(found.takes)).toEqual(new Set(others));
        expect(found.finals).toEqual([final.id]);
        await records.finals.begin(final.id, hour(2));
        expect((await here()).finals).toEqual([]);
      });
    });

    describe("doomed assets", () => {
      it("are listed when they are due, once for each time, until they are deleted", async () => {
        const { remains } = records;
        const [a, b] = [fresh<AssetId>("a"), fresh<AssetId>("b")];
        await records.assets.add({ ...SENT, id: a }, T0);
        await remains.doom([], [T0]);
        await remains.doom([a, b], [hour(1), hour(2)]);
        await remains.doom([a], [hour(1)]);
        expect(await remains.doomed(hour(0), 10)).toEqual([]);
        const first = await remains.doomed(hour(1), 10);
        expect(first).toEqual([
          { asset: a, dueAt: hour(1) },
          { asset: b, dueAt: hour(1) },
        ]);
        expect(await remains.doomed(hour(1), 1)).toEqual(first.slice(0, 1));
        await remains.deleted(first);
        expect(await records.assets.find(a)).toBeUndefined();
        // It came once more while nobody looked.
        await records.assets.add({ ...SENT, id: a }, T0);
        await records.calls.add(newCall({ asset: a }));
        const second = await remains.doomed(hour(2), 10);
        expect(second.map((each) => each.asset)).toEqual([a, b]);
        await remains.deleted(second);
        expect(await records.assets.find(a)).toBeUndefined();
        expect(await findMentions(bench.pool, [a])).toEqual({});
        expect(await remains.doomed(hour(99), 10)).toEqual([]);
      });

      it("find pictures that were sent for nothing", async () => {
        const ids = [fresh<AssetId>(), fresh<AssetId>(), fresh<AssetId>()] as const;
        const [used, unused, recent] = ids;
        await records.assets.add({ ...SENT, id: used }, T0);
        await records.assets.add({ ...SENT, id: unused }, T0);
        await records.assets.add({ ...SENT, id: recent }, hour(2));
        await records.assets.add({ ...SENT, kind: "grid", id: fresh<AssetId>() }, T0);
        const wish = newRound(channel);
        await records.rounds.start({ ...wish, order: { ...wish.order, references: [used] } });
        const found = await records.remains.unused(hour(1), 1000);
        expect(ids.filter((id) => found.includes(id))).toEqual([unused]);
        expect(await records.remains.unused(hour(1), 1)).toHaveLength(1);
        await records.remains.doom(found, [T0]);
        await records.remains.deleted(await records.remains.doomed(T0, 1000));
        expect(await records.remains.unused(hour(1), 1000)).toEqual([]);
      });
    });
  });
}

const SENT: Omit<Asset, "id"> = {
  kind: "reference",
  mime: "image/png",
  width: 64,
  height: 64,
  bytes: 5,
  recipe: undefined,
  parents: [],
};
