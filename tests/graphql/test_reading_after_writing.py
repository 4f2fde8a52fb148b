"""What a mutation answers beyond the rows that it writes: relations, computed fields, connections."""

from __future__ import annotations

import pytest

from tests.graphql.conftest import Client, role_api
from tests.support.databases import Database


@pytest.fixture(scope="module", autouse=True)
def shelves(people: Database) -> None:
    with people.connect() as conn:
        conn.execute("""
            create function library.greeting(library.member) returns text
            language sql stable begin atomic select 'hi ' || m.name from library.member as m where m.id = $1.id; end;
            create function library.join_twice(name text) returns setof library.member
            language sql volatile begin atomic
                insert into library.member (name) values (name || ' 1'), (name || ' 2') returning *;
            end;
            create function library.join_many(names text[]) returns library.member[]
            language sql volatile security definer begin atomic
                with made as (insert into library.member (name) select n from unnest(names) as n returning *)
                select array_agg(row(m.*)::library.member order by m.id) from made as m;
            end;
            grant execute on all functions in schema library to authenticated;
            grant select on library.member to authenticated;
            grant insert (id) on library.member to authenticated;
        """)


async def test_relations_of_rows_that_a_function_has_made(daira: Client) -> None:
    data = await daira.data(
        'mutation {createPost(input: {content: "new"}) {content stats {likesCount} author {username}}}'
    )
    assert data["createPost"] == {"content": "new", "stats": {"likesCount": 0}, "author": {"username": "nour"}}


async def test_relations_of_inserted_rows(library: Client) -> None:
    (tutor,) = (await library.data('mutation {insertIntoMemberCollection(objects: {name: "T"}) {records {id}}}'))[
        "insertIntoMemberCollection"
    ]["records"]
    document = """mutation ($o: [MemberInsertInput!]!) {insertIntoMemberCollection(objects: $o) {
        affectedCount records {name greeting tutor {name memberCollection(first: 5) {edges {node {name}}}}}
    }}"""
    data = await library.data(document, {"o": [{"name": n, "tutorId": tutor["id"]} for n in "ab"]})
    below = {"name": "T", "memberCollection": {"edges": [{"node": {"name": "a"}}, {"node": {"name": "b"}}]}}
    assert data["insertIntoMemberCollection"] == {
        "affectedCount": 2,
        "records": [{"name": n, "greeting": f"hi {n}", "tutor": below} for n in "ab"],
    }


async def test_relations_of_changed_rows_are_as_after_the_change(library: Client) -> None:
    data = await library.data(
        """mutation {
            insertIntoMemberCollection(objects: [{name: "old"}]) {affectedCount}
            updateMemberCollection(set: {name: "young"}, filter: {name: {eq: "old"}}) {
                affectedCount records {name greeting}
            }
        }"""
    )
    assert data["updateMemberCollection"] == {
        "affectedCount": 1,
        "records": [{"name": "young", "greeting": "hi young"}],
    }


async def test_a_function_with_a_connection_is_called_once(library: Client) -> None:
    document = """mutation {joinTwice(name: "once") {
        edges {node {name greeting}} pageInfo {hasNextPage hasPreviousPage}
    }}"""
    data = (await library.data(document))["joinTwice"]
    assert [edge["node"] for edge in data["edges"]] == [
        {"name": f"once {n}", "greeting": f"hi once {n}"} for n in (1, 2)
    ]
    rows = await library.data('{memberCollection(filter: {name: {startsWith: "once"}}) {edges {node {name}}}}')
    assert len(rows["memberCollection"]["edges"]) == 2


async def test_arrays_of_rows_keep_their_order(library: Client) -> None:
    data = await library.data('mutation {joinMany(names: ["y", "x", "z"]) {name greeting}}')
    assert data["joinMany"] == [{"name": n, "greeting": f"hi {n}"} for n in "yxz"]
    assert (await library.data("mutation {joinMany(names: []) {greeting}}"))["joinMany"] == []


async def test_a_failure_while_reading_undoes_the_writing(library: Client, people: Database) -> None:
    document = """mutation {insertIntoMemberCollection(objects: {name: "undone"}) {
        records {memberCollection(after: "WyJ4Il0=") {edges {cursor}}}
    }}"""
    assert (await library.error(document))["extensions"]["code"] == "22P02"
    assert people.execute("select 1 from library.member where name = 'undone'") == []


def test_one_statement_where_only_written_rows_are_read(people: Database) -> None:
    api = role_api(people, "library", "authenticated")
    inserted = 'mutation {insertIntoMemberCollection(objects: {name: "x"}) {affectedCount records {nodeId name}}}'
    assert len(api.compile(inserted)) == 1
    assert len(api.compile('mutation {renameAuthor(id: 1, name: "x") {fullName}}')) == 1
    assert len(api.compile('mutation {renameAuthor(id: 1, name: "x") {bookCollection {edges {cursor}}}}')) == 2
