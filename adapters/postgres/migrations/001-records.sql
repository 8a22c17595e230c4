-- Money. `granted = available + reserved + spent` is a check of the table: no bug of ours can break it unseen.

create table accounts (
  id          text primary key,
  period      integer not null default 1,
  allowance   integer not null check (allowance >= 0),
  every       text check (every in ('day', 'week', 'month')),
  time_zone   text not null default 'UTC',
  frozen_by   text,
  frozen_at   timestamptz
);

create table channels (
  ref         text primary key,
  account_id  text not null references accounts (id)
);

-- A list of people for a role in a channel. No row: the platform's own settings count.
create table channel_roles (
  channel     text not null references channels (ref),
  role        text not null check (role in ('director', 'manager')),
  people      text[] not null,
  set_by      text not null,
  set_at      timestamptz not null,
  primary key (channel, role)
);

create table periods (
  account_id  text not null references accounts (id),
  number      integer not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz,
  allowance   integer not null check (allowance >= 0),
  granted     bigint not null,
  available   bigint not null check (available >= 0),
  reserved    bigint not null check (reserved >= 0),
  spent       bigint not null check (spent >= 0),
  primary key (account_id, number),
  check (granted = available + reserved + spent)
);

create table reservations (
  id          text primary key,
  account_id  text not null,
  period      integer not null,
  amount      integer not null check (amount >= 0),
  status      text not null default 'held' check (status in ('held', 'spent', 'released')),
  tier        text not null check (tier in ('draft', 'final')),
  subject     text not null,
  channel     text not null,
  person      text not null,
  made_at     timestamptz not null,
  expires_at  timestamptz not null,
  foreign key (account_id, period) references periods (account_id, number)
);
create index reservations_held on reservations (account_id, subject) where status = 'held';
create index reservations_overdue on reservations (expires_at) where status = 'held';

create table entries (
  seq         bigint generated always as identity primary key,
  account_id  text not null,
  period      integer not null,
  kind        text not null check (kind in ('grant', 'allowance', 'cut', 'carry_in', 'carry_out', 'reserve', 'spend', 'release')),
  -- The caller's id of the movement: the same kind and id never stand twice.
  id          text not null,
  amount      bigint not null check (amount >= 0),
  person      text,
  tier        text,
  memo        text not null,
  at          timestamptz not null,
  unique (kind, id),
  foreign key (account_id, period) references periods (account_id, number)
);
create index entries_by_account on entries (account_id, seq desc);
create index entries_spent on entries (account_id, period, person) where kind = 'spend';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'entries are append-only';
end $$;
create trigger entries_append_only before update or delete on entries
  for each row execute function refuse_change();

-- Work.

create table concepts (
  id          text primary key,
  channel     text not null references channels (ref),
  requester   text not null,
  root_post   text not null,
  -- How many rounds it has had: the number of the latest.
  rounds      integer not null default 1,
  created_at  timestamptz not null
);

create table rounds (
  id          text primary key,
  event       text not null unique,
  concept_id  text not null references concepts (id),
  number      integer not null,
  requester   text not null,
  prompt      text not null,
  seed        bigint not null,
  aspect      text not null,
  take_count  integer not null check (take_count between 1 and 16),
  final_size  text not null,
  origin      text not null check (origin in ('draft', 'reroll', 'vary')),
  origin_of   text,
  origin_number integer,
  model       text not null,
  -- What each take was held for. Settings may change while it is made.
  take_price  integer not null check (take_price >= 0),
  post        text not null,
  -- Why the takes that are made do not become a grid, for now.
  trouble     text,
  status      text not null default 'queued' check (status in ('queued', 'rendering', 'choosing', 'closed', 'failed')),
  grid        text,
  final_id    text,
  failure     text,
  created_at  timestamptz not null,
  changed_at  timestamptz not null,
  unique (concept_id, number),
  check (status not in ('choosing', 'closed') or grid is not null),
  check ((status = 'closed') = (final_id is not null)),
  check ((status = 'failed') = (failure is not null))
);
create index rounds_unfinished on rounds (changed_at) where status in ('queued', 'rendering');

