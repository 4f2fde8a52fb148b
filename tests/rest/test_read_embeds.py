"""Embeds, spreads and aggregates on somebody else's schema: every kind of relationship."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.rest.reading import rows


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
        (
            "books?select=pages.sum(),...publishers(name)&order=publishers(name)&publisher_id=not.is.null",
            [{"sum": 680, "name": "Dar"}, {"sum": 1800, "name": "Shorouk"}],
        ),
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
async def test_aggregates(web: httpx.AsyncClient, target: str, expected: list[dict[str, Any]]) -> None:
    assert await rows(web, target) == expected


@pytest.mark.parametrize("key", ["r", "t", "t1", "t1_", "o"])
async def test_a_key_named_as_an_alias_hides_no_row(web: httpx.AsyncClient, key: str) -> None:
    assert await rows(web, f"publishers?select={key}:name,books({key}:title)&id=eq.1") == [
        {key: "Shorouk", "books": [{key: "Trilogy"}, {key: "Days"}]}
    ]
    assert await rows(web, f"books?select={key}:title,authors!books_author_id_fkey({key}:name)&id=eq.1") == [
        {key: "Trilogy", "authors": {key: "Naguib"}}
    ]


async def test_target_names_beside_an_alias_still_work_with_a_warning(web: httpx.AsyncClient) -> None:
    answer = await web.get("publishers?select=b:books(id)&books.id=eq.1&id=eq.1")
    assert answer.json() == [{"b": [{"id": 1}]}]
    assert answer.headers["warning"].startswith("299 ")
