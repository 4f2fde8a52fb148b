"""No scene hangs on a date that is still ahead: from that day on its test would say something else."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
KINDS = (".graphql", ".json", ".mjs", ".py", ".sql", ".yaml")
# Values that nothing compares with the clock.
VALUES_ONLY = {
    "db/tests/test_ops.sql": "moments that identifiers hold",
    "tests/catalog/test_catalog.py": "the bound of a partition",
    "tests/graphql/contract/cases/functions.yaml": "a date to which days are added",
    "tests/graphql/contract/schema.sql": "the bound of a partition",
    "tests/rest/contract/cases/reading_more.yaml": "the bound of a range",
    "tests/rest/contract/data.sql": "the bound of a range",
    "tests/rest/reading.sql": "the bound of a partition",
}


def test_no_scene_holds_a_date_that_is_ahead() -> None:
    files = (path for folder in ("tests", "db/tests", "db/seeds") for path in (ROOT / folder).rglob("*"))
    ahead = {str(path.relative_to(ROOT)) for path in files if path.suffix in KINDS and _holds_one(path.read_text())}
    assert ahead - VALUES_ONLY.keys() == set()


def _holds_one(text: str) -> bool:
    today = datetime.now(UTC).date().isoformat()
    return any(day > today for day in re.findall(r"\b20\d\d-[01]\d-[0-3]\d", text))
