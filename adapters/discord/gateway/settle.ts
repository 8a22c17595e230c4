import type { Form } from "../../../src/core/card.ts";
import type { Reply } from "../../../src/ports/chat.ts";
import { afterOthers } from "./after-others.ts";
import type { Desk, Encounter } from "./desk.ts";
import { DONE, UNDER_WAY } from "./gateway-cards.ts";
import { publish } from "./publish.ts";

interface Settling {
  readonly reply: Reply;
  readonly isLive: boolean;
  /** Shows a form, or the way to it. */
  readonly ask: (form: Form) => Promise<void>;
}

/** Answers a command or a form. Unlike a button, they have to be answered with something to read. */
export async function settle(
  desk: Desk,
  encounter: Encounter<unknown>,
  { reply, isLive, ask }: Settling,
): Promise<void> {
  const { answer, at } = encounter;
  switch (reply.kind) {
    case "started":
      if (reply.post !== undefined) return publish(desk, encounter, reply.card, reply.post);
      return answer.whisper(reply.card);
    case "whisper":
    case "refused":
      return answer.whisper(reply.card);
    case "form":
      return ask(reply.form);
    case "done":
      if (isLive) await afterOthers(at);
      return answer.whisper(isLive ? UNDER_WAY : DONE);
  }
}
