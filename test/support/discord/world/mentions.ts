import { PermissionFlagsBits } from "discord.js";
import { textsOf } from "./components.ts";
import { may } from "./permissions.ts";
import type { ChannelRecord, Json, Mentions, UserRecord } from "./records.ts";

export const NOBODY: Mentions = { users: [], roles: [], everyone: false };

export interface Written {
  readonly channel: ChannelRecord;
  readonly author: UserRecord;
  readonly content: string;
  readonly components: readonly Json[];
  /** As it came in the body. */
  readonly allowed: unknown;
  /** Interactions and webhooks parse users alone by default. */
  readonly isByInteraction: boolean;
  /** Whom a reply goes to. */
  readonly repliedTo: string | undefined;
}

/**
 * Whom a message mentions. "The default value … varies depending on the context":
 * https://docs.discord.com/developers/resources/message#allowed-mentions-object
 */
export function mentionsOf(written: Written): Mentions {
  const { channel, author, isByInteraction } = written;
  const allowed = (written.allowed ?? undefined) as Json | undefined;
  const byDefault = isByInteraction ? ["users"] : ["users", "roles", "everyone"];
  const parse = allowed === undefined ? byDefault : listOf(allowed.parse);
  const named = { users: listOf(allowed?.users), roles: listOf(allowed?.roles) };
  const text = [written.content, ...textsOf(written.components)].join("\n");
  const found = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))];
  // No role of this world is mentionable by everybody.
  const mayAll = may(channel, author, PermissionFlagsBits.MentionEveryone);
  const users = found(/<@!?(\d+)>/g).filter((id) => parse.includes("users") || named.users.includes(id));
  const roles = found(/<@&(\d+)>/g).filter((id) => parse.includes("roles") || named.roles.includes(id));
  // A reply mentions whom it replies to, unless it says otherwise.
  const isPinged = allowed === undefined || allowed.replied_user === true;
  const replied = written.repliedTo !== undefined && isPinged ? [written.repliedTo] : [];
  return {
    users: [...new Set([...users, ...replied])],
    roles: mayAll ? roles : [],
    everyone: mayAll && parse.includes("everyone") && /@(everyone|here)\b/.test(text),
  };
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
