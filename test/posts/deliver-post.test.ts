import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EventId, MessageRef, PostId } from "../../src/core/ids.ts";
import { ChatError, type ChatSender, type Place } from "../../src/ports/chat.ts";
import { createDeliverPost } from "../../src/posts/deliver-post.ts";
import { createShowPost } from "../../src/posts/show-post.ts";
import { ATTEMPT } from "../support/attempt.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { T0 } from "../support/make-records.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, inWords, MIA, NOOR, openDesk, PRICES } from "../support/story-desk.ts";
import { createStrictLog } from "../support/strict-log.ts";

const LEASE_MS = 30_000;

let bench: TestDatabase;
let desk: Desk;
let now: Date;
let warned: string[];
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
  now = T0;
  warned = [];
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

/** Delivers over the desk's platform, with some of its answers changed. */
function deliverOver(changed: Partial<ChatSender>, post: PostId) {
  const clock = () => now;
  const showPost = createShowPost({ ...desk, prices: PRICES });
  const sender = { ...desk.platform.sender, ...changed };
  const log = createStrictLog(warned);
  const { database } = desk;
  const deliver = createDeliverPost({
    database,
    senderOf: () => sender,
    showPost,
    log,
    clock,
    leaseMs: LEASE_MS,
  });
  return deliver({ v: 1, post }, ATTEMPT);
}

const { promise: never } = Promise.withResolvers<never>();
const wordsOn = (message: MessageRef) => inWords(desk.platform.shown.get(message) ?? { body: [] });
const versions = async (id: PostId) => {
  const { wanted, shown } = await desk.findPost(id);
  return wanted - shown;
};

/** A round that nobody has shown yet. */
async function unshownPost(): Promise<PostId> {
  const started = await desk.startRound({
    event: fresh<EventId>(),
    place: { channel: desk.channel(), thread: undefined },
    person: MIA,
    origin: { kind: "draft" },
    concept: undefined,
    formerRequester: undefined,
    order: { prompt: "a red fox in snow", seed: 7, aspect: "1:1", count: 2, finalSize: "2K" },
  });
  if (started.status !== "started") throw new Error(started.status);
  return (await desk.roundOf(started.round)).post;
}

/** Posts for real and keeps count. */
function countedPosts() {
  const posts: { place: Place; inDoubt: boolean; ref: MessageRef }[] = [];
  const post: ChatSender["post"] = async (place, card, more) => {
    const ref = await desk.platform.sender.post(place, card, more);
    posts.push({ place, inDoubt: more.inDoubt, ref });
    return ref;
  };
  return { posts, post };
}

describe("one message, several jobs", () => {
  it("a slow edit does not land upon a newer one", async () => {
    const { message, post } = await desk.grid(desk.channel(), MIA);
    await desk.react(message, NOOR, "n1");
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const slowly: ChatSender["edit"] = async (ref, card) => {
      asked.resolve();
      await answer.promise;
      await desk.platform.sender.edit(ref, card);
    };
    const slow = deliverOver({ edit: slowly }, post.id);
    await asked.promise;
    await desk.react(message, MIA, "n2");
    const other = await deliverOver({}, post.id);
    expect(other).toMatchObject({ kind: "snooze" });
    answer.resolve();
    expect(await slow).toEqual({ kind: "done" });
    expect(wordsOn(message)).toContain(`Votes: 1 @${NOOR} · 2 @${MIA}`);
    expect(await versions(post.id)).toBe(0);
    const nobody: ChatSender["edit"] = () => Promise.reject(new Error("nothing is left to show"));
    expect(await deliverOver({ edit: nobody }, post.id)).toEqual({ kind: "done" });
  });

  it("nothing is posted twice when they run at once", async () => {
    const id = await unshownPost();
    const { posts, post } = countedPosts();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => deliverOver({ post }, id)));
    const late = await Promise.all(Array.from({ length: 5 }, () => deliverOver({ post }, id)));
    expect(outcomes.map(({ kind }) => kind)).toContain("done");
    expect(late.map(({ kind }) => kind)).toEqual(["done", "done", "done", "done", "done"]);
    expect(posts).toMatchObject([{ inDoubt: false }]);
  });

  it("a crash while it was posted leaves a doubt, for one, when its time is over", async () => {
    const id = await unshownPost();
    const { posts, post } = countedPosts();
    const went = Promise.withResolvers<void>();
    const dies: ChatSender["post"] = async (...args) => {
      await post(...args);
      went.resolve();
      return never;
    };
    void deliverOver({ post: dies }, id);
    await went.promise;
    now = new Date(T0.getTime() + LEASE_MS - 1);
    expect(await deliverOver({ post }, id)).toMatchObject({ kind: "snooze" });
    now = new Date(T0.getTime() + LEASE_MS);
    expect(await deliverOver({ post }, id)).toEqual({ kind: "done" });
    expect(posts.map(({ inDoubt }) => inDoubt)).toEqual([false, true]);
    expect((await desk.findPost(id)).ref).toBe(posts[0]?.ref);
  });

  it("an answer that was lost leaves a doubt at once", async () => {
    const id = await unshownPost();
    const { posts, post } = countedPosts();
    const loses: ChatSender["post"] = async (...args) => {
      await post(...args);
      throw new ChatError("unavailable", "no answer");
    };
    await expect(deliverOver({ post: loses }, id)).rejects.toThrow(ChatError);
    expect(await deliverOver({ post }, id)).toEqual({ kind: "done" });
    expect(posts.map(({ inDoubt }) => inDoubt)).toEqual([false, true]);
  });

  it("that changes faster than it is shown is handed on when the claim runs out", async () => {
    const { message, post } = await desk.grid(desk.channel(), MIA);
    await desk.react(message, NOOR, "n1");
    let edits = 0;
    const restless: ChatSender["edit"] = async (ref, card) => {
      await desk.platform.sender.edit(ref, card);
      await desk.database.records.posts.touch(post.id, now);
      edits += 1;
      now = new Date(now.getTime() + LEASE_MS / 3);
    };
    expect(await deliverOver({ edit: restless }, post.id)).toMatchObject({ kind: "snooze" });
    expect(edits).toBe(3);
    expect(await deliverOver({}, post.id)).toEqual({ kind: "done" });
    expect(await versions(post.id)).toBe(0);
  });
});

