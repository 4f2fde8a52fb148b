"""What the acts are put together from. Names in %()s are given by the scene, for each act anew."""

from __future__ import annotations


def text(value: str) -> str:
    """A string of SQL."""
    return f"'{value}'"


def given(kind: str, **fields: str) -> str:
    """The input of this type, with these expressions in its fields."""
    pairs = ", ".join(f"'{name}', {expression}" for name, expression in fields.items())
    return f"jsonb_populate_record(null::api.{kind}_input, jsonb_build_object({pairs}))"


def newest(table: str, condition: str = "true") -> str:
    """The newest row that the one who acts can see."""
    return f"(select max(id) from api.{table} where {condition})"


def some(table: str, condition: str, number: int = 3) -> str:
    """Some of the rows that the one who acts can see, in any order."""
    return f"(select id from api.{table} where {condition} order by random() limit {number})"


MINE = "author_id = %(me)s and deleted_at is null"
OWN_POST = newest("posts", MINE)
POST = "%(post)s"
TEXT = "%(text)s::text"
WORD = "%(word)s::text"
NUMBERED = "'n' || %(number)s::text"
