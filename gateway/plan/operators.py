"""The comparisons and tests of conditions. Part of `gateway.plan.model`."""

from __future__ import annotations

from enum import Enum


class Operator(Enum):
    """A comparison of two values; its value is PostgreSQL's operator."""

    EQ = "="
    NEQ = "<>"
    LT = "<"
    LTE = "<="
    GT = ">"
    GTE = ">="
    LIKE = "like"
    ILIKE = "ilike"
    MATCH = "~"
    IMATCH = "~*"
    CONTAINS = "@>"
    CONTAINED = "<@"
    OVERLAPS = "&&"
    STARTS_WITH = "^@"
    DISTINCT = "is distinct from"
    LEFT_OF = "<<"
    RIGHT_OF = ">>"
    NOT_RIGHT_OF = "&<"
    NOT_LEFT_OF = "&>"
    ADJACENT = "-|-"
    FOUND_BY = "@@"


class Test(Enum):
    """A test of one value; its value is what follows `is`."""

    NULL = "null"
    NOT_NULL = "not null"
    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"
    ABSENT = "not distinct from null"
    """No row at all, where a row of nulls is one."""
    PRESENT = "distinct from null"


class Quantifier(Enum):
    """Whether an array on the right must match in one or in all of its elements."""

    ANY = "any"
    ALL = "all"
