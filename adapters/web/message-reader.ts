import type { Kysely } from "kysely";
import type { Emoji } from "../../src/core/card.ts";
import { eventOfKey } from "./message-keys.ts";
import type { MessageRow } from "./message-store.ts";
import { BOT_ID } from "./page/bot.ts";
import { decodeContent } from "./stored-content.ts";
import type { StudioTables } from "./studio-tables.ts";
import type { Changes, MessagePage, MessageView, ReactionView, RepliesView } from "./wire.ts";

/** Messages to a page. */
export const PAGE_LENGTH = 50;
/** Messages of a thread, newest kept. */
const THREAD_LENGTH_MAX = 500;
/** Messages to one event of the stream. */
const CHANGES_LENGTH_MAX = 100;

/** Reads messages as one person may see them: another's private ones never appear. */
export interface MessageReader {
  sequence(): Promise<number>;
  /** The newest messages of a channel, or those before a position. */
  channel(channel: string, viewer: string, before: number | undefined): Promise<MessagePage>;
  /** The root and everything under it. */
  thread(root: string, viewer: string): Promise<MessagePage>;
  one(message: string): Promise<MessageView | undefined>;
  /** What changed after a sequence number, in order; nothing is an empty list and the same number. */
  changes(viewer: string, since: number): Promise<Omit<Changes, "staff">>;
  reactions(message: string): Promise<readonly ReactionView[]>;
}

export function createMessageReader(db: Kysely<StudioTables>): MessageReader {
  const visibleTo = (viewer: string) =>
    db
      .selectFrom("studio_messages")
      .selectAll()
      .where((e) => e.or([e("audience", "is", null), e("audience", "=", viewer)]));

  async function toViews(rows: readonly MessageRow[]): Promise<MessageView[]> {
    const ids = rows.map((row) => row.id);
    const [reactions, replies] = await Promise.all([findReactions(db, ids), findReplies(db, ids)]);
    return rows.map((row) => ({
      id: row.id,
      channel: row.channel,
      thread: row.thread,
      author: row.author,
      at: new Date(row.created_at).toISOString(),
      position: row.position,
      changed: row.changed,
      content: decodeContent(row.content),
      event: eventOfKey(row.key),
      isPrivate: row.audience !== null,
      isDismissed: row.dismissed,
      reactions: reactions.get(row.id) ?? [],
      replies: replies.get(row.id) ?? null,
    }));
  }

  async function newestOf(query: ReturnType<typeof visibleTo>, lengthMax: number): Promise<MessagePage> {
    const rows = await query
      .where("dismissed", "=", false)
      .orderBy("position", "desc")
      .limit(lengthMax + 1)
      .execute();
    const messages = await toViews(rows.slice(0, lengthMax).reverse());
    return { messages, more: rows.length > lengthMax };
  }

  return {
    async sequence() {
      const row = await db.selectFrom("studio_sequence").select("value").executeTakeFirstOrThrow();
      return row.value;
    },

    channel(channel, viewer, before) {
      const inChannel = visibleTo(viewer).where("channel", "=", channel).where("thread", "is", null);
      return newestOf(
        before === undefined ? inChannel : inChannel.where("position", "<", before),
        PAGE_LENGTH,
      );
    },

    async thread(root, viewer) {
      const [rootRow, under] = await Promise.all([
        visibleTo(viewer).where("id", "=", root).executeTakeFirst(),
        newestOf(visibleTo(viewer).where("thread", "=", root), THREAD_LENGTH_MAX),
      ]);
      const top = rootRow === undefined ? [] : await toViews([rootRow]);
      return { messages: [...top, ...under.messages], more: under.more };
    },

    async one(message) {
      const row = await db
        .selectFrom("studio_messages")
        .selectAll()
        .where("id", "=", message)
        .executeTakeFirst();
      return row === undefined ? undefined : (await toViews([row]))[0];
    },

    async changes(viewer, since) {
      const rows = await visibleTo(viewer)
        .where("changed", ">", since)
        .orderBy("changed")
        .orderBy("position")
        .limit(CHANGES_LENGTH_MAX)
        .execute();
      const whole = rows.length < CHANGES_LENGTH_MAX ? rows : withoutLastChange(rows);
      return { sequence: whole.at(-1)?.changed ?? since, messages: await toViews(whole) };
    },

    async reactions(message) {
      return (await findReactions(db, [message])).get(message) ?? [];
    },
  };
}

/** A reply and its root share a number: a list that was cut may hold one without the other, so the next starts there. */
function withoutLastChange(rows: readonly MessageRow[]): readonly MessageRow[] {
  const last = rows.at(-1)?.changed;
  return rows.filter((row) => row.changed !== last);
}

async function findReactions(
  db: Kysely<StudioTables>,
  messages: readonly string[],
): Promise<ReadonlyMap<string, readonly ReactionView[]>> {
  if (messages.length === 0) return new Map();
  const rows = await db
    .selectFrom("studio_reactions")
    .selectAll()
    .where("message", "in", messages)
    .orderBy("position")
    .execute();
  const byMessage = new Map<string, Map<Emoji, string[]>>();
  for (const row of rows) {
    const emojis = byMessage.get(row.message) ?? new Map<Emoji, string[]>();
    byMessage.set(row.message, emojis);
    const emoji = row.emoji as Emoji;
    const people = emojis.get(emoji) ?? [];
    emojis.set(emoji, row.person === BOT_ID ? people : [...people, row.person]);
  }
  return new Map(
    [...byMessage].map(([message, emojis]) => [
      message,
      [...emojis].map(([emoji, people]) => ({ emoji, people })),
    ]),
  );
}

async function findReplies(
  db: Kysely<StudioTables>,
  messages: readonly string[],
): Promise<ReadonlyMap<string, RepliesView>> {
  if (messages.length === 0) return new Map();
  const rows = await db
    .selectFrom("studio_messages")
    .select((e) => [
      "thread",
      "author",
      e.fn.countAll().as("count"),
      e.fn.max("created_at").as("lastAt"),
      e.fn.max("position").as("lastPosition"),
    ])
    .where("thread", "in", messages)
    .where("audience", "is", null)
    .groupBy(["thread", "author"])
    .orderBy("lastPosition", "desc")
    .execute();
  const contents = await findContents(
    db,
    rows.map((row) => row.lastPosition),
  );
  const byRoot = new Map<string, RepliesView>();
  for (const row of rows) {
    const root = row.thread ?? "";
    const known = byRoot.get(root);
    // Newest author first: the first row of a root has its last reply.
    byRoot.set(root, {
      count: (known?.count ?? 0) + Number(row.count),
      lastAt: known?.lastAt ?? new Date(row.lastAt).toISOString(),
      lastPosition: known?.lastPosition ?? row.lastPosition,
      lastContent: known?.lastContent ?? decodeContent(contents.get(row.lastPosition) ?? ""),
      authors: [...(known?.authors ?? []), row.author],
    });
  }
  return byRoot;
}

async function findContents(
  db: Kysely<StudioTables>,
  positions: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (positions.length === 0) return new Map();
  const rows = await db
    .selectFrom("studio_messages")
    .select(["position", "content"])
    .where("position", "in", positions)
    .execute();
  return new Map(rows.map((row) => [row.position, row.content]));
}
