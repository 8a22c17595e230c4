import type { Migration } from "../../src/ports/migration.ts";
import { INSTALL_MIGRATIONS } from "./installs/install-migrations.ts";
import { EVENT_MIGRATIONS } from "./intake/event-migrations.ts";
import { FILE_MIGRATIONS } from "./sender/file-migrations.ts";

/** Everything that the Slack adapter keeps in the database. */
export const SLACK_MIGRATIONS: readonly Migration[] = [
  ...INSTALL_MIGRATIONS,
  ...FILE_MIGRATIONS,
  ...EVENT_MIGRATIONS,
];
