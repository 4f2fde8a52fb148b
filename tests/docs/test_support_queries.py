"""Every recipe of the support page, run as the role `support` on the demo data: each answers something."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from daira.migrate import packaged_source
from daira.seed import load_demo
from daira.servers.wheels import postgres_bin
from tests.support.databases import Database

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "support-queries.md"
RECIPES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(), re.DOTALL)
HAPPENED = """
    with mona as (select id from api.users where username = 'mona.hassan'),
    signed_in as (
        insert into auth.sessions (user_id, refresh_key, ip, expires_at, ends_at)
        select id, sha256('x'), '41.33.12.7', now() + interval '1 day', now() + interval '1 month' from mona
    ),
    audited as (insert into auth.audit (user_id, action) select id, 'login_failed' from mona),
    warned as (insert into ops.strikes (user_id, reason_code) select id, 'SPAM' from mona)
    select ops.fold_notices()
"""


@pytest.fixture(scope="module")
def people(module_database: Database) -> Database:
    load_demo(packaged_source(), module_database.url)
    module_database.execute(HAPPENED)
    return module_database


@pytest.mark.parametrize("recipe", RECIPES, ids=range(len(RECIPES)))
def test_recipe_answers(people: Database, recipe: str) -> None:
    psql = [str(postgres_bin() / "psql"), "-X", "-At", "-v", "ON_ERROR_STOP=1", people.url_as("support")]
    done = subprocess.run(psql, input=recipe, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
