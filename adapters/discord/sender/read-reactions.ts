import { ReactionType, Routes } from "discord.js";
import { z } from "zod";
import type { Emoji } from "../../../src/core/card.ts";
import type { ChatSender } from "../../../src/ports/chat.ts";
import { fromEmoji } from "../components/emoji.ts";
import { readMessage, userRef } from "../discord-refs.ts";
import type { Discord } from "./ask-discord.ts";
import { lookAtMessage } from "./look-at-message.ts";
import { type MessageAnswer, USER } from "./message-answer.ts";
import { patiently } from "./patiently.ts";

/** https://docs.discord.com/developers/resources/message#get-reactions */
const PAGE = 100;
const PAGES_MAX = 100;
const PAGE_ANSWER = z.array(USER);

/** Who has which reaction: one look at the message, and one at each of our reactions that somebody else has put on. */
export function createReadReactions(discord: Discord): ChatSender["reactions"] {
  return async (ref) => {
    const { guild, channel, message } = readMessage(ref);
    const { reactions } = await patiently(() => lookAtMessage(discord, channel, message));
    const people = new Map<Emoji, Set<string>>();
    for (const reaction of reactions) {
      const { emoji, name } = toOurs(reaction) ?? {};
      if (emoji === undefined || name === undefined) continue;
      const those = people.get(emoji) ?? new Set();
      people.set(emoji, those);
      for (const type of typesOf(reaction)) {
        const users = await usersOf(discord, { channel, message, name, type });
        for (const { id, bot } of users) if (!bot) those.add(id);
      }
    }
    return [...people]
      .filter(([, users]) => users.size > 0)
      .map(([emoji, users]) => ({ emoji, people: [...users].map((user) => userRef(guild, user)) }));
  };
}

type Reaction = MessageAnswer["reactions"][number];

/** A server's own emoji has an id, whatever it is called. */
function toOurs({
  emoji: { id, name },
}: Reaction): { readonly emoji: Emoji; readonly name: string } | undefined {
  if (id || !name) return undefined;
  const emoji = fromEmoji(name);
  return emoji && { emoji, name };
}

/** Where there may be somebody besides the bot. Super reactions (burst) have a list of their own. */
function typesOf({ count_details: { normal, burst }, me }: Reaction): readonly ReactionType[] {
  return [
    ...(normal > (me ? 1 : 0) ? [ReactionType.Normal] : []),
    ...(burst > 0 ? [ReactionType.Super] : []),
  ];
}

interface Listed {
  readonly channel: string;
  readonly message: string;
  /** As the message has it. */
  readonly name: string;
  readonly type: ReactionType;
}

async function usersOf(discord: Discord, { channel, message, name, type }: Listed) {
  const users: z.infer<typeof PAGE_ANSWER> = [];
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const query = new URLSearchParams({ type: String(type), limit: String(PAGE) });
    const last = users.at(-1)?.id;
    if (last !== undefined) query.set("after", last);
    const page = await patiently(() =>
      discord.ask({
        doing: "read reactions",
        needs: ["View Channel", "Read Message History"],
        method: "get",
        route: Routes.channelMessageReaction(channel, message, encodeURIComponent(name)),
        request: { query },
        answer: PAGE_ANSWER,
      }),
    );
    users.push(...page);
    if (page.length < PAGE) break;
  }
  return users;
}
