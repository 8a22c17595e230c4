import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChannelRef, EventId, MessageRef, PostId, ThreadRef } from "../../src/core/ids.ts";
import { ANSWER_MS, type ChatSender, type Reply } from "../../src/ports/chat.ts";
import { createOnAnswered } from "../../src/posts/on-answered.ts";
import { createShowPost } from "../../src/posts/show-post.ts";
import { audit } from "../support/audit.ts";
import { type Delivering, openDelivering } from "../support/delivering.ts";
import { fresh } from "../support/fresh.ts";
import { onlyModel, UNASKED } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, MIA } from "../support/story-desk.ts";

let bench: TestDatabase;
let here: Delivering;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  here = openDelivering(bench);
  channel = here.desk.channel();
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

interface Asked {
  readonly event?: EventId;
  readonly text?: string;
  readonly isLive?: boolean;
  readonly thread?: ThreadRef;
}

function draft({ event = fresh(), text = "a red fox in snow", isLive = true, thread }: Asked = {}) {
  return here.desk.inbox.command({
    event,
    place: { channel, thread },
    person: MIA,
    name: "draft",
    text,
    options: {},
    mentions: [],
    attachments: [],
    isLive,
  });
}

/** A live reply's post. */
function postOf(reply: Reply): PostId {
  if (reply.kind !== "started" || reply.post === undefined) throw new Error(`${reply.kind} is no post`);
  return reply.post;
}

const message = () => fresh<MessageRef>("studio:local:");
const later = (ms: number, since: Date) => new Date(since.getTime() + ms);
const neverPosted: Partial<ChatSender> = {
  post: () => Promise.reject(new Error("somebody else shows it")),
};

