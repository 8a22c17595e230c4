import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { credits } from "../../src/core/credits.ts";
import type { AssetId, ChannelRef, EventId, MessageRef, WorkspaceRef } from "../../src/core/ids.ts";
import { workspaceOf } from "../../src/core/ids.ts";
import type { Records } from "../../src/ports/records.ts";
import { audit } from "../support/audit.ts";
import { fresh, HOUR_MS, person } from "../support/fresh.ts";
import { newCall, newFinal, newRound, T0 } from "../support/make-records.ts";
import { findMentions } from "../support/mentions.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

const [ADA, MIA] = [person("ada"), person("mia")];
const hour = (count: number) => new Date(T0.getTime() + count * HOUR_MS);

/** How what is kept of a workspace that left is taken away. */
export function remainsContract(name: string, open: OpenDatabase): void {
  describe(`remains: ${name}`, () => {
    let bench: TestDatabase;
    let records: Records;
    let workspace: WorkspaceRef;
    let channel: ChannelRef;
    beforeAll(async () => {
      bench = await open();
      records = bench.database.records;
    });
    beforeEach(async () => {
      channel = await openIn(fresh<WorkspaceRef>("studio:"));
      workspace = workspaceOf(channel);
    });
    afterAll(() => bench.close());

    const openIn = async (where: WorkspaceRef) =>
      (await records.channels.open(fresh<ChannelRef>(`${where}:`), credits(100), T0)).ref;
    const take = (leftBy = hour(1)) =>
      bench.database.transact((inside) => inside.remains.takeChannel(workspace, leftBy));

    describe("the remains of a workspace", () => {
      it("are left alone until it is time, and when it has come back", async () => {
        expect(await take()).toEqual({ status: "not_due" });
        await records.departures.left(workspace, hour(2));
        expect(await take(hour(1))).toEqual({ status: "not_due" });
        await records.departures.returned(workspace);
        expect(await take(hour(3))).toEqual({ status: "not_due" });
        expect(await records.channels.find(channel)).toBeDefined();
      });

      it("go a channel at a time, with names for all bytes, and leave the others as they are", async () => {
        const second = await openIn(workspace);
        const other = await openIn(fresh<WorkspaceRef>("studio:"));
        const reference = fresh<AssetId>();
        const full = await fillChannel(records, channel, reference);
        await fillChannel(records, second, fresh<AssetId>());
        await fillChannel(records, other, fresh<AssetId>());
        const before = await findMentions(bench.pool, [other]);
        await records.departures.left(workspace, T0);
        const taken = [await take(), await take()];
        expect(taken).toMatchObject([{ status: "taken" }, { status: "taken" }]);
        const remains = taken.flatMap((each) => (each.status === "taken" ? [each.remains] : []));
        expect(remains.flatMap((each) => each.rounds)).toContain(full.round.id);
        expect(remains.flatMap((each) => each.takes)).toEqual(
          expect.arrayContaining(full.round.takes.map((each) => each.id)),
        );
        expect(remains.flatMap((each) => each.finals)).toContain(full.final.id);
        expect(remains.flatMap((each) => each.assets)).toEqual(expect.arrayContaining([...full.assets]));
        expect(await findMentions(bench.pool, [channel, second, ...full.names])).toEqual({});
        await audit(bench.pool, other);
        expect(await take()).toEqual({ status: "nothing_left" });
        expect(await findMentions(bench.pool, [workspace])).toEqual({});
        expect(await findMentions(bench.pool, [other])).toEqual(before);
        // Whoever comes back begins anew.
        const anew = await records.channels.open(channel, credits(7), hour(9));
        expect((await records.ledger.balance(anew.account, hour(9))).granted).toBe(7);
      });

      it("stay whole when the transaction is taken back", async () => {
        const { names } = await fillChannel(records, channel, fresh<AssetId>());
        await records.departures.left(workspace, T0);
        const before = await findMentions(bench.pool, [channel, ...names]);
        await bench.database.transact<void>(async (inside, undo) => {
          expect(await inside.remains.takeChannel(workspace, hour(1))).toMatchObject({ status: "taken" });
          undo(undefined);
        });
        expect(await findMentions(bench.pool, [channel, ...names])).toEqual(before);
      });

      it("share an account until the last of its channels goes", async () => {
        const second = await openIn(workspace);
        await bench.pool.query("update draftroom.channels set account_id = $1 where ref = $2", [
          channel,
          second,
        ]);
        await records.departures.left(workspace, T0);
        await take();
        const left = await records.channels.list(workspace, 10);
        expect(left).toHaveLength(1);
        expect(await records.ledger.entries(channel as never, 10)).toHaveLength(1);
        await take();
        expect(await records.ledger.entries(channel as never, 10)).toEqual([]);
      });
    });

    describe("the remains of a channel", () => {
      const takeOne = (leftBy = hour(1)) =>
        bench.database.transact((inside) => inside.remains.takeChannel(channel, leftBy));

      it("go when it is time, and leave the rest of the workspace as it is", async () => {
        const second = await openIn(workspace);
        const { names } = await fillChannel(records, channel, fresh<AssetId>());
        await fillChannel(records, second, fresh<AssetId>());
        const before = await findMentions(bench.pool, [second]);
        expect(await takeOne()).toEqual({ status: "not_due" });
        await records.departures.left(channel, T0);
        expect(await takeOne()).toMatchObject({ status: "taken" });
        expect(await takeOne()).toEqual({ status: "nothing_left" });
        expect(await findMentions(bench.pool, [channel, ...names])).toEqual({});
        expect(await findMentions(bench.pool, [second])).toEqual(before);
        await audit(bench.pool, second);
      });

      it("are its work alone, while its account is another channel's too", async () => {
        const second = await openIn(workspace);
        await bench.pool.query("update draftroom.channels set account_id = $1 where ref = $2", [
          channel,
          second,
        ]);
        const before = await records.ledger.balance(channel as never, hour(2));
        await records.departures.left(channel, T0);
        expect(await takeOne()).toMatchObject({ status: "taken" });
        expect(await records.channels.find(channel)).toBeUndefined();
        expect((await records.channels.find(second))?.account).toBe(channel);
        expect(await records.ledger.balance(channel as never, hour(2))).toEqual(before);
      });
    });

    describe("the entries of a budget", () => {
      const change = (sql: string) => bench.pool.query(sql, [channel]);
      const isRefused = async (sql: string) =>
        await expect(change(sql)).rejects.toThrow("entries are append-only");

      it("are append-only, but for a workspace whose time has come", async () => {
        const remove = "delete from draftroom.entries where account_id = $1";
        await isRefused(remove);
        await records.departures.left(workspace, T0);
        // That it left is not enough.
        await isRefused(remove);
        await isRefused("update draftroom.entries set amount = 0 where account_id = $1");
        await bench.pool.query("update draftroom.departures set purging = true where departed = $1", [
          workspace,
        ]);
        await isRefused("update draftroom.entries set amount = 0 where account_id = $1");
        const other = await openIn(fresh<WorkspaceRef>("studio:"));
        await expect(bench.pool.query(remove, [other])).rejects.toThrow("append-only");
        expect((await take()).status).toBe("taken");
      });
    });
  });
}

