import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import type { ChannelRef, MessageRef } from "../../src/core/ids.ts";
import type { Round } from "../../src/core/round.ts";
import type { Post, PostStore } from "../../src/ports/posts.ts";
import type { Database } from "../../src/ports/records.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { openStory } from "../support/open-story.ts";
import { type Desk, MIA, NOOR, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
  channel = desk.channel();
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

/** A grid that nobody has shown yet. */
async function unshown(): Promise<Round> {
  const { id } = await desk.start(channel, MIA, 2);
  await desk.makeGrid(id);
  return desk.roundOf(id);
}

const votes = ({ message, where = channel }: { message: MessageRef; where?: ChannelRef }) => ({
  message,
  place: { channel: where, thread: undefined },
  person: NOOR,
  emoji: "n2" as const,
  on: true,
});
const votesOf = (round: Round) => desk.database.records.rounds.votes(round.id);
const VOTED = [{ person: NOOR, number: 2 }];

/** People see the message now, and Draftroom does not know yet that it stands there. */
function whileItIsPosted(act: (message: MessageRef) => Promise<void>): void {
  const { sender } = desk.platform;
  const { post } = sender;
  sender.post = async (...args) => {
    sender.post = post;
    const message = await post(...args);
    await act(message);
    return message;
  };
}

describe("a reaction to a message that is just being posted", () => {
  it("is refused, so that it is delivered again, and counts then", async () => {
    const round = await unshown();
    const answers: PromiseSettledResult<void>[] = [];
    whileItIsPosted(async (message) => {
      const elsewhere = votes({ message: fresh("studio:local:"), where: desk.channel() });
      const asked = [desk.inbox.reaction(votes({ message })), desk.inbox.reaction(elsewhere)];
      answers.push(...(await Promise.allSettled(asked)));
    });
    const message = await desk.show(round.post);
    expect(answers.map((each) => each.status)).toEqual(["rejected", "fulfilled"]);
    expect(await votesOf(round)).toEqual([]);
    await desk.inbox.reaction(votes({ message }));
    expect(await votesOf(round)).toEqual(VOTED);
  });

  it("is refused for as long as nobody knows whether it was posted", async () => {
    const round = await unshown();
    whileItIsPosted(() => Promise.reject(new Error("the answer was lost")));
    await expect(desk.show(round.post)).rejects.toThrow("the answer was lost");
    const other = votes({ message: fresh("studio:local:") });
    await expect(desk.inbox.reaction(other)).rejects.toThrow("is being posted");
    await desk.show(round.post);
    await desk.inbox.reaction(other);
    expect(await votesOf(round)).toEqual([]);
  });

  it("is refused as a click, too, and counts then", async () => {
    const round = await unshown();
    const action = toActionId({ kind: "number", round: round.id, number: 2 });
    const click = (message: MessageRef) =>
      desk.inbox.press({
        event: fresh(),
        place: { channel, thread: undefined },
        person: NOOR,
        message,
        action,
      });
    const answers: PromiseSettledResult<unknown>[] = [];
    whileItIsPosted(async (message) => {
      answers.push(...(await Promise.allSettled([click(message)])));
    });
    const message = await desk.show(round.post);
    expect(answers).toMatchObject([
      { status: "rejected", reason: { message: expect.stringContaining("is being posted") } },
    ]);
    expect(await click(message)).toEqual({ kind: "done" });
    expect(await votesOf(round)).toEqual(VOTED);
  });

  it("that nobody heard of counts as soon as the message is known", async () => {
    const round = await unshown();
    const asked: MessageRef[] = [];
    const { reactions } = desk.platform.sender;
    desk.platform.sender.reactions = async (message) => {
      asked.push(message);
      return reactions(message);
    };
    await desk.grid(channel, MIA);
    whileItIsPosted(async (message) => {
      desk.platform.react(message, NOOR, "n2", true);
      throw new Error("the answer was lost");
    });
    await expect(desk.show(round.post)).rejects.toThrow("the answer was lost");
    const message = await desk.show(round.post);
    expect(await votesOf(round)).toEqual(VOTED);
    // And no other message is looked at: platforms count each look.
    expect(asked).toEqual([message]);
  });

  /** Posts it when the reaction has got as far as that call of the store. */
  function sentAt(moment: "findByRef" | "isSending", round: Round, message: MessageRef): Database {
    const { posts } = desk.database.records;
    let isSent = false;
    const store: PostStore = {
      ...posts,
      findByRef: (ref) => noting("findByRef", posts.findByRef(ref)),
      isSending: (where) => noting("isSending", posts.isSending(where)),
    };
    async function noting<T extends Post | undefined | boolean>(name: string, read: Promise<T>): Promise<T> {
      const answer = await read;
      if (name === moment && !isSent) {
        isSent = true;
        await posts.sent(round.post, message, undefined, desk.clock());
      }
      return answer;
    }
    return { ...desk.database, records: { ...desk.database.records, posts: store } };
  }

  it.each(["findByRef", "isSending"] as const)("counts when it is known just after %s", async (moment) => {
    const round = await unshown();
    const message = fresh<MessageRef>("studio:local:");
    await desk.database.records.posts.sending(round.post);
    const { inbox } = openStory({ ...bench, database: sentAt(moment, round, message) }, desk.blobs);
    await inbox.reaction(votes({ message }));
    expect(await votesOf(round)).toEqual(VOTED);
  });
});
