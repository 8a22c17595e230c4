-- Several models a tier: which one makes what, what it cost, and how it is doing.

-- Until now there was one model, under its full id. People call it by its name.
update rounds set model = 'sketch' where model = 'draftroom/sketch';
update finals set model = 'sketch' where model = 'draftroom/sketch';
update assets set recipe = jsonb_build_object(
    'tier', case kind when 'final' then 'final' else 'draft' end,
    'name', regexp_replace(recipe ->> 'model', '^[^/]*/', ''),
    'shortfalls', '[]'::jsonb
  ) || recipe
  where recipe is not null;

-- Jobs that are decided name no model yet. The sweep brings their work back.
delete from outbox where tree::text like '%.render"%';

alter table rounds add column keep text not null default 'close' check (keep in ('loose', 'close', 'exact'));
alter table rounds alter column keep drop default;
alter table rounds drop constraint rounds_origin_check;
alter table rounds add constraint rounds_origin_check check (origin in ('draft', 'reroll', 'vary', 'like'));

-- Who makes it now, and who could not.
alter table takes add column model text;
update takes set model = rounds.model from rounds where rounds.id = takes.round_id;
alter table takes alter column model set not null;
alter table takes add column instead_of text, add column instead_because text,
  add check ((instead_of is null) = (instead_because is null));
alter table finals add column instead_of text, add column instead_because text,
  add check ((instead_of is null) = (instead_because is null));

-- The model that a channel asks for a tier. No row: the first of the settings.
create table channel_models (
  channel     text not null references channels (ref),
  tier        text not null check (tier in ('draft', 'final')),
  model       text not null,
  set_by      text not null,
  set_at      timestamptz not null,
  primary key (channel, tier)
);

-- No row: advice is given.
create table channel_policies (
  channel     text primary key references channels (ref),
  advice      boolean not null,
  set_by      text not null,
  set_at      timestamptz not null
);

-- Who wants no advice there.
create table advice_dismissals (
  channel     text not null references channels (ref),
  person      text not null,
  at          timestamptz not null,
  primary key (channel, person)
);

-- Every call of a model, as it ended. US dollars.
create table model_calls (
  seq         bigint generated always as identity primary key,
  tier        text not null check (tier in ('draft', 'final')),
  name        text not null,
  model       text not null,
  asset       text not null,
  outcome     text not null,
  billed      text not null check (billed in ('yes', 'no', 'unknown')),
  list_usd    numeric(12, 6),
  cost_usd    numeric(12, 6),
  cost_basis  text check (cost_basis in ('reported', 'tokens', 'list')),
  request_id  text,
  took_ms     integer not null check (took_ms >= 0),
  at          timestamptz not null,
  check ((cost_usd is null) = (cost_basis is null))
);
create index model_calls_by_age on model_calls (at);
create index model_calls_of_asset on model_calls (asset);

-- Models that have failed since they last made something. No row: all is well.
create table breakers (
  tier        text not null check (tier in ('draft', 'final')),
  name        text not null,
  -- In a row.
  failures    integer not null,
  -- At how many failures it opened last, for how long, and until when; null: it is closed.
  opened_at   integer,
  open_ms     integer,
  open_until  timestamptz,
  -- Until when the one call that goes through after that has to end.
  trial_until timestamptz,
  primary key (tier, name),
  check (num_nulls(opened_at, open_ms, open_until) in (0, 3)),
  check (trial_until is null or open_until is not null)
);
