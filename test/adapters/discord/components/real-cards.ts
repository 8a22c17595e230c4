import { channelRef, groupRef, messageRef, userRef } from "../../../../adapters/discord/discord-refs.ts";
import { MANAGE } from "../../../../adapters/discord/roles/manage-group.ts";
import { member, message, plainCard, text } from "../../../../src/core/card.ts";
import type { EventId } from "../../../../src/core/ids.ts";
import type { CommandCall } from "../../../../src/ports/chat.ts";
import * as gallery from "../../../support/card-gallery.ts";

export const GUILD = "1185700000000000100";
const CHANNEL_ID = "1185700000000000200";
export const CHANNEL = channelRef({ guild: GUILD, channel: CHANNEL_ID });
export const ADA = userRef(GUILD, "1185700000000000001");
export const MIA = userRef(GUILD, "1185700000000000002");
export const NOOR = userRef(GUILD, "1185700000000000003");
export const DIRECTORS = groupRef(GUILD, "1185700000000000301");
export const MANAGERS = groupRef(GUILD, MANAGE);
export const GRID = messageRef({ guild: GUILD, channel: CHANNEL_ID, message: "1185700000000000400" });
const FINAL = messageRef({ guild: GUILD, channel: "1185700000000000400", message: "1185700000000000500" });

const cards = gallery.createCardGallery({
  channel: CHANNEL,
  ada: ADA,
  mia: MIA,
  noor: NOOR,
  staff: { directors: [DIRECTORS, ADA], managers: [MANAGERS] },
  grid: GRID,
  final: FINAL,
});
export const { roundOf, showRound, showFinal, rounds: ROUND_CARDS, finals: FINAL_CARDS } = cards;

/** What one person sees. */
export const PRIVATE_CARDS: readonly gallery.NamedCard[] = [
  ...cards.privates,
  gallery.named(
    "corrected",
    plainCard("warn", "count is a whole number from 1 to 16, such as 4. You gave 99."),
  ),
  gallery.named(
    "asked before",
    plainCard("info", "That is on its way already.", [
      [text("That is on its way already: "), message(GRID, "the grid"), text(", asked by "), member(MIA)],
    ]),
  ),
];

export const helpCard = () => gallery.helpCard(callOf("help"));

export function callOf(name: string): CommandCall {
  return {
    event: "discord:interaction:1" as EventId,
    place: { channel: CHANNEL, thread: undefined },
    person: MIA,
    name,
    text: "",
    options: {},
    mentions: [],
    attachments: [],
    isLive: true,
  };
}
