-- ping read --
-- The smallest question.
select 1;

-- check_jobs read --
-- How many workers live, how many jobs are due, and for how many seconds the oldest has been.
select
    workers,
    waiting,
    oldest_seconds
from ops.check_jobs();
