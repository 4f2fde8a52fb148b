"""What reads are refused for, with message, details and hint."""

from __future__ import annotations

from typing import Any

import httpx
import pytest


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
