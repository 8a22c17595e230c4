import type { Kysely } from "kysely";
import type { AssetReader } from "../../../src/ports/assets.ts";
import { ChatError, type ChatSender } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { Access } from "../installs/access.ts";
import { readMessage, SLACK, threadRef } from "../slack-refs.ts";
import type { SlackTables } from "../slack-tables.ts";
import { createSlack } from "./ask-slack.ts";
import { createFileRows } from "./file-rows.ts";
import { createFileWatch } from "./file-watch.ts";
import { createMessages } from "./messages.ts";
import { createPacing } from "./pacing.ts";
import { createPictures } from "./pictures.ts";
import { toReactionLevels } from "./reaction-levels.ts";
import { createSeeding } from "./seeding.ts";
import { SENDER_LIMITS, type SenderLimits } from "./sender-limits.ts";
import { createSharedTurns } from "./shared-turns.ts";
import { createShowCard } from "./show-card.ts";
import { createStatusLine } from "./status-line.ts";
import { createUploads } from "./uploads.ts";

export interface SlackSenderParts {
  readonly access: Access;
  readonly assets: AssetReader;
  readonly db: Kysely<SlackTables>;
  readonly roles: Pick<ChatSender, "staff" | "isIn">;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Says things in Slack. Nothing is tried twice in here that must not be: whether a failed call is repeated
 * is for the job to decide, and every failure says what it means.
 */
export function createSlackSender(
  { access, assets, db, roles, log, clock }: SlackSenderParts,
  limits: SenderLimits = SENDER_LIMITS,
): ChatSender {
  const slack = createSlack(createPacing(clock, limits.minuteMs), limits);
  const rows = createFileRows(db);
  const uploads = createUploads({ slack, assets, rows, clock, limits });
  const watch = createFileWatch({ slack, rows, clock, limits });
  const pictures = createPictures({ uploads, watch, rows, log, clock, limits });
  const showCard = createShowCard({ pictures, watch, log, clock, limits });
  const { post, edit, whisper } = createMessages({ slack, access, showCard, log });
  const inTurn = createSharedTurns(clock);
  const seed = createSeeding({ slack, access, log, clock, limits });

  return {
    platform: SLACK,
    post: (place, card, options) => orUnavailable(() => post(place, card, options)),
    edit: (message, card) => orUnavailable(() => inTurn(message, () => edit(message, card))),
    whisper: (place, person, card) => orUnavailable(() => whisper(place, person, card)),
    seed: (message, reactions) => orUnavailable(() => seed(message, reactions)),
    status: createStatusLine({ slack, access, log, clock }),

    // Any message is the first of a thread as soon as there is a reply to it.
    thread: async (message) => threadRef(readMessage(message)),

    reactions: (message) =>
      orUnavailable(async () => {
        const { team, channel, ts } = readMessage(message);
        const bot = await access.of(team);
        const answer = await slack.ask(bot, "reactions.get", (client) =>
          client.reactions.get({ channel, timestamp: ts, full: true }),
        );
        return toReactionLevels(answer, team, bot.botUser);
      }),

    staff: (channel) => roles.staff(channel),
    isIn: (group, person) => roles.isIn(group, person),
  };
}

/** What has no meaning yet is the database or the store of pictures, which are worth another try. Neither is asked once something is said. */
async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ChatError) throw error;
    const details = { inDoubt: false, cause: error };
    throw new ChatError("unavailable", "Draftroom could not reach its own records", details);
  }
}
