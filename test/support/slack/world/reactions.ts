import { isEmojiName } from "./emoji-names.ts";
import type { MessageRecord } from "./records.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/**
 * "You can add up to 23 emoji reactions to a message, and a message can have 50 different ones":
 * https://slack.com/help/articles/202931348-Use-emoji-and-reactions. The errors are on
 * https://docs.slack.dev/reference/methods/reactions.add.
 */
const REACTIONS_MAX = { perPerson: 23, perMessage: 50 } as const;

/** @throws Refusal */
export function addReaction(world: World, message: MessageRecord, user: string, name: string): void {
  if (!isEmojiName(name)) throw new Refusal("invalid_name");
  const users = message.reactions.get(name);
  if (users?.includes(user)) throw new Refusal("already_reacted");
  const own = [...message.reactions.values()].filter((each) => each.includes(user)).length;
  if (own >= REACTIONS_MAX.perPerson) throw new Refusal("too_many_reactions");
  if (users === undefined && message.reactions.size >= REACTIONS_MAX.perMessage)
    throw new Refusal("too_many_emoji");
  if (users === undefined) message.reactions.set(name, [user]);
  else users.push(user);
  world.emit({ type: "reaction", on: true, message, user, name });
}

/** @throws Refusal `no_reaction` */
export function removeReaction(world: World, message: MessageRecord, user: string, name: string): void {
  const users = message.reactions.get(name);
  const index = users?.indexOf(user) ?? -1;
  if (users === undefined || index === -1) throw new Refusal("no_reaction");
  users.splice(index, 1);
  if (users.length === 0) message.reactions.delete(name);
  world.emit({ type: "reaction", on: false, message, user, name });
}
