import { z } from "zod";
import type { Card } from "../../../src/core/card.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { Access, TeamAccess } from "../installs/access.ts";
import { slackWord, toChatError } from "../slack-errors.ts";
import { ARCHIVED, missingScope, NOT_A_MEMBER, ONLY_IN_CHANNELS } from "./gateway-cards.ts";

/** Whether the bot can show takes in a channel. Asked before anything is charged. */
export interface Membership {
  /** What is in the way, for the person; undefined when nothing is. Joins a public channel if it may. */
  findObstacle(team: string, channel: string): Promise<Card | undefined>;
  /** It is in there: an event of that channel has come. */
  learn(team: string, channel: string): void;
}

interface Parts {
  readonly access: Access;
  readonly clock: Clock;
  readonly log: Log;
}

/** Being a member is remembered for a minute: long enough for a rush of drafts, short enough for a bot that was sent away. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_MAX = 10_000;

/** Without these nothing can be shown in any channel. */
const NEEDED = ["chat:write", "files:write"];

/** https://docs.slack.dev/reference/objects/conversation-object */
const INFO = z.object({
  channel: z.object({
    is_member: z.boolean().default(false),
    is_private: z.boolean().default(false),
    is_archived: z.boolean().default(false),
    is_im: z.boolean().default(false),
    is_mpim: z.boolean().default(false),
  }),
});

/** What Slack says of a channel that the bot may not join; also of a private one that it cannot see. */
const OUTSIDE: ReadonlySet<string> = new Set([
  "channel_not_found",
  "method_not_supported_for_channel_type",
  "not_in_channel",
  "restricted_action",
  "too_many_members",
  "missing_scope",
]);

export function createMembership({ access, clock, log }: Parts): Membership {
  /** By team and channel: until when it is taken to be a member. */
  const members = new Map<string, number>();
  const asking = new Map<string, Promise<Card | undefined>>();

  function remember(key: string): void {
    if (members.size >= REMEMBERED_MAX) members.clear();
    members.set(key, clock().getTime() + REMEMBERED_MS);
  }

  async function ask(key: string, team: string, channel: string): Promise<Card | undefined> {
    try {
      const bot = await access.of(team);
      const lacking = NEEDED.filter((scope) => !bot.scopes.has(scope));
      if (lacking.length > 0) return missingScope(lacking);
      const obstacle = await look(bot, channel);
      if (obstacle === undefined) remember(key);
      return obstacle;
    } catch (error) {
      // Slack cannot be asked just now. Its limits or an outage are no reason to turn people away: what
      // cannot be posted in the end is not charged either.
      log.warn("slack.membership_unknown", {
        team,
        channel,
        reason: toChatError("conversations.info", error).message,
      });
      return undefined;
    }
  }

  return {
    learn: (team, channel) => remember(`${team} ${channel}`),
    findObstacle(team, channel) {
      const key = `${team} ${channel}`;
      if ((members.get(key) ?? 0) > clock().getTime()) return Promise.resolve(undefined);
      const answer = asking.get(key) ?? ask(key, team, channel).finally(() => asking.delete(key));
      asking.set(key, answer);
      return answer;
    },
  };
}

async function look(bot: TeamAccess, channel: string): Promise<Card | undefined> {
  const known = await bot.client.conversations.info({ channel }).catch((error: unknown) => {
    const word = slackWord(error);
    if (word === "missing_scope") return missingScope([neededScope(error)]);
    if (word === "channel_not_found") return NOT_A_MEMBER;
    throw error;
  });
  if ("tone" in known) return known;
  const info = INFO.parse(known).channel;
  if (info.is_im || info.is_mpim) return ONLY_IN_CHANNELS;
  if (info.is_archived) return ARCHIVED;
  if (info.is_member) return undefined;
  if (info.is_private || !bot.scopes.has("channels:join")) return NOT_A_MEMBER;
  return join(bot, channel);
}

/** https://docs.slack.dev/reference/methods/conversations.join */
async function join(bot: TeamAccess, channel: string): Promise<Card | undefined> {
  try {
    await bot.client.conversations.join({ channel });
    return undefined;
  } catch (error) {
    const word = slackWord(error) ?? "";
    if (word === "is_archived") return ARCHIVED;
    if (OUTSIDE.has(word)) return NOT_A_MEMBER;
    throw error;
  }
}

/** "needed": https://docs.slack.dev/reference/methods/conversations.info (errors of every method). */
function neededScope(error: unknown): string {
  const said = z.object({ data: z.object({ needed: z.string().min(1) }) }).safeParse(error);
  return said.data?.data.needed ?? "channels:read";
}
