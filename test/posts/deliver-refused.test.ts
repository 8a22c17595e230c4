import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PostId } from "../../src/core/ids.ts";
import { ChatError, type ChatSender } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { type Delivering, openDelivering } from "../support/delivering.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, MIA, NOOR } from "../support/story-desk.ts";

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

describe("a platform that says no", () => {
  it("because of a limit is asked again when it says so, as often as it takes", async () => {
    const id = (await here.unshownRound()).post;
    const { posts, post } = here.countedPosts();
    const limited: ChatSender["post"] = () =>
      Promise.reject(new ChatError("unavailable", "ratelimited", { retryAfterMs: 7_000, inDoubt: false }));
    for (let times = 0; times < 20; times += 1) {
      expect(await here.deliver({ post: limited }, id)).toMatchObject({ kind: "snooze", delayMs: 7_000 });
    }
    expect(await here.deliver({ post }, id)).toEqual({ kind: "done" });
    expect(posts, "nothing of it can stand there").toMatchObject([{ inDoubtSince: undefined }]);
  });

  it.each(["refused", "unavailable"] as const)("for now (%s) is asked again", async (kind) => {
    const { message, post } = await here.desk.grid(here.desk.channel(), MIA);
    await here.desk.react(message, NOOR, "n1");
    const edit: ChatSender["edit"] = () => Promise.reject(new ChatError(kind, "not now"));
    await expect(here.deliver({ edit }, post.id)).rejects.toThrow("not now");
    expect((await here.desk.findPost(post.id)).status).toBe("sent");
    expect(await here.deliver({}, post.id)).toEqual({ kind: "done" });
    expect(here.wordsOn(message)).toContain(`Votes: take 1 @${NOOR}`);
    expect(here.warned).toEqual([]);
  });

  it("refused when it was to be posted is posted when it is allowed", async () => {
    const id = (await here.unshownRound()).post;
    const post: ChatSender["post"] = () =>
      Promise.reject(new ChatError("refused", "not in this channel yet"));
    await expect(here.deliver({ post }, id)).rejects.toThrow("not in this channel yet");
    expect(await here.deliver({}, id)).toEqual({ kind: "done" });
    expect((await here.desk.findPost(id)).status).toBe("sent");
  });

  it("because the message is gone is not asked again", async () => {
    const { message, post } = await here.desk.grid(here.desk.channel(), MIA);
    await here.desk.react(message, NOOR, "n1");
    let edits = 0;
    const edit: ChatSender["edit"] = () => {
      edits += 1;
      return Promise.reject(new ChatError("gone", "deleted"));
    };
    expect(await here.deliver({ edit }, post.id)).toEqual({ kind: "done" });
    expect(await here.deliver({ edit }, post.id)).toEqual({ kind: "done" });
    expect(edits).toBe(1);
    expect((await here.desk.findPost(post.id)).status).toBe("gone");
    expect(here.warned).toEqual(["post.undeliverable"]);
  });
});

describe("a grid that somebody deleted", () => {
  /** Its final, not shown yet. */
  async function pickOf(grid: Awaited<ReturnType<Desk["grid"]>>): Promise<PostId> {
    await here.desk.react(grid.message, ADA, "n1");
    const [line] = await here.desk.finalsOf(grid.round.id);
    const final = line && (await here.desk.database.records.finals.find(line.id));
    if (!final) throw new Error("nothing was picked");
    return final.post;
  }
  const gone = () => Promise.reject(new ChatError("gone", "deleted"));

  it("has its final in the channel itself", async () => {
    const grid = await here.desk.grid(here.desk.channel(), MIA);
    const id = await pickOf(grid);
    expect(await here.deliver({ edit: gone }, grid.post.id)).toEqual({ kind: "done" });
    const { posts, post } = here.countedPosts();
    expect(await here.deliver({ post, thread: gone }, id)).toEqual({ kind: "done" });
    expect(posts).toMatchObject([{ place: grid.post.place }]);
  });

  it("has it there, too, when the thread's opening is the first to hear of it", async () => {
    const grid = await here.desk.grid(here.desk.channel(), MIA);
    const id = await pickOf(grid);
    const { posts, post } = here.countedPosts();
    expect(await here.deliver({ post, thread: gone }, id)).toEqual({ kind: "done" });
    expect(posts).toMatchObject([{ place: grid.post.place }]);
    expect((await here.desk.findPost(id)).status).toBe("sent");
  });

  it("otherwise it is in the thread", async () => {
    const grid = await here.desk.grid(here.desk.channel(), MIA);
    const id = await pickOf(grid);
    const { posts, post } = here.countedPosts();
    await here.deliver({ post }, id);
    expect(posts).toMatchObject([{ place: { thread: `${grid.message}:thread` } }]);
  });
});
