-- migrate:up
create domain ops.gauge as text
constraint gauge_is_known check (value in ('FUTURE_ROWS', 'OPEN_REPORTS', 'COUNTER_DRIFT'));
comment on domain ops.gauge is 'What jobs measure and workers show to Prometheus.';

create table ops.gauges (
    name ops.gauge primary key,
    value bigint not null,
    measured_at timestamptz not null default now()
);
alter table ops.gauges enable row level security;
alter table ops.gauges force row level security;
comment on table ops.gauges is 'What was measured last; measuring some of it takes seconds.';

-- migrate:down
drop table ops.gauges cascade;
drop domain ops.gauge;
