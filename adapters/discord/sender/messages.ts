import { Routes } from "discord.js";
import type { Card } from "../../../src/core/card.ts";
import { ChatError, type ChatSender } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import { postMark } from "../components/post-mark.ts";
import { discordCode } from "../discord-errors.ts";
import { messageRef, readMessage } from "../discord-refs.ts";
import type { Discord } from "./ask-discord.ts";
import { besideThread } from "./beside-thread.ts";
import { calledPeople } from "./called-people.ts";
import type { ChannelWork } from "./channel-work.ts";
import { findPost } from "./find-post.ts";
import { lookAtMessage } from "./look-at-message.ts";
import { MESSAGE, type MessageAnswer } from "./message-answer.ts";
import { toNonce } from "./nonce.ts";
import { inOpenThread } from "./open-again.ts";
import { neededAt, type Spot, toSpot } from "./places.ts";
import type { Self } from "./self.ts";
import type { OutgoingMessage, ShowCard } from "./show-card.ts";
import type { StandingMessage, StandingMessages } from "./standing-messages.ts";

interface Parts {
  readonly discord: Discord;
  readonly self: Self;
  readonly showCard: ShowCard;
  readonly standing: StandingMessages;
  readonly work: ChannelWork;
  readonly log: Log;
}

/** The messages of a sender: posted and changed. */
export function createMessages(parts: Parts): Pick<ChatSender, "post" | "edit"> {
  const { discord, showCard, standing, work } = parts;

  async function post(spot: Spot, card: Card, { key, inDoubtSince }: PostOptions): Promise<MessageAnswer> {
    const mark = postMark(key);
    if (inDoubtSince !== undefined) {
      const found = await findPost(parts, { spot, mark, since: inDoubtSince });
      if (found !== undefined) return found;
    }
    const isInThread = spot.channel !== spot.parent || spot.replyTo !== undefined;
    return showCard({
      guild: spot.guild,
      card,
      mark,
      ping: calledPeople(card, isInThread),
      standing: [],
      send: (message) => say(discord, spot, key, message),
    });
  }

  /** What has to be known of a message before it is changed: which picture stands there. */
  async function standingOf(channel: string, message: string, card: Card): Promise<StandingMessage> {
    const known = standing.find(message);
    if (known !== undefined) return known;
    if (card.picture === undefined) return { files: [], mark: undefined };
    return standing.keep(await lookAtMessage(discord, channel, message));
  }

  async function edit(guild: string, channel: string, message: string, card: Card): Promise<MessageAnswer> {
    const { files, mark = postMark(message) } = await standingOf(channel, message, card);
    return showCard({
      guild,
      card,
      mark,
      ping: calledPeople(card, true),
      standing: files,
      send: (outgoing) => inOpenThread(discord, channel, () => change(discord, channel, message, outgoing)),
    });
  }

  return {
    async post(place, card, options) {
      const first = toSpot(place);
      return besideThread(parts, first, async (spot) => {
        const answer = await work.run(spot.channel, () => post(spot, card, options));
        standing.keep(answer);
        // A repeated post is where the first one was, be it beside a thread.
        return messageRef({ guild: spot.guild, channel: answer.channel_id, message: answer.id });
      });
    },

    async edit(ref, card) {
      const { guild, channel, message } = readMessage(ref);
      try {
        standing.keep(await work.run(channel, () => edit(guild, channel, message, card)));
      } catch (error) {
        // A limit leaves it as it is. Of anything else, what was remembered may be the reason, or not be so any more.
        const isLimit = error instanceof ChatError && error.kind === "unavailable" && !error.inDoubt;
        if (!isLimit) standing.forget(message);
        throw error;
      }
    },
  };
}

interface PostOptions {
  readonly key: string;
  readonly inDoubtSince: Date | undefined;
}

/** Only a reply needs Read Message History. */
const MAY_NOT_REPLY = 160002;

/** https://docs.discord.com/developers/resources/message#create-message */
async function say(
  discord: Discord,
  spot: Spot,
  key: string,
  { body, files }: OutgoingMessage,
): Promise<MessageAnswer> {
  const { channel, replyTo } = spot;
  const reference =
    replyTo === undefined ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
  try {
    return await discord.ask({
      doing: "post a message",
      needs: neededAt(spot, files !== undefined),
      method: "post",
      route: Routes.channelMessages(channel),
      request: {
        body: { ...body, ...reference, nonce: toNonce(key), enforce_nonce: true },
        ...withFiles(files),
      },
      answer: MESSAGE,
    });
  } catch (error) {
    if (replyTo === undefined || discordCode(error) !== MAY_NOT_REPLY) throw error;
    return say(discord, { ...spot, replyTo: undefined }, key, { body, files });
  }
}

/** https://docs.discord.com/developers/resources/message#edit-message */
function change(
  discord: Discord,
  channel: string,
  message: string,
  { body, files }: OutgoingMessage,
): Promise<MessageAnswer> {
  return discord.ask({
    doing: "change a message",
    needs: ["View Channel", ...(files === undefined ? [] : ["Attach Files"])],
    method: "patch",
    route: Routes.channelMessage(channel, message),
    request: { body, ...withFiles(files) },
    answer: MESSAGE,
  });
}

function withFiles(files: OutgoingMessage["files"]): Pick<OutgoingMessage, "files"> | object {
  return files === undefined ? {} : { files };
}
