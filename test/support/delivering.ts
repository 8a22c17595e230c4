import type { MessageRef, PostId } from "../../src/core/ids.ts";
import type { ChatSender, Place } from "../../src/ports/chat.ts";
import { createDeliverPost } from "../../src/posts/deliver-post.ts";
import { createShowPost } from "../../src/posts/show-post.ts";
import { ATTEMPT } from "./attempt.ts";
import { T0 } from "./make-records.ts";
import { onlyModel, UNASKED } from "./models.ts";
import type { TestDatabase } from "./open-databases.ts";
import { inWords, MIA, openDesk } from "./story-desk.ts";
import { createStrictLog } from "./strict-log.ts";

export const LEASE_MS = 30_000;

/** Posts of a desk, delivered by hand over a platform that may answer otherwise. */
export function openDelivering(bench: TestDatabase) {
  const desk = openDesk(bench);
  const { database, platform } = desk;
  const time = { now: T0 };
  const warned: string[] = [];
  const lookedOver: PostId[] = [];
  const log = createStrictLog(warned);
  const showPost = createShowPost({ ...desk, models: onlyModel(UNASKED) });

  return {
    desk,
    time,
    /** The warnings that were logged. */
    warned,
    /** The posts whose reactions were looked over. */
    lookedOver,

    /** Delivers a post once, with some of the platform's answers changed. */
    deliver(changed: Partial<ChatSender>, post: PostId) {
      const sender = { ...platform.sender, ...changed };
      const deliver = createDeliverPost({
        database,
        senderOf: () => sender,
        showPost,
        async lookOver({ id, ref }) {
          if (ref) lookedOver.push(id);
          return true;
        },
        log,
        clock: () => time.now,
        leaseMs: LEASE_MS,
      });
      return deliver({ v: 1, post }, ATTEMPT);
    },

    wordsOn: (message: MessageRef) => inWords(platform.shown.get(message) ?? { body: [] }),

    /** How many versions of a post are wanted and not shown. */
    async versions(id: PostId): Promise<number> {
      const { wanted, shown } = await desk.findPost(id);
      return wanted - shown;
    },

    unshownRound: () => desk.start(desk.channel(), MIA, 2),

    /** Posts for real and keeps count. */
    countedPosts() {
      const posts: { place: Place; inDoubtSince: Date | undefined; ref: MessageRef }[] = [];
      const post: ChatSender["post"] = async (place, card, more) => {
        const ref = await platform.sender.post(place, card, more);
        posts.push({ place, inDoubtSince: more.inDoubtSince, ref });
        return ref;
      };
      return { posts, post };
    },
  };
}

export type Delivering = ReturnType<typeof openDelivering>;
