import { ANSWER_MS } from "../ports/chat.ts";

/** Until when a post may still become what an event is answered with. */
export function answerBy(createdAt: Date): Date {
  return new Date(createdAt.getTime() + ANSWER_MS);
}
