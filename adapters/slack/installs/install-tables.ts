import type { ColumnType } from "kysely";

/** The tables of installations, as Kysely sees them. Made by `INSTALL_MIGRATIONS`. */
export interface InstallTables {
  readonly slack_installs: {
    /** The workspace, `T…`, or the organization, `E…`. */
    readonly id: string;
    /** Everything about the installation, tokens too, encrypted; see `token-vault.ts`. */
    readonly sealed: string;
    readonly installed_at: Date;
    /** Who is refreshing the token; null for nobody. */
    readonly lease: string | null;
    /** Until when nobody else may, by the database's clock. */
    readonly lease_until: ColumnType<Date | null, Date | null, Date | null>;
  };
  /** Which organization a workspace belongs to, as events have told. */
  readonly slack_workspaces: { readonly team: string; readonly enterprise: string };
}
