import type { Migration } from "../../../src/ports/migration.ts";

const INSTALLS = `
create table slack_installs (
  id text primary key check (id ~ '^[TE]'),
  sealed text not null,
  installed_at timestamptz not null,
  lease text,
  lease_until timestamptz
);

create table slack_workspaces (
  team text primary key,
  enterprise text not null
);
create index slack_workspaces_by_enterprise on slack_workspaces (enterprise);
`;

export const INSTALL_MIGRATIONS: readonly Migration[] = [{ name: "slack-001-installs", sql: INSTALLS }];
