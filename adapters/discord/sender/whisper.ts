import { Routes } from "discord.js";
import type { ChatSender } from "../../../src/ports/chat.ts";
import { toPrivate } from "../components/to-private.ts";
import { discordCode } from "../discord-errors.ts";
import { readMember } from "../discord-refs.ts";
import type { RecentInteraction, RecentInteractions } from "../recent-interactions.ts";
import type { Discord } from "./ask-discord.ts";
import { ANYTHING } from "./message-answer.ts";
import { toSpot } from "./places.ts";

/** The interaction can be answered no more: Unknown Webhook, Invalid Webhook Token, as many answers as it takes. */
const OVER: ReadonlySet<number> = new Set([10015, 50027, 40094]);

/** Only whoever has used something there a short time ago can be told anything in private: as one more answer to that. */
export function createWhisper(discord: Discord, recent: RecentInteractions): ChatSender["whisper"] {
  return async (place, person, card) => {
    const { guild, channel, parent } = toSpot(place);
    const { id: user } = readMember(person);
    const interaction =
      recent.find({ guild, channel, user }) ?? recent.find({ guild, channel: parent, user });
    if (interaction === undefined) return false;
    try {
      await followUp(discord, interaction, toPrivate(card));
      return true;
    } catch (error) {
      if (!OVER.has(discordCode(error) ?? 0)) throw error;
      return false;
    }
  };
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message */
async function followUp(
  discord: Discord,
  { application, token }: RecentInteraction,
  body: ReturnType<typeof toPrivate>,
): Promise<void> {
  await discord.ask({
    doing: "answer a person in private",
    needs: [],
    method: "post",
    route: Routes.webhook(application, token),
    // The token in the address is what counts. With the bot's own, discord.js would take a 401 for the end of that.
    request: { body, auth: false },
    answer: ANYTHING,
  });
}
