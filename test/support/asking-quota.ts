import type { EventId, MemberRef, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { fresh } from "./fresh.ts";
import type { TestDatabase } from "./open-databases.ts";
import { inWords, MAX, openDesk } from "./story-desk.ts";

/** A channel of its own in which people type `/quota`. */
export function openAskingQuota(bench: TestDatabase) {
  const desk = openDesk(bench);
  const channel = desk.channel();

  const quota = (text = "", who: UserRef = MAX, event = fresh<EventId>()): Promise<Reply> =>
    desk.inbox.command({
      event,
      place: { channel, thread: undefined },
      person: who,
      name: "quota",
      text,
      options: undefined,
      mentions: mentionsIn(text),
      attachments: [],
      isLive: false,
    });

  return {
    desk,
    channel,
    quota,

    /** The answer in words. Everything about a budget is private. */
    async ask(text?: string, who?: UserRef, event?: EventId): Promise<string> {
      const reply = await quota(text, who, event);
      if (reply.kind !== "whisper") throw new Error(`${reply.kind} is not private`);
      return inWords(reply.card);
    },
  };
}

export type AskingQuota = ReturnType<typeof openAskingQuota>;

/** As a platform finds them: `@studio:ada` means that person, `@studio:local:@leads` a group. */
function mentionsIn(text: string) {
  return [...text.matchAll(/@(studio:\w+(?::@\w+)?)/g)].map(([typed = "", who]) => ({
    typed,
    who: who as MemberRef,
  }));
}
