-- Why a final was sent back, and channels that are gone.

alter table finals add column because text;
alter table finals add constraint finals_because_check check (because is null or status = 'sent_back');

-- What Draftroom was taken out of: the `{platform}:{workspace}` of a workspace, or the ref of one channel.
alter table departures rename column workspace to departed;

create or replace function refuse_change() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'DELETE' and exists (
    select from channels c join departures d on d.departed in (c.workspace, c.ref)
    where c.account_id = old.account_id and d.purging
  ) then
    return old;
  end if;
  raise exception 'entries are append-only';
end $$;
