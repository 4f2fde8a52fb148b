"""A scratch schema with two roles, and lanes that lead to it as a login role without grants."""

from __future__ import annotations

from collections.abc import AsyncIterator

import psycopg
import pytest

from gateway.lanes import GroupSize, LaneKind, Lanes, LanesConfig

SIZES = {
    LaneKind.READ: GroupSize(lanes=2, depth=4, timeout_ms=5_000),
    LaneKind.WRITE: GroupSize(lanes=2, depth=2, timeout_ms=5_000),
    LaneKind.LONG: GroupSize(lanes=1, depth=1, timeout_ms=20_000),
}

_SCHEMA = """
do $$ begin
    create role lane_login login noinherit;
    create role lane_reader;
    create role lane_writer;
    grant lane_reader, lane_writer to lane_login;
exception when duplicate_object then null;
end $$;
create schema lane_test;
grant usage on schema lane_test to lane_reader, lane_writer;
create table lane_test.notes (id bigint primary key, owner text not null, body text);
alter table lane_test.notes enable row level security;
create policy own on lane_test.notes using (owner = current_setting('app.user_id'));
create table lane_test.chairs (
    id bigint primary key,
    place integer unique deferrable initially deferred
);
grant select, insert, update, delete on all tables in schema lane_test to lane_writer;
grant select on all tables in schema lane_test to lane_reader;
insert into lane_test.notes select i, 'user' || i % 64, repeat('x', 100) from generate_series(0, 6399) as i;
"""


@pytest.fixture(scope="session")
def lane_database(scratch_database: str) -> str:
    """The conninfo of the scratch database as its superuser."""
    with psycopg.connect(scratch_database, autocommit=True) as conn:
        conn.execute(_SCHEMA)
    return scratch_database


@pytest.fixture
async def lanes(lane_database: str) -> AsyncIterator[Lanes]:
    """Two lanes for reads and for writes, one for long work, closed after the test."""
    conninfo = psycopg.conninfo.make_conninfo(lane_database, user="lane_login", password="lane")
    made = Lanes(LanesConfig(conninfo, SIZES, max_waiting=200, max_prepared=20))
    await made.start()
    yield made
    await made.close(timeout_s=1)
