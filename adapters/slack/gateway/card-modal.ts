import type { ModalView } from "@slack/web-api";
import type { Card } from "../../../src/core/card.ts";
import { plainText } from "../blocks/plain-text.ts";
import { toEphemeral } from "../blocks/to-message.ts";

/** A card for one person where there is no channel to show it in. */
export function toCardModal(card: Card): ModalView {
  return {
    type: "modal",
    callback_id: "draftroom.card",
    title: plainText("Draftroom", 24),
    close: plainText("Close", 24),
    blocks: toEphemeral(card).blocks,
  };
}
