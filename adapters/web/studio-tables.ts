import type { ColumnType, Generated } from "kysely";

/** The studio's tables, as Kysely sees them. Made by `STUDIO_MIGRATIONS`. */
export interface StudioTables {
  readonly studio_sequence: { readonly value: number };
  readonly studio_people: {
    readonly id: string;
    readonly name: string;
    readonly hue: number;
    readonly position: number;
  };
  readonly studio_channels: { readonly id: string; readonly topic: string; readonly position: number };
  readonly studio_staff: {
    readonly channel: string;
    readonly person: string;
    readonly role: "director" | "manager";
  };
  readonly studio_messages: {
    readonly id: string;
    readonly channel: string;
    /** The root of the thread it is in. */
    readonly thread: string | null;
    readonly author: string;
    /** JSON; see `stored-content.ts`. */
    readonly content: string;
    /** The only person who sees it; null for everybody. */
    readonly audience: string | null;
    readonly dismissed: Generated<boolean>;
    /** The same key is the same message. */
    readonly key: string | null;
    readonly created_at: ColumnType<Date, Date, never>;
    /** The sequence number it was made with: its place in the conversation. */
    readonly position: number;
    /** The sequence number of its last change. */
    readonly changed: number;
  };
  readonly studio_reactions: {
    readonly message: string;
    readonly emoji: string;
    readonly person: string;
    /** The sequence number it was put on with. */
    readonly position: number;
  };
}
