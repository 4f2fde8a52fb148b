"""The operators of filters (https://docs.postgrest.org/en/stable/references/api/tables_views.html#operators)."""

from __future__ import annotations

from gateway.plan.model import Operator, Quantifier, Test

OPERATORS = {
    "eq": Operator.EQ,
    "neq": Operator.NEQ,
    "lt": Operator.LT,
    "lte": Operator.LTE,
    "gt": Operator.GT,
    "gte": Operator.GTE,
    "like": Operator.LIKE,
    "ilike": Operator.ILIKE,
    "match": Operator.MATCH,
    "imatch": Operator.IMATCH,
    "cs": Operator.CONTAINS,
    "cd": Operator.CONTAINED,
    "ov": Operator.OVERLAPS,
    "sl": Operator.LEFT_OF,
    "sr": Operator.RIGHT_OF,
    "nxr": Operator.NOT_RIGHT_OF,
    "nxl": Operator.NOT_LEFT_OF,
    "adj": Operator.ADJACENT,
    "isdistinct": Operator.DISTINCT,
}
PATTERNS = frozenset({Operator.LIKE, Operator.ILIKE})
QUANTIFIED = frozenset({"eq", "like", "ilike", "gt", "gte", "lt", "lte", "match", "imatch"})
QUANTIFIERS = {"any": Quantifier.ANY, "all": Quantifier.ALL}
SEARCHES = {
    "fts": "to_tsquery",
    "plfts": "plainto_tsquery",
    "phfts": "phraseto_tsquery",
    "wfts": "websearch_to_tsquery",
}
TESTS = {
    "null": Test.NULL,
    "not_null": Test.NOT_NULL,
    "true": Test.TRUE,
    "false": Test.FALSE,
    "unknown": Test.UNKNOWN,
}


EXPECTED_OPERATOR = '"not" or operator (eq, gt, ...)'


def is_known(operator: str, modifier: str | None) -> bool:
    """Whether there is such an operator, and it takes this modifier."""
    if modifier is None:
        return operator in OPERATORS or operator in SEARCHES or operator in ("in", "is")
    return operator in SEARCHES or (operator in QUANTIFIED and modifier in QUANTIFIERS)