describe("a round that the answer shows", () => {
  it("is accepted with a post that waits for the answer, which is its card", async () => {
    const reply = await draft();
    const id = postOf(reply);
    const post = await here.desk.findPost(id);
    expect(post).toMatchObject({ status: "sending", shown: 0, wanted: 1, place: { channel } });
    expect(post.heldUntil).toEqual(later(ANSWER_MS, post.createdAt));
    const showPost = createShowPost({ ...here.desk, models: onlyModel(UNASKED) });
    expect(reply).toEqual({ kind: "started", card: await showPost(post), post: id });
    here.time.now = later(ANSWER_MS - 1, post.createdAt);
    expect(await here.deliver(neverPosted, id)).toMatchObject({ kind: "snooze" });
  });

  it("is edited and seeded from then on, like any other", async () => {
    const id = postOf(await draft({ text: "a red fox --count 2" }));
    const ref = message();
    here.time.now = (await here.desk.findPost(id)).createdAt;
    await here.desk.inbox.answered(id, ref);
    expect(await here.desk.findPost(id)).toMatchObject({
      status: "sent",
      ref,
      shown: 1,
      heldUntil: undefined,
    });
    expect(await here.deliver(neverPosted, id), "nothing new").toEqual({ kind: "done" });
    const [round] = await here.desk.roundsOf(channel);
    await here.desk.makeGrid(round ?? fresh());
    await here.desk.database.records.posts.touch(id, here.time.now);
    const seeded: MessageRef[] = [];
    const seed: ChatSender["seed"] = async (each) => void seeded.push(each);
    expect(await here.deliver({ ...neverPosted, seed }, id)).toEqual({ kind: "done" });
    expect(here.wordsOn(ref)).toContain("Vote with a number");
    expect(seeded).toEqual([ref]);
  });

  it("is posted at once when the answer certainly came to nothing", async () => {
    const id = postOf(await draft());
    const { posts, post } = here.countedPosts();
    here.time.now = (await here.desk.findPost(id)).createdAt;
    await here.desk.inbox.answered(id, undefined);
    expect(await here.deliver({ post }, id)).toEqual({ kind: "done" });
    expect(posts).toMatchObject([{ inDoubtSince: undefined }]);
    await here.desk.inbox.answered(id, message());
    expect((await here.desk.findPost(id)).ref, "too late").toBe(posts[0]?.ref);
  });

  it("is looked for when nobody says what became of the answer", async () => {
    const id = postOf(await draft());
    const { createdAt } = await here.desk.findPost(id);
    const { posts, post } = here.countedPosts();
    here.time.now = later(ANSWER_MS, createdAt);
    expect(await here.deliver({ post }, id)).toEqual({ kind: "done" });
    expect(posts).toMatchObject([{ inDoubtSince: createdAt }]);
    expect(here.lookedOver).toEqual([id]);
    for (const late of [message(), undefined]) await here.desk.inbox.answered(id, late);
    expect((await here.desk.findPost(id)).ref).toBe(posts[0]?.ref);
  });

  it("may still be answered after that time, as long as nobody looks for it", async () => {
    const id = postOf(await draft());
    const ref = message();
    const { createdAt } = await here.desk.findPost(id);
    const clock = () => later(5 * ANSWER_MS, createdAt);
    await createOnAnswered({ database: here.desk.database, clock, poke: () => {} })(id, ref);
    expect((await here.desk.findPost(id)).ref).toBe(ref);
  });

  it("keeps what somebody has found, whoever comes late", async () => {
    const id = postOf(await draft());
    const { createdAt } = await here.desk.findPost(id);
    const [found, late] = [message(), message()];
    const looks: ChatSender["post"] = async () => {
      await here.desk.inbox.answered(id, late);
      return found;
    };
    here.time.now = later(ANSWER_MS, createdAt);
    await here.deliver({ post: looks }, id);
    expect((await here.desk.findPost(id)).ref).toBe(found);
  });

  it("of an event that comes again is the same post, while it is still to be shown", async () => {
    const event = fresh<EventId>();
    const first = await draft({ event });
    expect(await draft({ event })).toEqual(first);
    expect(await draft({ event, isLive: false })).toEqual({ kind: "done" });
    const [round] = await here.desk.roundsOf(channel);
    await here.desk.makeGrid(round ?? fresh());
    const again = await draft({ event });
    expect(again, "what it began with").toEqual(first);
    await here.desk.inbox.answered(postOf(first), message());
    expect(await draft({ event })).toEqual({ kind: "done" });
    expect(await here.desk.roundsOf(channel)).toHaveLength(1);
    expect(await here.desk.balance(channel)).toMatchObject({ available: 46 });
  });

  it("of an event that comes again is not answered any more once it is looked for", async () => {
    const event = fresh<EventId>();
    const id = postOf(await draft({ event }));
    const { createdAt } = await here.desk.findPost(id);
    await here.desk.database.records.posts.claim(
      id,
      later(ANSWER_MS, createdAt),
      later(3 * ANSWER_MS, createdAt),
    );
    expect(await draft({ event })).toEqual({ kind: "done" });
  });

  it("stands in the thread where it was asked for", async () => {
    const thread = fresh<ThreadRef>(`${channel}:`);
    const id = postOf(await draft({ thread }));
    await here.desk.inbox.answered(id, message());
    expect((await here.desk.findPost(id)).place).toEqual({ channel, thread });
  });

  it.each([
    ["nothing to see", { text: "" }, "form"],
    ["a price asked", { text: "a fox" }, "whisper"],
    ["a reply that only one person sees", { isLive: false }, "started"],
  ] as const)("is no post for %s", async (what, asked, kind) => {
    const options = what === "a price asked" ? { "dry-run": "yes" } : {};
    const reply = await here.desk.inbox.command({
      event: fresh<EventId>(),
      place: { channel, thread: undefined },
      person: MIA,
      name: "draft",
      text: "a fox",
      options,
      mentions: [],
      attachments: [],
      isLive: true,
      ...asked,
    });
    expect(reply.kind).toBe(kind);
    expect(reply.kind === "started" && reply.post).toBeFalsy();
  });

  it("and a later one of its concept is posted in its thread, as always", async () => {
    const id = postOf(await draft());
    await here.desk.inbox.answered(id, message());
    const [first] = await here.desk.roundsOf(channel);
    const { concept } = await here.desk.roundOf(first ?? fresh());
    const reply = await here.desk.startRound({
      event: fresh<EventId>(),
      place: { channel, thread: undefined },
      person: ADA,
      origin: { kind: "reroll", of: first ?? fresh() },
      concept,
      formerRequester: MIA,
      model: undefined,
      order: {
        prompt: "a fox",
        seed: 1,
        aspect: "1:1",
        count: 1,
        finalSize: "2K",
        keep: "close",
        references: [],
      },
      attachments: [],
      isLive: true,
    });
    expect(reply).toMatchObject({ status: "started", live: undefined });
  });

  it("is nothing for a post that is not there", async () => {
    await expect(here.desk.inbox.answered(fresh<PostId>(), message())).resolves.toBeUndefined();
  });
});