create table takes (
  id          text primary key,
  round_id    text not null references rounds (id),
  number      integer not null,
  seed        bigint not null,
  turn        bigint not null,
  status      text not null default 'queued' check (status in ('queued', 'rendering', 'made', 'failed')),
  asset       text,
  failure     text,
  unique (round_id, number),
  check ((status = 'made') = (asset is not null)),
  check ((status = 'failed') = (failure is not null))
);
create index takes_queued on takes (turn) where status = 'queued';

create table finals (
  id          text primary key,
  round_id    text not null references rounds (id),
  take_id     text not null references takes (id),
  size        text not null,
  model       text not null,
  price       integer not null check (price >= 0),
  picked_by   text not null,
  picked_at   timestamptz not null,
  post        text not null,
  turn        bigint not null,
  status      text not null default 'queued' check (status in ('queued', 'rendering', 'delivered', 'approved', 'sent_back', 'failed')),
  asset       text,
  preview     text,
  failure     text,
  decided_by  text,
  decided_at  timestamptz,
  changed_at  timestamptz not null,
  check (status not in ('delivered', 'approved', 'sent_back') or (asset is not null and preview is not null)),
  check ((status in ('approved', 'sent_back')) = (decided_by is not null and decided_at is not null)),
  check ((status = 'failed') = (failure is not null))
);
create index finals_unfinished on finals (changed_at) where status in ('queued', 'rendering');
create index finals_of_round on finals (round_id);

create table votes (
  round_id    text not null references rounds (id),
  person      text not null,
  number      integer not null,
  at          timestamptz not null,
  primary key (round_id, person)
);

create table assets (
  id          text primary key,
  kind        text not null check (kind in ('take', 'grid', 'final', 'preview')),
  mime        text not null,
  width       integer not null,
  height      integer not null,
  bytes       bigint not null,
  recipe      jsonb,
  parents     text[] not null,
  created_at  timestamptz not null
);

-- What the chat shows, and how far it has got there. `wanted > shown`: the platform is behind.
create table posts (
  id          text primary key,
  channel     text not null references channels (ref),
  thread      text,
  under       text,
  kind        text not null check (kind in ('round', 'final')),
  subject     text not null,
  status      text not null default 'waiting' check (status in ('waiting', 'sending', 'sent', 'gone')),
  -- Until when one process alone may show it.
  held_until  timestamptz,
  ref         text unique,
  wanted      integer not null default 1,
  shown       integer not null default 0,
  -- Whether the bot's own reactions are on it.
  seeded      boolean not null default false,
  created_at  timestamptz not null,
  changed_at  timestamptz not null,
  check ((status = 'sent') <= (ref is not null))
);
create index posts_behind on posts (changed_at) where wanted > shown and status <> 'gone';
create index posts_recent on posts (created_at desc) where status = 'sent';

-- The reactions that we have acted on, as levels. `adds` counts how often each was put on: it makes the id of the event.
create table reactions (
  post        text not null references posts (id),
  person      text not null,
  emoji       text not null,
  present     boolean not null,
  adds        integer not null,
  primary key (post, person, emoji)
);

-- Events that are not made harmless by a state of their own.
create table inbox (
  event       text primary key,
  at          timestamptz not null
);
create index inbox_by_age on inbox (at);

-- Jobs that are decided but perhaps not yet in the queue.
create table outbox (
  seq         bigint generated always as identity primary key,
  tree        jsonb not null,
  claimed_until timestamptz
);

-- Fair order: how far each person of each channel has got in the virtual time of a queue. The lane
-- without a channel is the clock: the latest turn that has started.
create table lanes (
  queue       text not null,
  channel     text not null,
  person      text not null,
  finish      bigint not null,
  primary key (queue, channel, person)
);
