import { MessageFlags } from "discord.js";
import type { Card } from "../../../src/core/card.ts";
import { toContainer } from "./to-container.ts";
import { type MessageContent, toContent } from "./to-message.ts";

/** A card that one person sees. Its buttons work like any others. https://docs.discord.com/developers/resources/message#message-object-message-flags */
export function toPrivate(card: Card): MessageContent {
  const flags = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;
  return toContent(toContainer(card, undefined, undefined), flags, []);
}
