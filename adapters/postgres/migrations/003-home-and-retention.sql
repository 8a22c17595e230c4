-- A person's own page, and the time after which nothing is kept of a workspace that has left.

-- The `{platform}:{workspace}` of a channel's ref; see core/ids.ts.
alter table channels add column workspace text not null
  generated always as (split_part(ref, ':', 1) || ':' || split_part(ref, ':', 2)) stored;
create index channels_of_workspace on channels (workspace);
create index channels_of_account on channels (account_id);
create index concepts_of_channel on concepts (channel);
create index posts_of_channel on posts (channel, created_at desc);
create index rounds_of_person on rounds (requester);
create index rounds_by_references on rounds (id) where reference_ids <> '{}';
create index finals_undecided on finals (picked_at desc) where status = 'delivered';
create index assets_sent on assets (created_at) where kind = 'reference';

-- Whatever a foreign key leads from is found by an index: a deleted row asks for each that led to it.
create index reservations_of_period on reservations (account_id, period);
drop index entries_spent;
create index entries_of_period on entries (account_id, period, person);

-- Workspaces that Draftroom was taken out of.
create table departures (
  workspace   text primary key,
  left_at     timestamptz not null,
  -- Its time has come: what is kept of it is being taken away.
  purging     boolean not null default false
);

-- Assets that nothing names any more. When one is due its bytes are deleted, and its row. An asset is
-- listed for several times: a job that was running at the first may still have kept something.
create table doomed_assets (
  asset       text not null,
  due_at      timestamptz not null,
  primary key (due_at, asset)
);

-- The books of a workspace whose time has come are closed, and only then may its entries go.
create or replace function refuse_change() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'DELETE' and exists (
    select from channels c join departures d on d.workspace = c.workspace
    where c.account_id = old.account_id and d.purging
  ) then
    return old;
  end if;
  raise exception 'entries are append-only';
end $$;
