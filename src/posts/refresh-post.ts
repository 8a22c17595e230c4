import type { ChannelRef, PostId } from "../core/ids.ts";
import { deliverJob } from "../outbox/jobs.ts";
import type { Records } from "../ports/records.ts";

/** The post has something new to show: it will be shown, by a job that commits with the change. */
export async function refreshPost(
  records: Records,
  post: PostId,
  channel: ChannelRef,
  at: Date,
): Promise<void> {
  const version = await records.posts.touch(post, at);
  await records.outbox.add([deliverJob(post, version, channel)]);
}
