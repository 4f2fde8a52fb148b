"""Filters and columns on somebody else's schema: every operator, and what values are made of."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.rest.reading import rows


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
        ("order= full_name.desc , id ", [4, 2, 3, 1]),
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
