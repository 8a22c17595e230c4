import type { Migration } from "../../../src/ports/migration.ts";

const FILES = `
create table slack_files (
  team text not null,
  asset text not null,
  file text not null,
  type text not null,
  state text not null check (state in ('sent', 'kept', 'ready')),
  shared boolean not null,
  permalink text,
  uploaded_at timestamptz not null,
  primary key (team, asset)
);
`;

export const FILE_MIGRATIONS: readonly Migration[] = [{ name: "slack-002-files", sql: FILES }];
