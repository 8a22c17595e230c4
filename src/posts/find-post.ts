import type { ChannelRef, MessageRef } from "../core/ids.ts";
import type { Post, PostStore } from "../ports/posts.ts";

/**
 * Our post that a message is; undefined when it is none. People may see a message before we know that it
 * stands there.
 *
 * @throws Error while a message is being posted in that channel, which may be this one.
 */
export async function findPost(
  posts: PostStore,
  message: MessageRef,
  channel: ChannelRef,
): Promise<Post | undefined> {
  const known = await posts.findByRef(message);
  if (known) return known;
  // In this order: what is sent in between is found.
  const isSending = await posts.isSending(channel);
  const post = await posts.findByRef(message);
  if (post === undefined && isSending) throw new Error("a message is being posted there: this may be it");
  return post;
}
