-- migrate:up
drop function if exists ops.fold_views();
drop function if exists feed.fold_signals(bigint, bigint);
drop function if exists feed.fold_meetings(bigint, bigint, timestamptz);
alter table ops.ranking_progress add column part integer not null default 0;
alter table ops.ranking_progress add column parts integer;
comment on column ops.ranking_progress.part is 'The next part of the half hour that begins there.';
comment on column ops.ranking_progress.parts is 'In how many parts it is folded; null before the first.';

-- migrate:down
drop function if exists ops.fold_views(integer);
drop function if exists feed.fold_signals(bigint, bigint, integer, integer);
drop function if exists feed.fold_meetings(bigint, bigint, integer, integer);
alter table ops.ranking_progress drop column parts;
alter table ops.ranking_progress drop column part;
