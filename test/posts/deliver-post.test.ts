import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MessageRef } from "../../src/core/ids.ts";
import { ChatError, type ChatSender } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { type Delivering, LEASE_MS, openDelivering } from "../support/delivering.ts";
import { T0 } from "../support/make-records.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { MIA, NOOR } from "../support/story-desk.ts";

let bench: TestDatabase;
let here: Delivering;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  here = openDelivering(bench);
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

const { promise: never } = Promise.withResolvers<never>();

describe("one message, several jobs", () => {
  it("a slow edit does not land upon a newer one", async () => {
    const { message, post } = await here.desk.grid(here.desk.channel(), MIA);
    await here.desk.react(message, NOOR, "n1");
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const slowly: ChatSender["edit"] = async (ref, card) => {
      asked.resolve();
      await answer.promise;
      await here.desk.platform.sender.edit(ref, card);
    };
    const slow = here.deliver({ edit: slowly }, post.id);
    await asked.promise;
    await here.desk.react(message, MIA, "n2");
    const other = await here.deliver({}, post.id);
    expect(other).toMatchObject({ kind: "snooze" });
    answer.resolve();
    expect(await slow).toEqual({ kind: "done" });
    expect(here.wordsOn(message)).toContain(`Votes: take 1 @${NOOR} · take 2 @${MIA}`);
    expect(await here.versions(post.id)).toBe(0);
    const nobody: ChatSender["edit"] = () => Promise.reject(new Error("nothing is left to show"));
    expect(await here.deliver({ edit: nobody }, post.id)).toEqual({ kind: "done" });
  });

  it("nothing is posted twice when they run at once", async () => {
    const id = (await here.unshownRound()).post;
    const { posts, post } = here.countedPosts();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => here.deliver({ post }, id)));
    const late = await Promise.all(Array.from({ length: 5 }, () => here.deliver({ post }, id)));
    expect(outcomes.map(({ kind }) => kind)).toContain("done");
    expect(late.map(({ kind }) => kind)).toEqual(["done", "done", "done", "done", "done"]);
    expect(posts).toMatchObject([{ inDoubtSince: undefined }]);
  });

  it("a crash while it was posted leaves a doubt, for one, when its time is over", async () => {
    const id = (await here.unshownRound()).post;
    const { posts, post } = here.countedPosts();
    const went = Promise.withResolvers<void>();
    const dies: ChatSender["post"] = async (...args) => {
      await post(...args);
      went.resolve();
      return never;
    };
    void here.deliver({ post: dies }, id);
    await went.promise;
    here.time.now = new Date(T0.getTime() + LEASE_MS - 1);
    expect(await here.deliver({ post }, id)).toMatchObject({ kind: "snooze" });
    here.time.now = new Date(T0.getTime() + LEASE_MS);
    expect(here.lookedOver).toEqual([]);
    expect(await here.deliver({ post }, id)).toEqual({ kind: "done" });
    expect(here.lookedOver, "people may have reacted to it meanwhile").toEqual([id]);
    const { createdAt } = await here.desk.findPost(id);
    expect(posts.map(({ inDoubtSince }) => inDoubtSince)).toEqual([undefined, createdAt]);
    expect((await here.desk.findPost(id)).ref).toBe(posts[0]?.ref);
  });

  it("an answer that was lost leaves a doubt at once", async () => {
    const id = (await here.unshownRound()).post;
    const { posts, post } = here.countedPosts();
    const loses: ChatSender["post"] = async (...args) => {
      await post(...args);
      throw new ChatError("unavailable", "no answer");
    };
    await expect(here.deliver({ post: loses }, id)).rejects.toThrow(ChatError);
    expect(here.lookedOver).toEqual([]);
    expect(await here.deliver({ post }, id)).toEqual({ kind: "done" });
    expect(here.lookedOver, "people may have reacted to it meanwhile").toEqual([id]);
    const { createdAt } = await here.desk.findPost(id);
    expect(posts.map(({ inDoubtSince }) => inDoubtSince)).toEqual([undefined, createdAt]);
  });

  it("that is found as it was shows what is wanted in the end", async () => {
    const { id: round, post: id } = await here.unshownRound();
    const { posts, post } = here.countedPosts();
    const loses: ChatSender["post"] = async (...args) => {
      await post(...args);
      throw new ChatError("unavailable", "no answer");
    };
    await expect(here.deliver({ post: loses }, id)).rejects.toThrow("no answer");
    const message = posts[0]?.ref as MessageRef;
    expect(here.wordsOn(message)).toContain("2 takes in 1:1");
    await here.desk.makeGrid(round);
    // A platform that looks finds the message, and leaves it as it is.
    expect(await here.deliver({ post: async () => message }, id)).toEqual({ kind: "done" });
    expect(here.wordsOn(message)).toContain("Vote with a number");
    expect(await here.versions(id)).toBe(0);
  });

  it("that changes faster than it is shown is handed on when the claim runs out", async () => {
    const { message, post } = await here.desk.grid(here.desk.channel(), MIA);
    await here.desk.react(message, NOOR, "n1");
    let edits = 0;
    const restless: ChatSender["edit"] = async (ref, card) => {
      await here.desk.platform.sender.edit(ref, card);
      await here.desk.database.records.posts.touch(post.id, here.time.now);
      edits += 1;
      here.time.now = new Date(here.time.now.getTime() + LEASE_MS / 3);
    };
    expect(await here.deliver({ edit: restless }, post.id)).toMatchObject({ kind: "snooze" });
    expect(edits).toBe(3);
    expect(await here.deliver({}, post.id)).toEqual({ kind: "done" });
    expect(await here.versions(post.id)).toBe(0);
  });
});

