import { Routes } from "discord.js";
import type { Emoji } from "../../../src/core/card.ts";
import type { MessageRef } from "../../../src/core/ids.ts";
import { ChatError, type ChatSender } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import { toEmoji } from "../components/emoji.ts";
import { readMessage } from "../discord-refs.ts";
import type { Discord } from "./ask-discord.ts";
import type { ChannelWork } from "./channel-work.ts";
import { ANYTHING } from "./message-answer.ts";
import { inOpenThread } from "./open-again.ts";

interface Parts {
  readonly discord: Discord;
  readonly work: ChannelWork;
  readonly log: Log;
  readonly clock: Clock;
}

interface Seeding {
  /** When they were first asked for, in ms: the message may be much older, since a grid is an edit of it. */
  readonly since: number;
  placed: number;
  /** It was told when to come. */
  isTold: boolean;
}

/** Those that are not done: a message that was deleted, or is seeded by another process, would stay for ever. */
const MESSAGES_MAX = 1_000;
/** After that, people have found the buttons. */
const SEED_MS_MAX = 90_000;
/** Posts go first. */
const YIELD_MS = 250;
/**
 * A channel takes a reaction every 250 ms (https://github.com/discord/discord-api-docs/issues/182), from the answer
 * to the last one on, and a bit: discord.js adds 50 ms to what the headers say.
 */
const BETWEEN_MS = 310;
/** A slow answer is no reason to hold back everybody. */
const TURN_MS_MAX = 500;
/** When there is no better answer. */
const ASK_AGAIN_MS = 2_000;

/**
 * Seeds never wait, and never fail: they are a convenience beside the buttons. Each call places one at the most, so
 * that none is asked for that Discord would refuse; and the messages of a channel that wait for their next one are
 * told to come one after the other.
 */
export function createSeeding({ discord, work, log, clock }: Parts): ChatSender["seed"] {
  const seedings = new Map<MessageRef, Seeding>();
  /** When the last one who waits was told to come, by channel, in ms. */
  const told = new Map<string, number>();
  /** Until when a channel takes no other, in ms. */
  const taken = new Map<string, number>();
  /** How long a turn takes: the way to Discord and back, and what has to be between. */
  let turnMs = BETWEEN_MS;
  const now = () => clock().getTime();

  function later(channel: string, ms: number): number {
    const at = Math.max(now() + ms, (told.get(channel) ?? 0) + turnMs);
    told.set(channel, at);
    return Math.ceil(at - now());
  }

  function forgetPast(): void {
    for (const times of [told, taken]) {
      for (const [channel, time] of times) if (time < now()) times.delete(channel);
    }
  }

  function begun(message: MessageRef): Seeding {
    const seeding = seedings.get(message) ?? { since: now(), placed: 0, isTold: false };
    seedings.set(message, seeding);
    const [oldest] = seedings.keys();
    if (seedings.size > MESSAGES_MAX && oldest !== undefined) seedings.delete(oldest);
    return seeding;
  }

  /** In how many ms it is a message's turn; undefined: now. Whoever was told to come is next, if a little early. */
  function turn(channel: string, seeding: Seeding): number | undefined {
    const takenMs = (taken.get(channel) ?? 0) - now();
    if (seeding.isTold) return takenMs > 0 ? Math.ceil(takenMs) : undefined;
    return takenMs > 0 || (told.get(channel) ?? 0) > now() ? later(channel, takenMs) : undefined;
  }

  async function react(ref: MessageRef, emoji: Emoji): Promise<void> {
    const { channel, message } = readMessage(ref);
    const start = now();
    taken.set(channel, start + turnMs);
    try {
      await inOpenThread(discord, channel, () => putReaction(discord, channel, message, emoji));
      turnMs = Math.min(now() - start, TURN_MS_MAX) + BETWEEN_MS;
      taken.set(channel, now() + BETWEEN_MS);
    } catch (error) {
      taken.delete(channel);
      throw error;
    }
  }

  /** Resolves as `seed` does. */
  async function place(ref: MessageRef, reactions: readonly Emoji[]): Promise<number | undefined> {
    const { channel } = readMessage(ref);
    const seeding = begun(ref);
    const emoji = reactions[seeding.placed];
    if (emoji === undefined || now() - seeding.since > SEED_MS_MAX) return undefined;
    const waitMs = work.isUnderWay(channel) ? later(channel, YIELD_MS) : turn(channel, seeding);
    seeding.isTold = true;
    if (waitMs !== undefined) return waitMs;
    forgetPast();
    await react(ref, emoji);
    seeding.placed += 1;
    return seeding.placed < reactions.length ? later(channel, BETWEEN_MS) : undefined;
  }

  return async (ref, reactions) => {
    const again = await place(ref, reactions).catch((error: unknown) => {
      if (!(error instanceof ChatError)) throw error;
      if (error.kind === "unavailable") {
        return later(readMessage(ref).channel, error.retryAfterMs ?? ASK_AGAIN_MS);
      }
      log.warn("discord.not_seeded", { message: ref, reason: error.message });
      return undefined;
    });
    if (again === undefined) seedings.delete(ref);
    return again;
  };
}

/** The same twice is the same once. https://docs.discord.com/developers/resources/message#create-reaction */
async function putReaction(discord: Discord, channel: string, message: string, emoji: Emoji): Promise<void> {
  await discord.ask({
    doing: "react",
    needs: ["Read Message History", "Add Reactions"],
    method: "put",
    route: Routes.channelMessageOwnReaction(channel, message, encodeURIComponent(toEmoji(emoji))),
    request: {},
    answer: ANYTHING,
  });
}
