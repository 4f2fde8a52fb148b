"""Reading and embedding on somebody else's schema: every operator, every kind of relationship, every kind of page."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.support.databases import Database


async def rows(web: httpx.AsyncClient, target: str) -> Any:
    answer = await web.get(target)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("title=eq.Days", [2]),
        ("title=neq.Days", [1, 3, 4, 5]),
        ("pages=gt.300", [1, 3]),
        ("pages=gte.300", [1, 2, 3]),
        ("pages=lt.300", [4, 5]),
        ("pages=lte.300", [2, 4, 5]),
        ("title=like.*a*", [2, 3, 4, 5]),
        ("title=ilike.t*", [1]),
        ("title=match.^[TD]", [1, 2]),
        ("title=imatch.^[td]", [1, 2]),
        ("title=like(any).{T*,D*}", [1, 2]),
        ("title=like(all).{*r*,*a*}", [3, 4, 5]),
        ("title=not.like(any).{T*,D*}", [3, 4, 5]),
        ("id=eq(any).{1,4}", [1, 4]),
        ("id=gt(all).{1,3}", [4, 5]),
        ("id=in.(1, 3,5)", [1, 3, 5]),
        ("id=not.in.(1,3,5)", [2, 4]),
        ("publisher_id=is.null", [4]),
        ("publisher_id=is.not_null", [1, 2, 3, 5]),
        ("publisher_id=not.is.NULL", [1, 2, 3, 5]),
        ("publisher_id=isdistinct.1", [3, 4, 5]),
        ("publisher_id=not.isdistinct.1", [1, 2]),
        ("span=cs.[5,6)", [1, 3]),
        ("span=cd.[0,30)", [1, 2, 3]),
        ("span=ov.[9,12)", [1, 2]),
        ("span=sl.[10,20)", [1, 3]),
        ("span=sr.[5,6)", [2, 5]),
        ("span=nxr.[5,20)", [1, 2, 3]),
        ("span=nxl.[10,20)", [2, 5]),
        ("span=adj.[10,12)", [1]),
        ("body=fts.cairo", [1]),
        ("body=fts(simple).cairo|blind", [1, 2]),
        ("body=plfts(simple).blind village", [2]),
        ("body=phfts(simple).cairo street", [1]),
        ("body=wfts(simple).cairo or andalus", [1, 3]),
        ("title=fts(english).days", [2]),
        ("title=not.plfts.trilogy", [2, 3, 4, 5]),
        ("or=(id.eq.1,id.eq.2)", [1, 2]),
        ("and=(id.gte.2,id.lte.3)", [2, 3]),
        ("not.or=(id.eq.1,id.eq.2)", [3, 4, 5]),
        ("or=(id.eq.1,not.and(id.gte.2,id.lte.4))", [1, 5]),
        ('or=(id.in.(1,2),title.eq."Orphan")', [1, 2, 4]),
        ("or=( title.like(any).{T*,G*} , publisher_id.is.null )", [1, 3, 4]),
        ('or=(body.fts(simple).cairo,span.adj."[6,7)")', [1, 3]),
        ("limit=2", [1, 2]),
        ("limit=2&offset=3", [4, 5]),
        ("offset=4", [5]),
        ("offset=-4", [1, 2, 3, 4, 5]),
        ("limit=x", [1, 2, 3, 4, 5]),
        ("limit=0", []),
    ],
)
async def test_filters(web: httpx.AsyncClient, query: str, ids: list[int]) -> None:
    assert [row["id"] for row in await rows(web, f"books?select=id&order=id&{query}")] == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("tags=cs.{novel}", [1]),
        ("tags=cd.{novel,nobel,essay}", [1, 2, 3]),
        ("tags=ov.{essay,x}", [2]),
        ("tags=eq.{}", [3]),
        ("data->>city=eq.Cairo", [1]),
        ("data->n=gt.3", [2]),
        ("data->tags->>0=in.(a,c)", [1, 2]),
        ("data->tags->>-1=eq.b", [1]),
        ("data->deep->>x=eq.1", [1]),
        ('data->>"odd key"=eq.1', [4]),
        ('data=cs.{"n":3}', [1]),
        ("old_data->>k=eq.2", [3]),
        ("lives_in->>city=eq.Cairo", [1, 3]),
        ('lives_in->>"long name"=eq.30', [3]),
        ("tags->>0=eq.essay", [2]),
        ("favourite=eq.red", [1]),
        ("favourite=in.(red,blue)", [1, 2]),
        ("full_name=eq.The Naguib", [1]),
        ("full_name=fts.Radwa", [3]),
        ("or=(data->>city.eq.Minya,full_name.like.*Rad*)", [2, 3]),
        ('name=eq.Taha, "the Dean"', [2]),
        ('name=in.("Taha, \\"the Dean\\"",Radwa)', [2, 3]),
        ("order=data->n.desc.nullslast", [2, 1, 4, 3]),
        ("order=score.desc.nullslast,id.desc", [1, 4, 3, 2]),
        ("order=score.nullsfirst,id", [2, 3, 4, 1]),
        ("order=full_name.desc", [4, 2, 3, 1]),
        ("order=lives_in->>city.asc.nullsfirst,id.asc", [2, 4, 1, 3]),
    ],
)
async def test_values_that_have_parts(web: httpx.AsyncClient, query: str, ids: list[int]) -> None:
    order = "" if query.startswith("order") else "order=id&"
    assert [row["id"] for row in await rows(web, f"authors?select=id&{order}{query}")] == ids


@pytest.mark.parametrize(
    ("target", "first"),
    [
        ("authors?select=data->>city,n:data->n", {"city": "Cairo", "n": 3}),
        ("authors?select=data->tags->0,last:data->tags->>-1", {"tags": "a", "last": "b"}),
        ("authors?select=lives_in->>city,tags->0", {"city": "Cairo", "tags": "novel"}),
        ("authors?select=full_name,id::text", {"full_name": "The Naguib", "id": "1"}),
        ("authors?select=score::int,birth::text,data->n::text", {"score": 10, "birth": "1911-12-11", "n": "3"}),
        ("authors?select=score::numeric(3,0),favourite::text", {"score": 10, "favourite": "red"}),
        ("authors?select=initial&order=initial.desc.nullslast", {"initial": "T"}),
        ("authors?select=", {}),
        ("Strange%20Table,%20(really)?%22a%3Db%22=eq.5&select=%22a%3Db%22", {"a=b": 5}),
        ("authors?data-%3E%3E%22x%3Dy%22=is.null&id=eq.1&select=id", {"id": 1}),
        ("authors?select= id , name ", {"id": 1, "name": "Naguib"}),
        ('authors?select="my alias!":name,"اسم":id', {"my alias!": "Naguib", "اسم": 1}),
        (
            'Strange%20Table,%20(really)?select=نام,"with.dot","with,comma","quote\\"d",count',
            {"نام": "سطر", "with.dot": "dot", "with,comma": "comma", 'quote"d': "quote", "count": 7},
        ),
        ('Strange%20Table,%20(really)?"with.dot"=eq.dot&select=an id', {"an id": 1}),
        ("books?select=title,Strange Table, (really)(count)", None),
        (
            'books?select=title,"Strange Table, (really)"(count)',
            {"title": "Trilogy", "Strange Table, (really)": {"count": 7}},
        ),
    ],
)
async def test_columns(web: httpx.AsyncClient, target: str, first: dict[str, Any] | None) -> None:
    answer = await web.get(target)
    if first is None:
        assert (answer.status_code, answer.json()["code"]) == (400, "PGRST100")
    else:
        assert answer.json()[0] == first, answer.text


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("books?select=title,w:authors!author_id(name)&id=eq.1", [{"title": "Trilogy", "w": {"name": "Naguib"}}]),
        ("books?select=author_id(name)&id=eq.1", [{"author_id": {"name": "Naguib"}}]),
        ("books?select=books_author_id_fkey(name)&id=eq.1", [{"books_author_id_fkey": {"name": "Naguib"}}]),
        ("books?select=details(isbn)&id=in.(1,4)&order=id", [{"details": {"isbn": "111"}}, {"details": None}]),
        ("details?select=isbn,books(title)&book_id=eq.1", [{"isbn": "111", "books": {"title": "Trilogy"}}]),
        ("books?select=genres(name)&id=eq.5&genres.order=name", [{"genres": [{"name": "memoir"}, {"name": "novel"}]}]),
        ("books?select=genres!book_genres(name)&id=eq.1", [{"genres": [{"name": "novel"}]}]),
        ("genres?select=name,books(title)&id=eq.3", [{"name": "none", "books": []}]),
        (
            "copies?select=id,shelves(label)&id=in.(1,4)&order=id",
            [{"id": 1, "shelves": {"label": "first"}}, {"id": 4, "shelves": None}],
        ),
        (
            "shelves?select=label,copies(id)&order=number&copies.order=id",
            [{"label": "first", "copies": [{"id": 1}, {"id": 3}]}, {"label": "second", "copies": [{"id": 2}]}],
        ),
        (
            "books_view?select=title,authors(name),publishers(name)&book_key=eq.1",
            [{"title": "Trilogy", "authors": {"name": "Naguib"}, "publishers": {"name": "Shorouk"}}],
        ),
        (
            "books_of_view?select=title,authors_seen(name)&book_key=eq.1",
            [{"title": "Trilogy", "authors_seen": {"name": "Naguib"}}],
        ),
        (
            "authors_seen?select=name,books_view(title)&id=eq.2",
            [{"name": 'Taha, "the Dean"', "books_view": [{"title": "Days"}]}],
        ),
        ("orders?select=buyer,books(title)&id=eq.2", [{"buyer": "Mona", "books": {"title": "Miramar"}}]),
        ("publishers_tree?select=depth,books(title)&id=eq.3", [{"depth": 1, "books": []}]),
        ("sales?select=amount,books(title)&day=eq.2026-02-01", [{"amount": 7, "books": {"title": "Days"}}]),
        ("books?select=sales(amount)&id=eq.1&sales.order=day.desc", [{"sales": [{"amount": 6}, {"amount": 5}]}]),
        (
            "publishers?select=name,publishers(name)&id=eq.1&publishers.order=id",
            [{"name": "Shorouk", "publishers": [{"name": "Dar"}, {"name": "Small"}]}],
        ),
        ("publishers?select=name,parent_id(name)&id=eq.2", [{"name": "Dar", "parent_id": {"name": "Shorouk"}}]),
        ("publishers?select=name,parent(name)&id=eq.2", [{"name": "Dar", "parent": {"name": "Shorouk"}}]),
        (
            "authors?select=best_book(title),long_books(title)&id=eq.1&long_books.order=pages",
            [{"best_book": {"title": "Trilogy"}, "long_books": [{"title": "Miramar"}, {"title": "Trilogy"}]}],
        ),
        (
            "authors?select=long_books(title,publishers(name))&id=eq.3",
            [{"long_books": [{"title": "Granada", "publishers": {"name": "Dar"}}]}],
        ),
        (
            "publishers?select=books(title,genres(name))&id=eq.2&books.order=id&"
            "books.genres.name=eq.memoir&books.limit=1&books.offset=1",
            [{"books": [{"title": "Miramar", "genres": [{"name": "memoir"}]}]}],
        ),
        (
            "books?select=title,publishers!inner()&publishers.name=eq.Dar&order=id",
            [{"title": "Granada"}, {"title": "Miramar"}],
        ),
        (
            "books?select=title,genres!inner(name)&genres.id=eq.2&order=id",
            [{"title": "Days", "genres": [{"name": "memoir"}]}, {"title": "Miramar", "genres": [{"name": "memoir"}]}],
        ),
        ("books?select=title,genres()&genres=is.null", [{"title": "Orphan"}]),
        ("books?select=title,details()&details=not.is.null&order=id", [{"title": "Trilogy"}, {"title": "Days"}]),
        (
            "books?select=id,genres(),details()&or=(genres.is.null,details.not.is.null)&order=id",
            [{"id": 1}, {"id": 2}, {"id": 4}],
        ),
        ("books?select=id,p:publishers()&p.name=eq.Dar&p=not.is.null&order=id", [{"id": 3}, {"id": 5}]),
        (
            "books?select=id,publishers()&order=publishers(name).desc.nullslast,id&limit=3",
            [{"id": 1}, {"id": 2}, {"id": 3}],
        ),
        ("books?select=id,p:publishers()&order=p(name).nullsfirst,id.desc&limit=2", [{"id": 4}, {"id": 5}]),
        (
            "publishers?select=name,books(id)&books.or=(id.eq.1,id.eq.2)&id=eq.1&books.order=id.desc",
            [{"name": "Shorouk", "books": [{"id": 2}, {"id": 1}]}],
        ),
        (
            "publishers?select=name,books(id)&books.not.and=(id.eq.1,pages.gt.1)&id=eq.1",
            [{"name": "Shorouk", "books": [{"id": 2}]}],
        ),
    ],
)
async def test_embeds(web: httpx.AsyncClient, target: str, expected: list[dict[str, Any]]) -> None:
    assert await rows(web, target) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (
            "books?select=title,...publishers(p:name)&id=in.(1,4)&order=id",
            [{"title": "Trilogy", "p": "Shorouk"}, {"title": "Orphan", "p": None}],
        ),
        ("books?select=...publishers(*)&id=eq.1", [{"id": 1, "name": "Shorouk", "parent_id": None}]),
        (
            "book_genres?select=rank,...books(title,...publishers(publisher:name))&book_id=eq.1",
            [{"rank": 1, "title": "Trilogy", "publisher": "Shorouk"}],
        ),
        (
            "publishers?select=name,...books(titles:title,pages)&order=id&books.order=title&id=in.(1,3)",
            [
                {"name": "Shorouk", "titles": ["Days", "Trilogy"], "pages": [300, 1500]},
                {"name": "Small", "titles": [], "pages": []},
            ],
        ),
        (
            "books?select=id,...genres(kinds:name)&id=eq.5&genres.order=name.desc",
            [{"id": 5, "kinds": ["novel", "memoir"]}],
        ),
        (
            "books?select=id,...book_genres(rank,...genres(name))&id=eq.5&book_genres.order=rank",
            [{"id": 5, "rank": [3, 4], "name": ["novel", "memoir"]}],
        ),
        (
            "books?select=id,...genres!inner(name)&genres.id=eq.2&order=id",
            [{"id": 2, "name": ["memoir"]}, {"id": 5, "name": ["memoir"]}],
        ),
        (
            "publishers?select=...books(genres(name))&id=eq.1&books.order=id",
            [{"genres": [[{"name": "novel"}], [{"name": "memoir"}]]}],
        ),
    ],
)
async def test_spreads(web: httpx.AsyncClient, target: str, expected: list[dict[str, Any]]) -> None:
    assert await rows(web, target) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("books?select=count()", [{"count": 5}]),
        (
            "books?select=pages.sum(),pages.avg()::int,least:pages.min(),pages.max()",
            [{"sum": 2580, "avg": 516, "least": 100, "max": 1500}],
        ),
        (
            "books?select=publisher_id,count()&order=publisher_id",
            [{"publisher_id": 1, "count": 2}, {"publisher_id": 2, "count": 2}, {"publisher_id": None, "count": 1}],
        ),
        ("books?select=publisher_id.count()", [{"count": 4}]),
        ("books?select=price::int.sum()::text", [{"sum": "170"}]),
        ("authors?select=data->n::int.sum()", [{"sum": 12}]),
        ("books?select=pages.sum(),...publishers(name)&order=publishers(name)&publisher_id=not.is.null", None),
        ("books?select=...publishers(name),pages.sum()&publisher_id=eq.1", [{"name": "Shorouk", "sum": 1800}]),
        ("books?select=publishers(name),pages.max()&publisher_id=eq.2", [{"publishers": {"name": "Dar"}, "max": 500}]),
        (
            "publishers?select=name,books(count(),pages.sum())&id=eq.2",
            [{"name": "Dar", "books": [{"count": 2, "sum": 680}]}],
        ),
        ("books?select=publisher_id,...details(isbn.max())&publisher_id=eq.1", [{"publisher_id": 1, "max": "222"}]),
        ("books?select=count&id=lt.3", [{"count": 2}]),
    ],
)
async def test_aggregates(web: httpx.AsyncClient, target: str, expected: list[dict[str, Any]] | None) -> None:
    answer = await web.get(target)
    if expected is None:
        assert answer.json()["code"] == "42803"
    else:
        assert answer.json() == expected, answer.text


async def test_representations_of_domains(web: httpx.AsyncClient) -> None:
    one = {"id": "#846c4ffd", "nick": "one"}
    assert await rows(web, "profiles?select=id,nick&id=eq.%23846c4ffd") == [one]
    assert await rows(web, "profiles?select=id,nick&id=in.(%23846c4ffd)") == [one]
    assert await rows(web, "profiles?select=id,nick&or=(id.eq.%23846c4ffd,nick.eq.x)") == [one]
    assert (await rows(web, "profiles?nick=eq.one"))[0]["id"] == "#846c4ffd"
    assert (await rows(web, "profiles?select=id::text&nick=eq.one"))[0]["id"].startswith("846c4ffd-0000")


@pytest.mark.parametrize("key", ["r", "t", "t1", "t1_", "o"])
async def test_a_key_named_as_an_alias_hides_no_row(web: httpx.AsyncClient, key: str) -> None:
    assert await rows(web, f"publishers?select={key}:name,books({key}:title)&id=eq.1") == [
        {key: "Shorouk", "books": [{key: "Trilogy"}, {key: "Days"}]}
    ]
    assert await rows(web, f"books?select={key}:title,authors!books_author_id_fkey({key}:name)&id=eq.1") == [
        {key: "Trilogy", "authors": {key: "Naguib"}}
    ]


async def test_representations_of_domains_are_written(web: httpx.AsyncClient, library: Database) -> None:
    profiles, whole = '"odd schéma".profiles', {"prefer": "return=representation"}
    library.execute(f'grant insert, update, delete on {profiles} to "Odd Reader"')
    try:
        made = await web.post("profiles", json={"id": "#0000000c", "nick": "new"}, headers=whole)
        assert (made.status_code, made.json()[0]["id"]) == (201, "#0000000c")
        moved = await web.patch("profiles?id=eq.%230000000c", json={"id": "#0000000d"}, headers=whole)
        assert (moved.status_code, moved.json()[0]["id"]) == (200, "#0000000d")
        stored = library.execute(f"select id::uuid::text from {profiles} where nick = 'new'")
        assert stored == [("0000000d-0000-0000-0000-000000000000",)]
        gone = await web.delete("profiles?id=eq.%230000000d", headers=whole)
        assert [row["nick"] for row in gone.json()] == ["new"]
    finally:
        library.execute(f"delete from {profiles} where nick = 'new'")
        library.execute(f'revoke insert, update, delete on {profiles} from "Odd Reader"')


@pytest.mark.parametrize(
    ("headers", "query", "status", "content_range"),
    [
        ({}, "", 200, "0-4/*"),
        ({"prefer": "count=exact"}, "", 200, "0-4/5"),
        ({"prefer": "count=exact"}, "limit=2", 206, "0-1/5"),
        ({"prefer": "count=exact"}, "limit=2&offset=3", 206, "3-4/5"),
        ({"prefer": "count=exact"}, "offset=5", 206, "*/5"),
        ({"prefer": "count=exact"}, "limit=0", 206, "*/5"),
        ({"prefer": "count=exact"}, "offset=6", 416, None),
        ({"prefer": "count=exact"}, "id=gt.100", 200, "*/0"),
        ({"prefer": "count=exact"}, "id=gt.2&limit=1", 206, "0-0/3"),
        ({"prefer": "count=planned"}, "limit=2", 206, "0-1/5"),
        ({"prefer": "count=estimated"}, "limit=2", 206, "0-1/5"),
        ({"range": "0-1"}, "", 200, "0-1/*"),
        ({"range": "1-"}, "", 200, "1-4/*"),
        ({"range": "1-3"}, "limit=2", 200, "1-1/*"),
        ({"range": "2-1"}, "", 416, None),
        ({"range": "x"}, "", 200, "0-4/*"),
        ({"range": "0-1", "prefer": "count=exact"}, "", 206, "0-1/5"),
        ({}, "limit=-1", 416, None),
    ],
)
async def test_ranges(
    web: httpx.AsyncClient, headers: dict[str, str], query: str, status: int, content_range: str | None
) -> None:
    answer = await web.get(f"books?select=id&order=id&{query}", headers=headers)
    assert (answer.status_code, answer.headers.get("content-range")) == (status, content_range), answer.text


async def test_exact_count_heeds_required_embeds(web: httpx.AsyncClient) -> None:
    query = "books?select=id,publishers!inner()&publishers.name=eq.Dar&limit=1"
    assert (await web.get(query, headers={"prefer": "count=exact"})).headers["content-range"] == "0-0/2"
    empty = await web.get("books?select=id,genres()&genres=is.null&limit=1", headers={"prefer": "count=exact"})
    assert empty.headers["content-range"] == "0-0/1"


async def test_settings_bound_rows_and_aggregates(strict: httpx.AsyncClient) -> None:
    page = await strict.get("books?select=id&order=id", headers={"prefer": "count=exact"})
    assert (page.status_code, page.headers["content-range"]) == (206, "0-1/5")
    assert len((await strict.get("books?limit=100")).json()) == 2
    assert len((await strict.get("books?limit=1")).json()) == 1
    estimated = await strict.get("books?select=id", headers={"prefer": "count=estimated"})
    assert estimated.headers["content-range"] == "0-1/5"
    refused = await strict.get("books?select=count()")
    assert (refused.status_code, refused.json()["code"]) == (400, "PGRST123")
    assert refused.json()["message"] == "Use of aggregate functions is not allowed"


async def test_target_names_beside_an_alias_still_work_with_a_warning(web: httpx.AsyncClient) -> None:
    answer = await web.get("publishers?select=b:books(id)&books.id=eq.1&id=eq.1")
    assert answer.json() == [{"b": [{"id": 1}]}]
    assert answer.headers["warning"].startswith("299 ")


def refusal(code: str, message: str, details: Any = None, hint: str | None = None) -> dict[str, Any]:
    return {"code": code, "message": message, "details": details, "hint": hint}


@pytest.mark.parametrize(
    ("target", "status", "error"),
    [
        (
            "bookz",
            404,
            refusal(
                "PGRST205",
                "Could not find the table 'odd schéma.bookz' in the schema cache",
                None,
                "Perhaps you meant the table 'odd schéma.books'",
            ),
        ),
        (
            "books?select=titel",
            400,
            refusal(
                "42703",
                "column books.titel does not exist",
                None,
                'Perhaps you meant to reference the column "books.title".',
            ),
        ),
        (
            "books?select=publishers(nam)",
            400,
            refusal(
                "42703",
                "column publishers_1.nam does not exist",
                None,
                'Perhaps you meant to reference the column "publishers_1.name".',
            ),
        ),
        (
            "books?select=genress(name)",
            400,
            refusal(
                "PGRST200",
                "Could not find a relationship between 'books' and 'genress' in the schema cache",
                "Searched for a foreign key relationship between 'books' and 'genress' in the schema 'odd "
                "schéma', but no matches were found.",
                "Perhaps you meant 'genres' instead of 'genress'.",
            ),
        ),
        (
            "books?select=authors!x(name)",
            400,
            refusal(
                "PGRST200",
                "Could not find a relationship between 'books' and 'authors' in the schema cache",
                "Searched for a foreign key relationship between 'books' and 'authors' using the hint 'x' "
                "in the schema 'odd schéma', but no matches were found.",
            ),
        ),
        (
            "books?select=authors(name)",
            300,
            refusal(
                "PGRST201",
                "Could not embed because more than one relationship was found for 'books' and 'authors'",
                [
                    {
                        "cardinality": "many-to-one",
                        "embedding": "books with authors",
                        "relationship": "books_author_id_fkey using books(author_id) and authors(id)",
                    },
                    {
                        "cardinality": "many-to-one",
                        "embedding": "books with authors",
                        "relationship": "books_editor_id_fkey using books(editor_id) and authors(id)",
                    },
                ],
                "Try changing 'authors' to one of the following: 'authors!books_author_id_fkey', "
                "'authors!books_editor_id_fkey'. Find the desired relationship in the 'details' key.",
            ),
        ),
        (
            "books?publishers.name=eq.1",
            400,
            refusal(
                "PGRST108",
                "'publishers' is not an embedded resource in this request",
                None,
                "Verify that 'publishers' is included in the 'select' query parameter.",
            ),
        ),
        (
            "books?order=publishers(name)",
            400,
            refusal(
                "PGRST108",
                "'publishers' is not an embedded resource in this request",
                None,
                "Verify that 'publishers' is included in the 'select' query parameter.",
            ),
        ),
        (
            "publishers?select=books(id)&order=books(title)",
            400,
            refusal(
                "PGRST118",
                "A related order on 'books' is not possible",
                "'publishers' and 'books' do not form a many-to-one or one-to-one relationship",
            ),
        ),
        (
            "books?select=publishers(name)&publishers=eq.1",
            400,
            refusal(
                "PGRST120",
                "Bad operator on the 'publishers' embedded resource",
                "Only is null or not is null filters are allowed on embedded resources",
            ),
        ),
        (
            "books?select=id,...genres(count())",
            400,
            refusal(
                "PGRST127",
                "Feature not implemented",
                "Aggregates are not implemented for one-to-many or many-to-many spreads.",
            ),
        ),
        (
            "books?title=foo",
            400,
            refusal(
                "PGRST100",
                '"failed to parse filter (foo)" (line 1, column 1)',
                'unexpected "f" expecting "not" or operator (eq, gt, ...)',
            ),
        ),
        (
            "books?id=is.nope",
            400,
            refusal(
                "PGRST100",
                '"failed to parse filter (is.nope)" (line 1, column 4)',
                'unexpected "n" expecting isVal: (null, not_null, true, false, unknown)',
            ),
        ),
        (
            "books?id=neq(any).{1}",
            400,
            refusal(
                "PGRST100",
                '"failed to parse filter (neq(any).{1})" (line 1, column 1)',
                'unexpected "n" expecting "not" or operator (eq, gt, ...)',
            ),
        ),
        (
            "books?or=()",
            400,
            refusal(
                "PGRST100",
                '"failed to parse logic tree (())" (line 1, column 4)',
                'unexpected ")" expecting field name (* or [a..z0..9_$]), negation operator (not) or logic '
                "operator (and, or)",
            ),
        ),
        ("books?select=id::nope", 400, refusal("42704", 'type "nope" does not exist')),
        ("books?offset=7", 200, None),
    ],
)
async def test_refusals(web: httpx.AsyncClient, target: str, status: int, error: dict[str, Any] | None) -> None:
    answer = await web.get(target)
    assert (answer.status_code, answer.json() if error else None) == (status, error)


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("books", "/books"),
        ("books?title=eq.Days&id=gt.1", "/books?id=gt.1&title=eq.Days"),
        ("books?select=id,title&id=gt.1&id=lt.3", "/books?id=gt.1,lt.3&select=id%2Ctitle"),
    ],
)
async def test_the_address_of_an_answer(web: httpx.AsyncClient, target: str, location: str) -> None:
    assert (await web.get(target)).headers["content-location"] == location