describe("work under way", () => {
  /** Shows it in passing for so long. */
  const passing =
    (standsMs: number | undefined): ChatSender["status"] =>
    async () =>
      standsMs;

  it("is shown in passing where that is possible, and posted when it is done", async () => {
    const { id: round, post: id } = await here.unshownRound();
    const { posts, post } = here.countedPosts();
    const later = { kind: "snooze", delayMs: 100_000 };
    expect(await here.deliver({ post, status: passing(100_000) }, id)).toMatchObject(later);
    expect(await here.deliver({ post, status: passing(100_000) }, id)).toMatchObject(later);
    expect(posts).toEqual([]);
    await here.desk.makeGrid(round);
    expect(await here.deliver({ post, status: passing(100_000) }, id)).toEqual({ kind: "done" });
    expect(posts).toMatchObject([{ inDoubtSince: undefined }]);
  });

  it("that goes on too long for that is posted as it is", async () => {
    const id = (await here.unshownRound()).post;
    const { posts, post } = here.countedPosts();
    await here.deliver({ post, status: passing(20_000) }, id);
    expect(await here.deliver({ post, status: passing(undefined) }, id)).toEqual({ kind: "done" });
    expect(posts).toHaveLength(1);
  });

  it("whose message may stand there already is looked for instead", async () => {
    const id = (await here.unshownRound()).post;
    const { posts, post } = here.countedPosts();
    const loses: ChatSender["post"] = async (...args) => {
      await post(...args);
      throw new ChatError("unavailable", "no answer");
    };
    await expect(here.deliver({ post: loses }, id)).rejects.toThrow("no answer");
    expect(await here.deliver({ post, status: passing(100_000) }, id)).toEqual({ kind: "done" });
    expect(posts.map(({ inDoubtSince }) => inDoubtSince !== undefined)).toEqual([false, true]);
  });
});

describe("reactions to click on", () => {
  it("that a limit holds back come later, without another edit", async () => {
    const { id: round, post: id } = await here.unshownRound();
    await here.desk.makeGrid(round);
    const seeded: MessageRef[] = [];
    const full: ChatSender["seed"] = async () => 9_000;
    expect(await here.deliver({ seed: full }, id)).toMatchObject({ kind: "snooze", delayMs: 9_000 });
    expect(await here.versions(id)).toBe(0);
    const { ref } = await here.desk.findPost(id);
    const edit: ChatSender["edit"] = () => Promise.reject(new Error("nothing is left to show"));
    const free: ChatSender["seed"] = async (ref) => {
      seeded.push(ref);
      return undefined;
    };
    expect(await here.deliver({ edit, seed: free }, id)).toEqual({ kind: "done" });
    expect(await here.deliver({ edit, seed: free }, id)).toEqual({ kind: "done" });
    expect(seeded).toEqual([ref]);
  });
});
