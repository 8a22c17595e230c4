import type { Card } from "../../../src/core/card.ts";
import type { MessageRef, UserRef } from "../../../src/core/ids.ts";
import { ChatError, type ChatSender, type Place } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import { type MessageContent, toEphemeral } from "../blocks/to-message.ts";
import type { Access, TeamAccess } from "../installs/access.ts";
import { slackWord } from "../slack-errors.ts";
import { messageRef, readChannel, readMember, readMessage } from "../slack-refs.ts";
import type { Slack } from "./ask-slack.ts";
import { beforehand } from "./beforehand.ts";
import { findPost } from "./find-post.ts";
import { findThread } from "./find-thread.ts";
import { inThread, type SharePlace, threadArgument } from "./in-thread.ts";
import { inChannel } from "./join-channel.ts";
import { EDIT_CLOSED } from "./post-troubles.ts";
import type { ShowCard } from "./show-card.ts";

interface Parts {
  readonly slack: Slack;
  readonly access: Access;
  readonly showCard: ShowCard;
  readonly log: Log;
}

/** Slack shows private messages to members of the channel, in channels that the bot is in. https://docs.slack.dev/reference/methods/chat.postEphemeral */
const NOBODY_THERE: ReadonlySet<string> = new Set(["user_not_in_channel", "not_in_channel"]);

/** The messages of a sender: posted, changed, and whispered. */
export function createMessages({
  slack,
  access,
  showCard,
  log,
}: Parts): Pick<ChatSender, "post" | "edit" | "whisper"> {
  /** Does it where the bot is, or comes by itself, and where the thread is, or else beside it. */
  function inPlace<T>(bot: TeamAccess, place: SharePlace, work: (place: SharePlace) => Promise<T>) {
    return inThread(place, (there) => inChannel(slack, bot, there.channel, () => work(there)));
  }

  /** https://docs.slack.dev/reference/methods/chat.postMessage */
  function say(bot: TeamAccess, place: SharePlace, message: MessageContent) {
    const { channel } = place;
    return slack.post(bot, channel, (client) =>
      client.chat.postMessage({
        channel,
        ...message,
        mrkdwn: false,
        unfurl_links: false,
        unfurl_media: false,
        ...threadArgument(place),
      }),
    );
  }

  /** Without `parse`, an edit reads the text as a client does: https://docs.slack.dev/reference/methods/chat.update */
  async function change(bot: TeamAccess, channel: string, ts: string, message: MessageContent) {
    try {
      await slack.ask(bot, "chat.update", (client) =>
        client.chat.update({ channel, ts, ...message, parse: "none" }),
      );
    } catch (error) {
      const word = slackWord(error) ?? "";
      if (!EDIT_CLOSED.has(word)) throw error;
      // It would be tried for ever, and others wait for their turn.
      log.warn("slack.edit_closed", { team: bot.team, channel, error: word });
    }
  }

  return {
    async post(place, card, { key, inDoubtSince }) {
      const { team, channel } = readChannel(place.channel);
      const there = toSharePlace(place);
      const bot = await beforehand(access.of(team));
      if (inDoubtSince !== undefined) {
        const post = { place: there, block: `post.${key}`, since: inDoubtSince };
        const found = await findPost(slack, bot, post, log);
        if (found !== undefined) return messageRef({ team, channel, ts: found });
      }
      const { ts } = await showCard({
        access: bot,
        card,
        key,
        shareIn: async () => there,
        send: (message) => inPlace(bot, there, (each) => say(bot, each, message)),
      });
      if (ts === undefined) throw new ChatError("unavailable", "Slack did not say which message it posted");
      return messageRef({ team, channel, ts });
    },

    async edit(message: MessageRef, card: Card) {
      const { team, channel, ts } = readMessage(message);
      const bot = await access.of(team);
      await showCard({
        access: bot,
        card,
        key: undefined,
        shareIn: async () => ({ channel, thread: await findThread(slack, bot, { channel, ts }) }),
        send: (content) => change(bot, channel, ts, content),
      });
    },

    async whisper(place: Place, person: UserRef, card: Card) {
      const bot = await access.of(readChannel(place.channel).team);
      const { id: user } = readMember(person);
      try {
        await inPlace(bot, toSharePlace(place), (there) =>
          slack.ask(bot, "chat.postEphemeral", (client) =>
            client.chat.postEphemeral({
              channel: there.channel,
              user,
              ...toEphemeral(card, bot.url),
              ...threadArgument(there),
            }),
          ),
        );
        return true;
      } catch (error) {
        if (!NOBODY_THERE.has(slackWord(error) ?? "")) throw error;
        return false;
      }
    },
  };
}

function toSharePlace({ channel, thread }: Place): SharePlace {
  return {
    channel: readChannel(channel).channel,
    thread: thread === undefined ? undefined : readMessage(thread).ts,
  };
}