/** Something in every table that knows of channels. The money adds up. */
async function fillChannel(records: Records, channel: ChannelRef, reference: AssetId) {
  const wish = newRound(channel, { event: fresh<EventId>() });
  await records.rounds.start({ ...wish, order: { ...wish.order, references: [reference] } });
  const account = channel as never;
  const hold = (id: string, amount: number) =>
    records.ledger.reserve({
      account,
      holds: [{ id: id as never, amount: credits(amount) }],
      tier: "draft",
      subject: wish.id,
      channel,
      person: MIA,
      memo: "a hold",
      at: T0,
      expiresAt: hour(1),
    });
  for (const each of wish.takes) {
    await hold(`take.${each.id}`, 1);
    await records.rounds.takeMade(each.id, each.id as string as AssetId, T0);
    await records.ledger.spend(`take.${each.id}` as never, undefined, T0);
  }
  const grid = fresh<AssetId>();
  await records.rounds.offer(wish.id, grid, T0);
  const round = await records.rounds.find(wish.id);
  if (round === undefined) throw new Error("it was started");
  const final = newFinal(round);
  await records.rounds.close(round.id, final.id, T0);
  await hold(`final.${final.id}`, 4);
  await records.finals.start(final);
  const [asset, preview] = [fresh<AssetId>(), fresh<AssetId>()];
  await records.finals.deliver(final.id, asset, preview, T0);
  await records.ledger.spend(`final.${final.id}` as never, undefined, T0);
  await records.rounds.vote(round.id, MIA, 1, T0);
  await records.posts.sent(round.post, fresh<MessageRef>(`${channel}:`), undefined, T0);
  await records.reactions.set(round.post, MIA, "n1", true);
  await records.channels.setRole(channel, "director", [ADA], ADA, T0);
  await records.channels.setModel(channel, "final", "sketch", ADA, T0);
  await records.channels.setAdvice(channel, false, ADA, T0);
  await records.channels.dismissAdvice(channel, MIA, T0);
  for (const each of [...round.takes, final]) {
    await records.calls.add(newCall({ asset: each.id as string as AssetId }));
  }
  await records.turns.take("takes", channel, MIA, 1);
  await records.turns.take("finals", channel, MIA, 1);
  await records.ledger.grant({
    id: fresh(),
    account,
    amount: credits(5),
    by: ADA,
    memo: "more",
    at: T0,
  });
  const names = [
    round.id,
    round.concept.id,
    round.post,
    final.id,
    final.post,
    ...round.takes.map((each) => each.id),
  ];
  return { round, final, names, assets: [grid, asset, preview, reference] };
}
