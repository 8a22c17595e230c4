import { slackWord } from "../slack-errors.ts";
import { THREAD_TROUBLE } from "./post-troubles.ts";

/** Where something is said. */
export interface SharePlace {
  readonly channel: string;
  /** The ts of the thread's first message. */
  readonly thread: string | undefined;
}

/** Does something in a thread; where that is no more, in its channel, which still hears what was made for it. */
export async function inThread<T>(place: SharePlace, work: (place: SharePlace) => Promise<T>): Promise<T> {
  try {
    return await work(place);
  } catch (error) {
    if (place.thread === undefined || !THREAD_TROUBLE.has(slackWord(error) ?? "")) throw error;
    return work({ channel: place.channel, thread: undefined });
  }
}

/** As Slack's methods want it. */
export function threadArgument({ thread }: SharePlace): { readonly thread_ts?: string } {
  return thread === undefined ? {} : { thread_ts: thread };
}
