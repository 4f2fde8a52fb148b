"""A dump of the catalogue that is the same for the same catalogue."""

from __future__ import annotations

import os
import re
import subprocess

from psycopg.conninfo import conninfo_to_dict

from daira.migrate.source import MigrationError
from daira.servers.wheels import postgres_bin

_VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
# pg_dump's own version, and the random key of its \restrict.
_VOLATILE = re.compile(r"^(-- Dumped (from|by) .*|\\(un)?restrict .*)\n", re.MULTILINE)
# The roles of a policy come in the order in which the server happens to find them.
_POLICY_ROLES = re.compile(r"^(CREATE POLICY .*? TO )([^()]+?)(?= (?:USING|WITH CHECK) |;$)", re.MULTILINE)


def dump_schema(url: str) -> str:
    """The catalogue as SQL, without data and without schema partitions, which depends on the date."""
    options = ["--schema-only", "--exclude-schema=partitions", "--no-statistics"]
    program = [str(postgres_bin() / "pg_dump"), *options]
    done = subprocess.run(program, env=_environment(url), capture_output=True, text=True)  # noqa: S603 - no word of it is a request's
    if done.returncode:
        raise MigrationError(f"pg_dump: {done.stderr.strip()}.", "Is the server PostgreSQL 18 or older?")
    return re.sub(r"\n{3,}", "\n\n", _stable(done.stdout)).strip() + "\n"


def _stable(dump: str) -> str:
    return _POLICY_ROLES.sub(_with_sorted_roles, _VOLATILE.sub("", dump))


def _with_sorted_roles(policy: re.Match[str]) -> str:
    return policy[1] + ", ".join(sorted(policy[2].split(", ")))


def _environment(url: str) -> dict[str, str]:
    parts = conninfo_to_dict(url)
    return {"PATH": os.defpath} | {name: str(parts[key]) for key, name in _VARIABLES.items() if key in parts}