describe("a platform that says no", () => {
  it.each(["refused", "unavailable"] as const)("for now (%s) is asked again", async (kind) => {
    const { message, post } = await desk.grid(desk.channel(), MIA);
    await desk.react(message, NOOR, "n1");
    const edit: ChatSender["edit"] = () => Promise.reject(new ChatError(kind, "not now"));
    await expect(deliverOver({ edit }, post.id)).rejects.toThrow("not now");
    expect((await desk.findPost(post.id)).status).toBe("sent");
    expect(await deliverOver({}, post.id)).toEqual({ kind: "done" });
    expect(wordsOn(message)).toContain(`Votes: 1 @${NOOR}`);
    expect(warned).toEqual([]);
  });

  it("refused when it was to be posted is posted when it is allowed", async () => {
    const id = await unshownPost();
    const post: ChatSender["post"] = () =>
      Promise.reject(new ChatError("refused", "not in this channel yet"));
    await expect(deliverOver({ post }, id)).rejects.toThrow("not in this channel yet");
    expect(await deliverOver({}, id)).toEqual({ kind: "done" });
    expect((await desk.findPost(id)).status).toBe("sent");
  });

  it("because the message is gone is not asked again", async () => {
    const { message, post } = await desk.grid(desk.channel(), MIA);
    await desk.react(message, NOOR, "n1");
    let edits = 0;
    const edit: ChatSender["edit"] = () => {
      edits += 1;
      return Promise.reject(new ChatError("gone", "deleted"));
    };
    expect(await deliverOver({ edit }, post.id)).toEqual({ kind: "done" });
    expect(await deliverOver({ edit }, post.id)).toEqual({ kind: "done" });
    expect(edits).toBe(1);
    expect((await desk.findPost(post.id)).status).toBe("gone");
    expect(warned).toEqual(["post.undeliverable"]);
  });
});

describe("a grid that somebody deleted", () => {
  /** Its final, not shown yet. */
  async function pickOf(grid: Awaited<ReturnType<Desk["grid"]>>): Promise<PostId> {
    await desk.react(grid.message, ADA, "n1");
    const [line] = await desk.finalsOf(grid.round.id);
    const final = line && (await desk.database.records.finals.find(line.id));
    if (!final) throw new Error("nothing was picked");
    return final.post;
  }
  const gone = () => Promise.reject(new ChatError("gone", "deleted"));

  it("has its final in the channel itself", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    const id = await pickOf(grid);
    expect(await deliverOver({ edit: gone }, grid.post.id)).toEqual({ kind: "done" });
    const { posts, post } = countedPosts();
    expect(await deliverOver({ post, thread: gone }, id)).toEqual({ kind: "done" });
    expect(posts).toMatchObject([{ place: grid.post.place }]);
  });

  it("has it there, too, when the thread's opening is the first to hear of it", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    const id = await pickOf(grid);
    const { posts, post } = countedPosts();
    expect(await deliverOver({ post, thread: gone }, id)).toEqual({ kind: "done" });
    expect(posts).toMatchObject([{ place: grid.post.place }]);
    expect((await desk.findPost(id)).status).toBe("sent");
  });

  it("otherwise it is in the thread", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    const id = await pickOf(grid);
    const { posts, post } = countedPosts();
    await deliverOver({ post }, id);
    expect(posts).toMatchObject([{ place: { thread: `${grid.message}:thread` } }]);
  });
});
