import { createHash } from "node:crypto";

/** "Up to 25 characters": https://docs.discord.com/developers/resources/message#create-message. */
const LENGTH = 24;

/** What Discord knows a post by for a few minutes: a post repeated with it is the first one again. */
export function toNonce(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, LENGTH);
}
