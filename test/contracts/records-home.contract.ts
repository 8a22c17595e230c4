import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { credits } from "../../src/core/credits.ts";
import type { AssetId, ChannelRef, MessageRef, PostId, UserRef, WorkspaceRef } from "../../src/core/ids.ts";
import { platformOf, workspaceOf } from "../../src/core/ids.ts";
import type { Round } from "../../src/core/round.ts";
import type { Records } from "../../src/ports/records.ts";
import { fresh, person } from "../support/fresh.ts";
import { findRound, newFinal, newRound, offeredRound, startedRound, T0 } from "../support/make-records.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

const MIA = person("mia");
const NOOR = person("noor");
const minute = (count: number) => new Date(T0.getTime() + count * 60_000);

/** What a person's own page relies on. */
export function homeContract(name: string, open: OpenDatabase): void {
  describe(`home: ${name}`, () => {
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
    const wish = (at: Date, changes: Parameters<typeof newRound>[1] = {}) =>
      newRound(channel, { requester: MIA, at, ...changes });
    const underWay = (who: UserRef = MIA, limit = 10) => records.home.underWay(workspace, who, limit);
    const posted = async (post: PostId) => {
      const ref = fresh<MessageRef>(`${channel}:`);
      await records.posts.sent(post, ref, undefined, T0);
      return ref;
    };
    const pick = async (round: Round, at: Date) => {
      const final = newFinal(round, { at });
      await records.rounds.close(round.id, final.id, at);
      await records.finals.start(final);
      return final;
    };
    const deliver = async (round: Round, at: Date) => {
      const final = await pick(round, at);
      await records.finals.deliver(final.id, fresh<AssetId>(), fresh<AssetId>(), at);
      return final;
    };

    describe("channels of a workspace", () => {
      it("come with the most recently used first, then those that nobody has used", async () => {
        const [second, unused] = [await openIn(workspace), await openIn(workspace)];
        await openIn(fresh<WorkspaceRef>("studio:"));
        // Refs begin alike, and `_` is a letter like any other.
        await openIn(`${workspace}x` as WorkspaceRef);
        await openIn(`${workspace.slice(0, -1)}_` as WorkspaceRef);
        await records.rounds.start(wish(minute(1)));
        await records.rounds.start(newRound(second, { at: minute(2) }));
        expect(await records.channels.list(workspace, 10)).toEqual([second, channel, unused]);
        await records.rounds.start(wish(minute(3)));
        expect(await records.channels.list(workspace, 2)).toEqual([channel, second]);
        const platform = platformOf(channel);
        expect(await records.channels.workspaces(platform)).toContain(workspace);
        expect(await records.channels.workspaces("elsewhere")).toEqual([]);
        await records.departures.left(workspace, T0);
        expect(await records.channels.workspaces(platform)).not.toContain(workspace);
      });
    });

    describe("what is under way", () => {
      it("are rounds and finals that are not over, one a concept, the newest first", async () => {
        expect(await underWay()).toEqual([]);
        const queued = wish(minute(1), { count: 3 });
        await records.rounds.start(queued);
        const rendering = await startedRound(bench.database, wish(minute(2)));
        await records.rounds.beginTake(rendering.takes[0]?.id as never, minute(9));
        const choosing = await offeredRound(bench.database, wish(minute(3)));
        const message = await posted(choosing.post);
        const failed = await startedRound(bench.database, wish(minute(4)));
        await records.rounds.fail(failed.id, "overloaded", minute(4));
        const finished = await offeredRound(bench.database, wish(minute(5)));
        await pick(finished, minute(6));
        const delivered = await offeredRound(bench.database, wish(minute(7)));
        const final = await deliver(delivered, minute(8));
        const finalMessage = await posted(final.post);
        const rest = { prompt: "a red fox in snow", channel };
        expect(await underWay()).toEqual([
          {
            ...rest,
            message: finalMessage,
            since: minute(8),
            work: { kind: "final", status: "delivered", number: 1, size: "2K" },
          },
          {
            ...rest,
            message: undefined,
            since: minute(6),
            work: { kind: "final", status: "queued", number: 1, size: "2K" },
          },
          { ...rest, message, since: minute(3), work: { kind: "round", status: "choosing", count: 2 } },
          {
            ...rest,
            message: undefined,
            since: minute(2),
            work: { kind: "round", status: "rendering", count: 2 },
          },
          {
            ...rest,
            message: undefined,
            since: minute(1),
            work: { kind: "round", status: "queued", count: 3 },
          },
        ]);
        expect((await underWay(MIA, 2)).map((each) => each.since)).toEqual([minute(8), minute(6)]);
      });

      it("shows of a concept the final, or else the newest round, until it is decided", async () => {
        const first = await offeredRound(bench.database, wish(minute(1)));
        const again = wish(minute(2), { concept: first.concept.id });
        await records.rounds.start(again);
        expect(await underWay()).toMatchObject([{ since: minute(2), work: { kind: "round" } }]);
        const final = await deliver(first, minute(3));
        await records.rounds.start(wish(minute(4), { concept: first.concept.id }));
        expect(await underWay()).toMatchObject([{ since: minute(3), work: { status: "delivered" } }]);
        await records.finals.decide(final.id, { status: "approved" }, NOOR, minute(5));
        expect(await underWay()).toMatchObject([{ since: minute(4), work: { kind: "round" } }]);
      });

      it("is the grid again after a final was sent back or came to nothing", async () => {
        const round = await offeredRound(bench.database, wish(minute(1)));
        const sentBack = await deliver(round, minute(2));
        await records.finals.decide(
          sentBack.id,
          { status: "sent_back", because: undefined },
          NOOR,
          minute(3),
        );
        await records.rounds.reopen(round.id, sentBack.id, minute(3));
        expect(await underWay()).toMatchObject([{ since: minute(1), work: { status: "choosing" } }]);
        const lost = await pick(await findRound(bench.database, round.id), minute(4));
        await records.finals.fail(lost.id, "overloaded", minute(5));
        await records.rounds.reopen(round.id, lost.id, minute(5));
        expect(await underWay()).toMatchObject([{ since: minute(1), work: { status: "choosing" } }]);
      });

      it("is that person's, in that workspace, and no message that is gone", async () => {
        const mine = await offeredRound(bench.database, wish(minute(1)));
        await posted(mine.post);
        await records.posts.gone(mine.post);
        const noors = newRound(channel, { requester: NOOR, at: minute(2), concept: mine.concept.id });
        await records.rounds.start(noors);
        const elsewhere = await openIn(fresh<WorkspaceRef>("studio:"));
        await records.rounds.start(newRound(elsewhere, { requester: MIA, at: minute(3) }));
        expect(await underWay()).toMatchObject([{ since: minute(1), message: undefined }]);
        expect(await underWay(NOOR)).toMatchObject([{ since: minute(2) }]);
        expect(await records.home.underWay(workspaceOf(elsewhere), MIA, 10)).toMatchObject([
          { since: minute(3), channel: elsewhere },
        ]);
      });
    });

    describe("finals that nobody has decided about", () => {
      it("are those of a workspace, whoever asked, the newest first", async () => {
        const old = await deliver(await offeredRound(bench.database, wish(minute(1))), minute(2));
        const message = await posted(old.post);
        const noors = await offeredRound(bench.database, wish(minute(1), { requester: NOOR }));
        await deliver(noors, minute(3));
        await pick(await offeredRound(bench.database, wish(minute(1))), minute(4));
        const decided = await deliver(await offeredRound(bench.database, wish(minute(1))), minute(5));
        await records.finals.decide(decided.id, { status: "sent_back", because: undefined }, NOOR, minute(6));
        const elsewhere = await openIn(fresh<WorkspaceRef>("studio:"));
        await deliver(await offeredRound(bench.database, newRound(elsewhere)), minute(7));
        const rest = { prompt: "a red fox in snow", channel, number: 1 };
        expect(await records.home.undecided(workspace, 10)).toEqual([
          { ...rest, requester: NOOR, message: undefined, since: minute(3) },
          { ...rest, requester: MIA, message, since: minute(2) },
        ]);
        expect(await records.home.undecided(workspace, 1)).toHaveLength(1);
      });
    });
  });
}
