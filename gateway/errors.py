"""The one table from SQLSTATE to HTTP status, after PostgREST's.

Class PT carries a status of the raiser's choice, class DA is registered in docs/reference/errors.md.
"""

from __future__ import annotations

_BY_CODE = {
    "23503": 409,
    "23505": 409,
    "25006": 405,
    "21000": 400,
    "22023": 400,
    "42883": 404,
    "42P01": 404,
    "42P17": 500,
    "42501": 403,
    "57014": 504,
    "DA090": 403,
    "DR005": 409,
    "53400": 500,
    "P0001": 400,
}
_RIGHTS = frozenset({"42501", "DA090"})
_BY_CLASS = {
    "08": 503,
    "09": 500,
    "0L": 403,
    "0P": 403,
    "25": 500,
    "28": 403,
    "2D": 500,
    "38": 500,
    "39": 500,
    "3B": 500,
    "40": 500,
    "53": 503,
    "54": 500,
    "55": 500,
    "57": 500,
    "58": 500,
    "F0": 500,
    "HV": 500,
    "P0": 500,
    "PT": 500,
    "XX": 500,
}


def status_of(sqlstate: str, *, anonymous: bool = False) -> int:
    """The HTTP status for an error of the database; 401 instead of 403 where signing in could help."""
    if sqlstate[:2] in ("PT", "DA") and sqlstate[2] in "2345" and sqlstate[3:].isdigit():
        return int(sqlstate[2:])
    if anonymous and sqlstate in _RIGHTS:
        return 401
    return _BY_CODE.get(sqlstate) or _BY_CLASS.get(sqlstate[:2], 400)
