import type { Migration } from "../../src/ports/migration.ts";

/**
 * `studio_sequence` is one row, not a database sequence: whoever changes a message holds its lock
 * until the commit, so numbers become visible in their order and a reader that asks for "all after
 * 41" can never miss a 40 that was still being written.
 */
const CHAT = `
create table studio_sequence (value integer not null);
insert into studio_sequence (value) values (0);

create table studio_people (
  id text primary key check (id <> 'draftroom'),
  name text not null,
  hue integer not null check (hue between 0 and 359),
  position integer not null
);

create table studio_channels (
  id text primary key,
  topic text not null,
  position integer not null
);

create table studio_staff (
  channel text not null references studio_channels (id),
  person text not null references studio_people (id),
  role text not null check (role in ('director', 'manager')),
  primary key (channel, person, role)
);

create table studio_messages (
  id text primary key,
  channel text not null references studio_channels (id),
  thread text references studio_messages (id),
  author text not null,
  content text not null,
  audience text references studio_people (id),
  dismissed boolean not null default false,
  key text unique,
  created_at timestamptz not null,
  position integer not null,
  changed integer not null
);
create index studio_messages_by_channel on studio_messages (channel, position) where thread is null;
create index studio_messages_by_thread on studio_messages (thread, position) where thread is not null;
create index studio_messages_by_change on studio_messages (changed);

create table studio_reactions (
  message text not null references studio_messages (id),
  emoji text not null,
  person text not null,
  position integer not null,
  primary key (message, emoji, person)
);
`;

/** The people and places that a new studio has, so that every role can be tried by one person. */
const CAST = `
insert into studio_people (id, name, hue, position) values
  ('mia', 'Mia Park', 12, 1),
  ('noor', 'Noor Haddad', 168, 2),
  ('ada', 'Ada Lindqvist', 262, 3),
  ('max', 'Max Oyelaran', 38, 4);

insert into studio_channels (id, topic, position) values
  ('spring-launch', 'Key visuals for the spring collection', 1),
  ('product-shots', 'Bottles, boxes and tabletops', 2),
  ('playground', 'Try anything. Nobody directs here', 3);

insert into studio_staff (channel, person, role) values
  ('spring-launch', 'ada', 'director'),
  ('product-shots', 'ada', 'director'),
  ('spring-launch', 'max', 'manager'),
  ('product-shots', 'max', 'manager'),
  ('playground', 'max', 'manager');
`;

export const STUDIO_MIGRATIONS: readonly Migration[] = [
  { name: "studio-001-chat", sql: CHAT },
  { name: "studio-002-cast", sql: CAST },
];
