import { type APIAllowedMentions, type APIContainerComponent, MessageFlags } from "discord.js";
import type { Card } from "../../../src/core/card.ts";
import { type ShownPicture, toContainer } from "./to-container.ts";

/**
 * What a message says, as the API takes it: in a reply, a post and an edit alike. There is no `content` beside
 * components of this kind; an edit without `allowed_mentions` would allow all.
 * https://docs.discord.com/developers/components/reference, https://docs.discord.com/developers/resources/message#edit-message
 */
export interface MessageContent {
  readonly flags: number;
  readonly components: APIContainerComponent[];
  readonly allowed_mentions: APIAllowedMentions;
}

export interface MessageOptions {
  /** Of the post, as `postMark` makes it. */
  readonly mark: number;
  /** The card's picture; undefined when there is none, or it cannot be shown. */
  readonly shown: ShownPicture | undefined;
  /** The ids of the only people to notify; by default there is nobody. */
  readonly ping?: readonly string[];
}

/** A card as a message. */
export function toMessage(card: Card, { mark, shown, ping = [] }: MessageOptions): MessageContent {
  return toContent(toContainer(card, shown, mark), MessageFlags.IsComponentsV2, ping);
}

/** https://docs.discord.com/developers/resources/message#allowed-mentions-object */
export function toContent(
  container: APIContainerComponent,
  flags: number,
  ping: readonly string[],
): MessageContent {
  return {
    flags,
    components: [container],
    allowed_mentions: { parse: [], users: [...ping], replied_user: false },
  };
}
