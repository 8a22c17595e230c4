import type { AssetReader } from "../../src/ports/assets.ts";
import { ChatError, type ChatSender, type Place } from "../../src/ports/chat.ts";
import { toCardContent } from "./card-content.ts";
import type { Directory } from "./directory.ts";
import { postKey } from "./message-keys.ts";
import type { MessageReader } from "./message-reader.ts";
import type { MessageRow, MessageStore } from "./message-store.ts";
import { BOT_ID } from "./page/bot.ts";
import {
  channelIdOf,
  messageIdOf,
  messageRef,
  personIdOf,
  STUDIO,
  threadRef,
  userRef,
} from "./studio-refs.ts";

interface Parts {
  readonly assets: AssetReader;
  readonly directory: Directory;
  readonly store: MessageStore;
  readonly reader: MessageReader;
}

export function createStudioSender({ assets, directory, store, reader }: Parts): ChatSender {
  async function knownPlace(place: Place): Promise<{ channel: string; thread: string | undefined }> {
    const channel = channelIdOf(place.channel);
    if (!(await directory.hasChannel(channel))) throw new ChatError("gone", `no such channel: ${channel}`);
    if (place.thread === undefined) return { channel, thread: undefined };
    const root = await knownMessage(messageIdOf(place.thread));
    return { channel, thread: root.thread ?? root.id };
  }

  async function knownMessage(ref: { channel: string; message: string }): Promise<MessageRow> {
    const row = await store.find(ref.message);
    if (row === undefined || row.channel !== ref.channel) {
      throw new ChatError("gone", `no such message: ${ref.message}`);
    }
    return row;
  }

  return {
    platform: STUDIO,

    // The key is unique in the table: a post in doubt needs no other look.
    post: (place, card, { key }) =>
      orUnavailable(async () => {
        const { channel, thread } = await knownPlace(place);
        const row = await store.add({
          channel,
          thread,
          author: BOT_ID,
          content: await toCardContent(card, assets),
          audience: undefined,
          key: postKey(key),
        });
        return messageRef(row.channel, row.id);
      }),

    // Its messages change without a sound, so the live message shows the work.
    status: async () => undefined,

    edit: (message, card) =>
      orUnavailable(async () => {
        const row = await knownMessage(messageIdOf(message));
        await store.replace(row.id, await toCardContent(card, assets));
      }),

    whisper: (place, person, card) =>
      orUnavailable(async () => {
        const { channel, thread } = await knownPlace(place);
        const audience = personIdOf(person);
        if (!(await directory.hasPerson(audience)))
          throw new ChatError("gone", `no such person: ${audience}`);
        await store.add({
          channel,
          thread,
          author: BOT_ID,
          content: await toCardContent(card, assets),
          audience,
          key: undefined,
        });
        return true;
      }),

    seed: (message, reactions) =>
      orUnavailable(async () => {
        const row = await knownMessage(messageIdOf(message));
        for (const emoji of reactions) await store.react(row.id, emoji, BOT_ID, true);
        return undefined;
      }),

    thread: (message) =>
      orUnavailable(async () => {
        const row = await knownMessage(messageIdOf(message));
        return threadRef(row.channel, row.thread ?? row.id);
      }),

    reactions: (message) =>
      orUnavailable(async () => {
        const row = await knownMessage(messageIdOf(message));
        const levels = await reader.reactions(row.id);
        return levels
          .filter(({ people }) => people.length > 0)
          .map(({ emoji, people }) => ({ emoji, people: people.map(userRef) }));
      }),

    staff: (channel) =>
      orUnavailable(async () => {
        const { channel: id } = await knownPlace({ channel, thread: undefined });
        const [directors, managers] = await Promise.all([
          directory.staff(id, "director"),
          directory.staff(id, "manager"),
        ]);
        return { directors: directors.map(userRef), managers: managers.map(userRef) };
      }),

    // There are no groups in the studio.
    isIn: async () => false,
  };
}

/** Whatever is not the caller's mistake is the database, which is worth another try. */
async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ChatError) throw error;
    throw new ChatError("unavailable", "the studio could not reach its records", { cause: error });
  }
}
