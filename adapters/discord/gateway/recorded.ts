import type { Reply } from "../../../src/ports/chat.ts";
import type { Desk } from "./desk.ts";
import { NOT_RECORDED } from "./gateway-cards.ts";
import { untilRecorded } from "./until-recorded.ts";

/** What the inbox made of it; if it could not be recorded in that time, the person is told so. */
export async function recorded(
  { stopping, log }: Desk,
  forMs: number,
  hand: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await untilRecorded(hand, { forMs, signal: stopping });
  } catch (error) {
    log.error("discord.event_not_recorded", error);
    return { kind: "whisper", card: NOT_RECORDED };
  }
}
