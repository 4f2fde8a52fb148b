"""Names by pg_graphql's rules (https://supabase.github.io/pg_graphql/configuration/#inflection)."""

from __future__ import annotations

import re

_VALID = re.compile(r"(?!__)[_A-Za-z][_0-9A-Za-z]*\Z")
_WORD_START = re.compile(r"(?:^|_)_*([^_]?)")


def is_valid(name: str) -> bool:
    """Whether GraphQL allows this name for something of ours; two leading underscores are its own."""
    return _VALID.match(name) is not None


def pascal(name: str) -> str:
    """`blog_post` as `BlogPost`: letters after an underscore become capitals, all others stay as they are."""
    return _WORD_START.sub(lambda start: start.group(1).upper(), name)


def uncapitalized(name: str) -> str:
    """`BlogPost` as `blogPost`."""
    return name[:1].lower() + name[1:]


def camel(name: str) -> str:
    """`blog_post` as `blogPost`."""
    return uncapitalized(pascal(name))


def type_name(name: str, inflect: bool) -> str:
    """The name of a type for something called `name` in SQL."""
    return pascal(name) if inflect else name


def field_name(name: str, inflect: bool) -> str:
    """The name of a field or argument for something called `name` in SQL."""
    return camel(name) if inflect else name


def function_field_name(name: str, inflect: bool) -> str:
    """The name of a field for a function: one leading underscore is dropped."""
    return field_name(name[1:] if name.startswith("_") else name, inflect)


def collection_name(base: str) -> str:
    """The name of a field with many rows of type `base`."""
    return f"{uncapitalized(base)}Collection"


def by_key_name(base: str) -> str:
    """The name of a field with the one row of type `base` that has a given key."""
    return f"{uncapitalized(base)}ByPk"


def without_id(column: str, inflect: bool) -> str | None:
    """What a key column points at: with inflection `owner_id`, without it `ownerId` gives `owner`, others nothing."""
    suffix = "_id" if inflect else "Id"
    return column[: -len(suffix)] if column.endswith(suffix) and len(column) > len(suffix) else None
