import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type AssetId,
  type ChannelRef,
  type MessageRef,
  type PostId,
  type ThreadRef,
  workspaceOf,
} from "../../src/core/ids.ts";
import type { PostStore } from "../../src/ports/posts.ts";
import { at, fresh } from "../support/fresh.ts";
import { newFinal, newRound, offeredRound, openChannel, startedRound, T0 } from "../support/make-records.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

const T1 = at("2026-11-20T10:01:00Z");
/** From T0, when posts are made, to T1. */
const HELD_MS = 60_000;
const T2 = at("2026-11-20T10:02:00Z");

/** What the rest of the program relies on in the records of its messages. */
export function postsContract(name: string, open: OpenDatabase): void {
  describe(`posts: ${name}`, () => {
    let bench: TestDatabase;
    let posts: PostStore;
    beforeAll(async () => {
      bench = await open();
      posts = bench.database.records.posts;
    });
    afterAll(() => bench.close());

    const post = async (when = T0): Promise<PostId> =>
      (await startedRound(bench.database, newRound(await openChannel(bench.database), { at: when }))).post;
    const message = () => fresh<MessageRef>("studio:local:");

    it("one of many claims the right to show it; the others wait", async () => {
      const id = await post();
      const claims = await Promise.all(Array.from({ length: 10 }, () => posts.claim(id, T0, T1)));
      expect(claims.filter((each) => each)).toHaveLength(1);
      expect(await posts.claim(id, at("2026-11-20T10:00:59.999Z"), T2)).toBe(false);
    });

    it("a claim that ran out is somebody else's, for one", async () => {
      const id = await post();
      await posts.claim(id, T0, T1);
      const claims = await Promise.all(Array.from({ length: 5 }, () => posts.claim(id, T1, T2)));
      expect(claims.filter((each) => each)).toHaveLength(1);
    });

    it("a claim given back can be made anew, by whoever made it alone", async () => {
      const id = await post();
      await posts.claim(id, T0, T1);
      await posts.unclaim(id, T2);
      expect(await posts.claim(id, T0, T2), "somebody else's claim is not given back").toBe(false);
      await posts.unclaim(id, T1);
      expect(await posts.claim(id, T0, T1)).toBe(true);
    });

    it("what was tried stays in doubt, until it has certainly come to nothing", async () => {
      const id = await post();
      expect(await posts.sending(id)).toBe("first");
      expect(await posts.sending(id)).toBe("in_doubt");
      await posts.notSent(id);
      expect(await posts.sending(id)).toBe("first");
      await posts.sent(id, message(), undefined, T1);
      await posts.notSent(id);
      expect((await posts.find(id))?.status, "what was sent stays sent").toBe("sent");
    });

    it("while one is being posted, its channel says so", async () => {
      const id = await post();
      const { channel } = (await posts.find(id))?.place ?? { channel: "" as ChannelRef };
      expect(await posts.isSending(channel)).toBe(false);
      await posts.sending(id);
      expect(await posts.isSending(channel)).toBe(true);
      await posts.sent(id, message(), undefined, T1);
      expect(await posts.isSending(channel)).toBe(false);
    });

    describe("that an answer is to show", () => {
      const held = async (): Promise<PostId> => {
        const round = newRound(await openChannel(bench.database), { at: T0, answerBy: T1 });
        return (await startedRound(bench.database, round)).post;
      };
      const read = async (id: PostId) => {
        const { status, ref, shown, heldUntil, place } = (await posts.find(id)) ?? {};
        return { status, ref, shown, heldUntil, isSending: place && (await posts.isSending(place.channel)) };
      };
      const HELD = { status: "sending", ref: undefined, shown: 0, heldUntil: T1, isSending: true };

      it("is held for it until then, and in doubt after", async () => {
        const id = await held();
        expect(await read(id)).toEqual(HELD);
        expect(await posts.claim(id, at("2026-11-20T10:00:59.999Z"), T2)).toBe(false);
        expect(await posts.claim(id, T1, T2)).toBe(true);
        expect(await posts.sending(id)).toBe("in_doubt");
      });

      it("is sent as its first version, or waits like any other; said twice changes nothing", async () => {
        const [there, not] = [await held(), await held()];
        const ref = message();
        const sent = { status: "sent", ref, shown: 1, heldUntil: undefined, isSending: false };
        await posts.answered(there, HELD_MS, ref, T0);
        expect(await read(there)).toEqual(sent);
        await posts.answered(there, HELD_MS, message(), T0);
        await posts.answered(there, HELD_MS, undefined, T0);
        expect(await read(there)).toEqual(sent);
        const waits = { status: "waiting", ref: undefined, shown: 0, heldUntil: undefined, isSending: false };
        await posts.answered(not, HELD_MS, undefined, T0);
        expect(await read(not)).toEqual(waits);
        await posts.answered(not, HELD_MS, message(), T0);
        expect(await read(not)).toEqual(waits);
        expect(await posts.sending(not)).toBe("first");
      });

      it("is as somebody else has made it, once the answer is late", async () => {
        const [unclaimed, claimed, found, gone] = [await held(), await held(), await held(), await held()];
        const late = at("2026-11-20T10:03:00Z");
        const [ref, other] = [message(), message()];
        await posts.answered(unclaimed, HELD_MS, ref, late);
        expect(await read(unclaimed), "nobody has looked for it yet").toMatchObject({ status: "sent", ref });
        await posts.claim(claimed, T1, T2);
        await posts.claim(found, T1, T2);
        await posts.sent(found, other, undefined, T2);
        await posts.unclaim(found, T2);
        await posts.gone(gone);
        const before = await Promise.all([claimed, found, gone].map(read));
        for (const id of [claimed, found, gone]) {
          await posts.answered(id, HELD_MS, message(), late);
          await posts.answered(id, HELD_MS, undefined, late);
        }
        expect(await Promise.all([claimed, found, gone].map(read))).toEqual(before);
      });
    });

    it("is gone with its channel, and only there", async () => {
      const [here, elsewhere] = [await post(), await post()];
      const { channel } = (await posts.find(here))?.place ?? { channel: "" as ChannelRef };
      await posts.sent(here, message(), undefined, T1);
      await posts.channelGone(channel);
      expect((await posts.find(here))?.status).toBe("gone");
      expect((await posts.find(elsewhere))?.status).toBe("waiting");
    });

    it("sent is sent: it is found by its message, and claimed by one at a time", async () => {
      const id = await post();
      const [ref, thread] = [message(), fresh<ThreadRef>("studio:local:")];
      await posts.claim(id, T0, T1);
      await posts.sending(id);
      await posts.sent(id, ref, thread, T1);
      expect(await posts.findByRef(ref)).toMatchObject({ id, status: "sent", ref, place: { thread } });
      expect(await posts.claim(id, T0, T2)).toBe(false);
      await posts.unclaim(id, T1);
      expect(await posts.claim(id, T0, T1)).toBe(true);
      expect((await posts.find(id))?.status).toBe("sent");
      expect(await posts.findByRef(message())).toBeUndefined();
      expect(await posts.find(fresh<PostId>())).toBeUndefined();
    });

    it("wanted and shown only rise", async () => {
      const id = await post();
      const read = async () => {
        const found = await posts.find(id);
        return [found?.wanted, found?.shown];
      };
      expect(await read()).toEqual([1, 0]);
      const touched = await Promise.all([posts.touch(id, T0), posts.touch(id, T0), posts.touch(id, T0)]);
      expect(touched.toSorted()).toEqual([2, 3, 4]);
      await posts.shown(id, 3);
      await posts.shown(id, 2);
      expect(await read()).toEqual([4, 3]);
      await posts.shown(id, 4);
      expect(await read()).toEqual([4, 4]);
      await expect(posts.touch(fresh<PostId>(), T0)).rejects.toThrow(/no such post/);
    });

    it("is behind while something wanted is not shown, unless it is gone", async () => {
      const old = at("2020-01-01T00:00:00Z");
      const id = await post(old);
      const isBehind = async (before: Date) =>
        (await posts.behind(before, 1000)).find((each) => each.id === id);
      expect(await isBehind(old)).toMatchObject({
        wanted: 1,
        channel: expect.stringMatching(/^studio:local:/),
      });
      expect(await isBehind(new Date(old.getTime() - 1))).toBeUndefined();
      await posts.shown(id, 1);
      expect(await isBehind(T2)).toBeUndefined();
      await posts.touch(id, T1);
      expect(await isBehind(T0)).toBeUndefined();
      expect(await isBehind(T1)).toMatchObject({ wanted: 2 });
      await posts.gone(id);
      expect(await isBehind(T2)).toBeUndefined();
      expect((await posts.find(id))?.status).toBe("gone");
    });

    it("is neither behind nor open once its workspace or channel has left, until that is back", async () => {
      const { database } = bench;
      const channel = await openChannel(database);
      const { post: id } = await offeredRound(database, newRound(channel, { at: T0 }));
      await posts.sent(id, message(), undefined, T1);
      const found = async () => {
        const all = [...(await posts.behind(T2, 10_000)), ...(await posts.open("studio", T0, 10_000))];
        return all.filter((each) => each.id === id).length;
      };
      for (const departed of [workspaceOf(channel), channel]) {
        await database.records.departures.left(departed, T1);
        expect(await found()).toBe(0);
        await database.records.departures.returned(departed);
        expect(await found()).toBe(2);
      }
    });

    it("is open to reactions while its grid can be chosen from or its final decided", async () => {
      const { database } = bench;
      const { finals, rounds } = database.records;
      const channel = await openChannel(database);
      const waiting = await startedRound(database, newRound(channel));
      const round = await offeredRound(database, newRound(channel, { at: T1 }));
      const final = newFinal(round, { at: T2 });
      await finals.start(final);
      for (const each of [waiting.post, round.post, final.post])
        await posts.sent(each, message(), undefined, T2);
      const open = async (platform = "studio", since = T0) => {
        const mine = new Set([waiting.post, round.post, final.post]);
        return (await posts.open(platform, since, 1000))
          .map((each) => each.id)
          .filter((each) => mine.has(each));
      };
      expect(await open()).toEqual([round.post]);
      await rounds.close(round.id, final.id, T2);
      await finals.deliver(final.id, fresh<AssetId>(), fresh<AssetId>(), T2);
      expect(await open()).toEqual([final.post, round.post]);
      expect(await open("studio", T2)).toEqual([final.post]);
      expect(await open("stud")).toEqual([]);
      expect(await posts.open("studio", T0, 1)).toHaveLength(1);
      await finals.decide(final.id, { status: "approved" }, waiting.requester, T2);
      await posts.gone(round.post);
      expect(await open()).toEqual([]);
    });
  });
}
