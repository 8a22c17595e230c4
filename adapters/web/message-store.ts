import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { Emoji } from "../../src/core/card.ts";
import type { IdSource } from "../../src/core/ids.ts";
import type { Clock } from "../../src/ports/log.ts";
import { encodeContent } from "./stored-content.ts";
import type { StudioTables } from "./studio-tables.ts";
import type { Content } from "./wire.ts";

/** Keeps what is said and reacted. Every change gets the next sequence number, and is told to `onChange` once it is kept. */
export interface MessageStore {
  /** The same key is the same message: a repeat returns the first one, unchanged. */
  add(message: NewMessage): Promise<MessageRow>;
  find(message: string): Promise<MessageRow | undefined>;
  /** `false` when there is no such message. */
  replace(message: string, content: Content): Promise<boolean>;
  /** Takes a message away from the one person who sees it. Repeatable. */
  dismiss(message: string): Promise<void>;
  /** `false` when it was so already. */
  react(message: string, emoji: Emoji, person: string, on: boolean): Promise<boolean>;
}

export interface NewMessage {
  readonly channel: string;
  readonly thread: string | undefined;
  readonly author: string;
  readonly content: Content;
  /** The only person who sees it. */
  readonly audience: string | undefined;
  readonly key: string | undefined;
}

export type MessageRow = Selectable<StudioTables["studio_messages"]>;

interface Parts {
  readonly db: Kysely<StudioTables>;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly onChange: () => void;
}

export function createMessageStore({ db, ids, clock, onChange }: Parts): MessageStore {
  async function change<T>(
    make: (tx: Transaction<StudioTables>, sequence: number) => Promise<T>,
  ): Promise<T> {
    const result = await db.transaction().execute(async (tx) => make(tx, await nextSequence(tx)));
    onChange();
    return result;
  }

  const byKey = (key: string, tx: Kysely<StudioTables> = db) =>
    tx.selectFrom("studio_messages").selectAll().where("key", "=", key).executeTakeFirst();

  async function add(message: NewMessage): Promise<MessageRow> {
    const { key } = message;
    const known = key === undefined ? undefined : await byKey(key);
    if (known !== undefined) return known;
    return change(async (tx, sequence) => {
      // The sequence's lock makes this look and the insert one step.
      const raced = key === undefined ? undefined : await byKey(key, tx);
      if (raced !== undefined) return raced;
      const row = await tx
        .insertInto("studio_messages")
        .values({
          id: ids(),
          channel: message.channel,
          thread: message.thread ?? null,
          author: message.author,
          content: encodeContent(message.content),
          audience: message.audience ?? null,
          key: key ?? null,
          created_at: clock(),
          position: sequence,
          changed: sequence,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      // The root shows how many replies it has.
      if (row.thread !== null && row.audience === null) await touch(tx, row.thread, sequence);
      return row;
    });
  }

  const find = (message: string) =>
    db.selectFrom("studio_messages").selectAll().where("id", "=", message).executeTakeFirst();

  const replace = (message: string, content: Content) =>
    change(async (tx, sequence) => {
      const result = await tx
        .updateTable("studio_messages")
        .set({ content: encodeContent(content), changed: sequence })
        .where("id", "=", message)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    });

  const dismiss = (message: string) =>
    change(async (tx, sequence) => {
      await tx
        .updateTable("studio_messages")
        .set({ dismissed: true, changed: sequence })
        .where("id", "=", message)
        .execute();
    });

  const react = (message: string, emoji: Emoji, person: string, on: boolean) =>
    change(async (tx, sequence) => {
      const changed = on
        ? await putOn(tx, { message, emoji, person, position: sequence })
        : await takeOff(tx, message, emoji, person);
      if (changed) await touch(tx, message, sequence);
      return changed;
    });

  return { add, find, replace, dismiss, react };
}

async function nextSequence(tx: Transaction<StudioTables>): Promise<number> {
  const row = await tx
    .updateTable("studio_sequence")
    .set({ value: sql<number>`value + 1` })
    .returning("value")
    .executeTakeFirstOrThrow();
  return row.value;
}

async function touch(tx: Transaction<StudioTables>, message: string, sequence: number): Promise<void> {
  await tx.updateTable("studio_messages").set({ changed: sequence }).where("id", "=", message).execute();
}

async function putOn(
  tx: Transaction<StudioTables>,
  reaction: Selectable<StudioTables["studio_reactions"]>,
): Promise<boolean> {
  const result = await tx
    .insertInto("studio_reactions")
    .values(reaction)
    .onConflict((conflict) => conflict.columns(["message", "emoji", "person"]).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

async function takeOff(
  tx: Transaction<StudioTables>,
  message: string,
  emoji: Emoji,
  person: string,
): Promise<boolean> {
  const result = await tx
    .deleteFrom("studio_reactions")
    .where("message", "=", message)
    .where("emoji", "=", emoji)
    .where("person", "=", person)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
