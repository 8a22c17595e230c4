import type { Card, Form } from "../../../src/core/card.ts";
import type { Reply } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import type { Delivery } from "./delivery.ts";
import { NOT_RECORDED } from "./gateway-cards.ts";

/** What is left to tell the person, once a form is open. */
export async function settle(
  reply: Reply,
  open: (form: Form) => Promise<Card | undefined>,
): Promise<Card | undefined> {
  switch (reply.kind) {
    case "done":
      return undefined;
    case "started":
    case "whisper":
    case "refused":
      return reply.card;
    case "form":
      return open(reply.form);
  }
}

/** What the inbox made of it. When it could not be recorded at the last try either, the person is told. */
export async function recorded({ isLast }: Delivery, hand: () => Promise<Reply>, log: Log): Promise<Reply> {
  try {
    return await hand();
  } catch (error) {
    if (!isLast) throw error;
    log.error("slack.event_not_recorded", error);
    return { kind: "whisper", card: NOT_RECORDED };
  }
}

export const whisper = (card: Card): Reply => ({ kind: "whisper", card });
