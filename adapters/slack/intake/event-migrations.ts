import type { Migration } from "../../../src/ports/migration.ts";

const EVENTS = `
create table slack_events (
  id text primary key,
  body text not null,
  at timestamptz not null,
  claimed_until timestamptz,
  tries integer not null default 0
);
create index slack_events_open on slack_events (claimed_until) where claimed_until is not null;
create index slack_events_by_age on slack_events (at);
`;

export const EVENT_MIGRATIONS: readonly Migration[] = [{ name: "slack-003-events", sql: EVENTS }];
