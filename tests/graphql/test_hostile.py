"""Documents that mean harm are refused quickly, with the limit by name, and nothing runs."""

from __future__ import annotations

import pytest

from gateway.graphql.cache import CacheBound, OperationCache
from gateway.graphql.errors import Refusal
from gateway.graphql.limits import Limits
from gateway.graphql.operation import PreparedOperation
from gateway.graphql.role_api import RoleApi
from tests.graphql.conftest import role_api
from tests.support.databases import Database
from tests.support.pace import best_of_three, parsing

LIMIT, INVALID, SYNTAX = "LIMIT_EXCEEDED", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"
_FILTER = "query ($f: UserFilter) {userCollection(filter: $f) {edges {cursor}}}"


@pytest.fixture(scope="module")
def api(people: Database) -> RoleApi:
    return role_api(people, "api", "authenticated")


def spread(count: int) -> str:
    bodies = (f"fragment f{n} on User {{...f{n + 1} x: id ...f{n + 1}}}" for n in range(count))
    return f"{{me {{...f0}}}} {' '.join(bodies)} fragment f{count} on User {{id}}"


def refused(api: RoleApi, document: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        api.compile(document)
    return caught.value


@pytest.mark.parametrize(
    ("document", "code", "message"),
    [
        ("{" + " ".join(f"a{n}: me {{id}}" for n in range(10_000)) + "}", LIMIT, "65536 bytes"),
        ("{" + " ".join(f"a{n}:me{{id}}" for n in range(2_000)) + "}", LIMIT, "2500 tokens"),
        ("{me{" + " ".join(f"a{n}:id" for n in range(101)) + "}}", LIMIT, "100 aliases"),
        ("{" + " ".join(f"a{n}:me{{id}}" for n in range(26)) + "}", LIMIT, "25 root fields"),
        ("{" + "a{" * 1_000 + "b" + "}" * 1_001, LIMIT, "20 levels"),
        ("{" + "a{" * 20 + "b" + "}" * 21, LIMIT, "20 levels"),
        ("{me{" + "id " * 26 + "}}", LIMIT, "25 repetitions of one key"),
        ("{" * 60_000, LIMIT, "20 levels"),
        ('"' * 60_000, LIMIT, "2500 tokens"),
        ('"""' * 20_000, LIMIT, "2500 tokens"),
        ("#\n" * 30_000, LIMIT, "2500 tokens"),
        ("{me" + "@skip(if:true)" * 900 + "}", LIMIT, "2500 tokens"),
        ("{me{id}} " + " ".join(f"fragment f{n} on User{{id}}" for n in range(100)), LIMIT, "100 definitions"),
        (spread(30), LIMIT, "1000 fields"),
        ("{me {...a}} fragment a on User {...b} fragment b on User {...a}", INVALID, "spreads itself"),
        ("{me {...a}} fragment a on User {posts {edges {node {author {...a}}}}}", INVALID, "spreads itself"),
        ("{__schema{types{fields{type{fields{type{fields{type{name}}}}}}}}}", LIMIT, "2 levels of lists"),
        (f"{{me {{{'x' * 64}: id}}}}", LIMIT, "too long"),
        ("", SYNTAX, "Syntax Error"),
        ("{me {id}", SYNTAX, "Syntax Error"),
        ("subscription {me {id}}", INVALID, "subscription"),
        ("{me {id} me {id: name}}", INVALID, "conflict"),
        ("{me {...nothing}}", INVALID, "nothing"),
        ("{feed(limit: $x) {pageInfo {endCursor}}}", INVALID, "$x"),
        ('mutation {createPost(input: {content: "a", bad: 1}) {id}}', INVALID, "bad"),
        ('mutation {createPost(input: {type: "REEEL"}) {id}}', INVALID, "the enum value 'REEL'"),
        ("query a {me {id}} query b {me {id}}", "OPERATION_RESOLUTION_FAILURE", "several"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_is_refused(api: RoleApi, document: str, code: str, message: str) -> None:
    refusal = refused(api, document)
    assert (refusal.code.value, message in refusal.message) == (code, True), refusal
    assert best_of_three(lambda: refused(api, document)) < 2.5 * parsing(), "20 ms"


@pytest.mark.parametrize(
    ("document", "variables", "code"),
    [
        (_FILTER, {"f": {"or": [{"id": {"eq": "1"}}] * 15_000}}, "LIMIT_EXCEEDED"),
        (_FILTER, {"f": {"id": {"bad": 1}}}, "BAD_USER_INPUT"),
        (_FILTER, {"f": 7}, "BAD_USER_INPUT"),
        ("query ($n: Int) {feed(limit: $n) {pageInfo {endCursor}}}", {"n": "ten"}, "BAD_USER_INPUT"),
        ("query ($n: Int) {feed(limit: $n) {pageInfo {endCursor}}}", {"n": 2**31}, "BAD_USER_INPUT"),
        ("query ($n: BigInt!) {timeOfId(id: $n)}", {"n": "1.5"}, "BAD_USER_INPUT"),
        ("query ($n: BigInt!) {timeOfId(id: $n)}", {"n": True}, "BAD_USER_INPUT"),
        ("query ($n: BigInt!) {timeOfId(id: $n)}", {}, "BAD_USER_INPUT"),
        ("query ($n: BigInt!) {timeOfId(id: $n)}", None, "BAD_USER_INPUT"),
        ("mutation ($i: CreatePostInput!) {createPost(input: $i) {id}}", {"i": {"nope": 1}}, "BAD_USER_INPUT"),
        ("mutation ($i: CreatePostInput!) {createPost(input: $i) {id}}", {"i": {"content": 5}}, "BAD_USER_INPUT"),
        ("mutation ($i: CreatePostInput!) {createPost(input: $i) {id}}", {"i": {"type": "SONG"}}, "BAD_USER_INPUT"),
    ],
)
def test_variables_are_refused(api: RoleApi, document: str, variables: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        api.compile(document, variables)
    assert refused.value.code.value == code


def test_values_never_become_text_of_the_statement(api: RoleApi) -> None:
    poison = "x'); drop table api.users; --"
    document = (
        'query ($v: String) {a: userCollection(filter: {or: [{name: {eq: $v}}, {bio: {like: "%s"}}]}) '
        '{edges {cursor}} b: feed(cursor: "%s") {pageInfo {endCursor}}}'
    )
    (compiled,) = api.compile(document % (poison, poison), {"v": poison})
    assert "drop table" not in compiled.sql
    assert compiled.params.count(poison) == 2, "one for the column's type text, one from the variable or the cursor"


def test_the_cache_keeps_to_its_bound(people: Database) -> None:
    api = role_api(people, "api", "anon")
    operations: OperationCache[PreparedOperation] = OperationCache(CacheBound(operations=10))
    api._operations = operations
    for n in range(50):
        api.compile(f"{{a{n}: me {{id}}}}")
    assert len(operations) == 10
    assert operations.bytes == sum(size for _, size in operations._kept.values())
    operations.forget_before(api.version + 1)
    assert (len(operations), operations.bytes, operations.hits, operations.misses) == (0, 0, 0, 50)


def test_limits_can_be_wider(api: RoleApi) -> None:
    document = "{me{" + " ".join(f"a{n}:id" for n in range(150)) + "}}"
    api._limits = Limits(aliases=200)
    try:
        assert '"a149"' in api.compile(document)[0].sql
    finally:
        api._limits = Limits()
