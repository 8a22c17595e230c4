import type { ColumnType } from "kysely";

/** The table of uploaded files, as Kysely sees it. Made by `FILE_MIGRATIONS`. */
export interface FileTables {
  readonly slack_files: {
    readonly team: string;
    readonly asset: string;
    /** `F…`. */
    readonly file: string;
    /** `png`, `jpg`, `webp`. */
    readonly type: string;
    /**
     * `sent`: its bytes have gone up, and whether Slack has taken it in is not known. `kept`: it has, and
     * processes it. `ready`: messages may show it.
     */
    readonly state: "sent" | "kept" | "ready";
    /** Whether it stands in a conversation for itself; otherwise only messages show it. */
    readonly shared: boolean;
    /** Its address, of a shared one. */
    readonly permalink: string | null;
    readonly uploaded_at: ColumnType<Date, Date, Date>;
  };
}
