import type { ColumnType } from "kysely";

/** The table of what Slack has delivered, as Kysely sees it. Made by `EVENT_MIGRATIONS`. */
export interface EventTables {
  readonly slack_events: {
    /** The same delivery carries the same id, however often it comes. */
    readonly id: string;
    /** JSON; empty once it is done. */
    readonly body: string;
    readonly at: ColumnType<Date, Date, Date>;
    /** Until when it is somebody's to handle; null once it is done. */
    readonly claimed_until: ColumnType<Date | null, Date | null, Date | null>;
    /** How often it was taken over from a process that did not finish it. */
    readonly tries: number;
  };
}
