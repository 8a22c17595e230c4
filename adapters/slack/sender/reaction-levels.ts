import type { ReactionsGetResponse } from "@slack/web-api";
import type { Emoji } from "../../../src/core/card.ts";
import type { ReactionLevel } from "../../../src/ports/chat.ts";
import { userRef } from "../slack-refs.ts";
import { toEmoji } from "./emoji-names.ts";

/** Who has which reaction, of an answer of https://docs.slack.dev/reference/methods/reactions.get. */
export function toReactionLevels(
  answer: ReactionsGetResponse,
  team: string,
  botUser: string,
): readonly ReactionLevel[] {
  const people = new Map<Emoji, Set<string>>();
  for (const { name, users } of answer.message?.reactions ?? []) {
    const emoji = toEmoji(name ?? "");
    if (emoji === undefined) continue;
    const those = people.get(emoji) ?? new Set();
    for (const user of users ?? []) if (user !== botUser) those.add(user);
    people.set(emoji, those);
  }
  return [...people]
    .filter(([, users]) => users.size > 0)
    .map(([emoji, users]) => ({ emoji, people: [...users].map((user) => userRef(team, user)) }));
}
