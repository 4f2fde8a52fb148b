"""Each function that clients may call has its field: a name that is taken would leave it out without a word."""

from __future__ import annotations

from gateway.graphql.naming import camel
from tests.graphql.conftest import role_api
from tests.support.databases import Database

FUNCTIONS = """
    select
        coalesce(substring(obj_description(f.oid) from '"name": "(\\w+)"'), ''),
        f.proname::text
    from pg_proc as f
    where
        f.pronamespace = 'api'::regnamespace and f.prokind = 'f' and f.proname !~ '^_'
        and has_function_privilege('authenticated', f.oid, 'execute')
"""


def test_every_function_has_a_field(people: Database) -> None:
    surface = role_api(people, "api", "authenticated").surface
    fields = {*surface.query, *surface.mutation}
    functions = {str(name) or camel(str(function)) for name, function in people.execute(FUNCTIONS)}
    assert functions - fields == set()
