from __future__ import annotations

import pytest

from gateway.lanes import LaneKind
from tests.bench.capture import Captured, Sent
from tests.bench.cases import CASES, Shares
from tests.bench.data import Keys, Size
from tests.bench.load import Measured
from tests.bench.report import summarise
from tests.bench.translate import script
from tests.bench.yardstick import Bound, Script

KEYS = Keys(Size(users=2_000, posts=30_000), first_user=1_000_000, user_step=10, first_post=5_000_000, post_step=100)


def test_keys_become_draws_and_the_rest_variables() -> None:
    settings = Sent("select set_config('c', $1, true)", ['{"sub":"1000000"}'])
    statement = Sent("select $1::bigint, $2", ["5000100", "20"])
    made = script(CASES[0], KEYS, 5_000_100, 1_000_000, Captured(settings, statement, LaneKind.READ))
    assert "select set_config('c', (:c0 || :reader || :c1), true);\nselect :key::bigint, :c2;" in made.text()
    assert {name: made.variables[name] for name in ("c0", "c1", "c2")} == {"c0": '{"sub":"', "c1": '"}', "c2": "20"}


def test_text_that_pgbench_would_misread_is_refused() -> None:
    with pytest.raises(ValueError, match=":b"):
        Script([], Bound("select 1", []), Bound("select 'a:b'", []), {}, LaneKind.READ).text()


def test_the_share_is_the_median_of_the_rounds() -> None:
    rounds = [(Measured(rate, 1, 2), Measured(100, 1, 2)) for rate in (10, 50, 90)]
    line = summarise("case", 16, rounds, Shares(0.3, 0.4))
    assert (line.share, line.met) == (0.5, True)
