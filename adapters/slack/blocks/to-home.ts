import type { HomeView, KnownBlock } from "@slack/web-api";
import { type Card, plainCard } from "../../../src/core/card.ts";
import { toButtons } from "./buttons.ts";
import { LIMITS } from "./limits.ts";
import { toNote } from "./note.ts";
import { toRichText } from "./rich-text.ts";

/**
 * Of one card: ten lines of a prompt, a place and a link each, whole. Slack refuses a page above 250 kB
 * (`view_too_large`), which 33 cards with buttons could come to. https://docs.slack.dev/reference/methods/views.publish
 */
const CARD_WEIGHT_MAX = 7_500;
const REST = plainCard("info", "There is more than fits on this page.");

/**
 * Cards as a person's own page: the first line of each is its heading. https://docs.slack.dev/surfaces/app-home
 *
 * @param url of the workspace, as `TeamAccess` has it: then links to its messages are permalinks.
 */
export function toHome(cards: readonly Card[], url?: string): HomeView {
  const blocks: KnownBlock[] = [];
  let buttons = 0;
  for (const [index, card] of cards.entries()) {
    const paragraph = toParagraph(card, { buttons, url, divided: index > 0 });
    const room = LIMITS.viewBlocks - blocks.length - (index < cards.length - 1 ? 2 : 0);
    if (paragraph.length > room) {
      blocks.push(...toParagraph(REST, { buttons, url, divided: true }));
      break;
    }
    blocks.push(...paragraph);
    buttons += card.actions.length;
  }
  return { type: "home", callback_id: "draftroom.home", blocks };
}

interface Above {
  /** How many stand above it. */
  readonly buttons: number;
  readonly divided: boolean;
  readonly url: string | undefined;
}

function toParagraph(card: Card, { buttons, divided, url }: Above): KnownBlock[] {
  return [
    ...(divided ? [{ type: "divider" } as const] : []),
    toRichText(card.body, { tone: card.tone, weightMax: CARD_WEIGHT_MAX, heading: true, url }),
    ...toButtons(card.actions, buttons),
    ...toNote(card.note, undefined),
  ];
}
