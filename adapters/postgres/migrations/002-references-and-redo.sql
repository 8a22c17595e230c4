-- Pictures to go by, and finals that are made again with a seed of their own.

alter table rounds add column reference_ids text[] not null default '{}';

alter table assets drop constraint assets_kind_check;
alter table assets add constraint assets_kind_check
  check (kind in ('take', 'grid', 'final', 'preview', 'reference'));
update assets set recipe = recipe || '{"references": []}' where recipe is not null;

-- Until now a final had the seed of its take.
alter table finals add column seed bigint;
update finals set seed = takes.seed from takes where takes.id = finals.take_id;
alter table finals alter column seed set not null;
create index finals_of_take on finals (take_id);
