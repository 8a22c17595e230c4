import type { InstallTables } from "./installs/install-tables.ts";
import type { EventTables } from "./intake/event-tables.ts";
import type { FileTables } from "./sender/file-tables.ts";

/** Slack's tables, as Kysely sees them. Made by `SLACK_MIGRATIONS`. */
export interface SlackTables extends InstallTables, FileTables, EventTables {}
