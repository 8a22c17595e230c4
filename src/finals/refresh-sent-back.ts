import type { Round } from "../core/round.ts";
import type { Records } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";

/** The round is open again, or no longer: finals of it that were sent back say so, and offer to redo them. */
export async function refreshSentBack(records: Records, { id, concept }: Round, at: Date): Promise<void> {
  for (const post of await records.finals.sentBack(id)) {
    await refreshPost(records, post, concept.channel, at);
  }
}
