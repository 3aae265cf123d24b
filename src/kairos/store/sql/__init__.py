"""The SQL that Django cannot say: row-level security, append-only triggers, grants."""

from pathlib import Path
from typing import Any

from django.db import connections, migrations

_FOLDER = Path(__file__).parent
_FILES = ("functions", "policies", "append_only")


def sql_operations() -> list[migrations.RunSQL]:
    """Return the migration operations for the files of this folder, in order."""
    return [
        migrations.RunSQL((_FOLDER / f"{name}.sql").read_text(), migrations.RunSQL.noop) for name in _FILES
    ]


def apply_grants(*, using: str, **_: Any) -> None:
    """Give the application role what it needs on every table, and no more; after each migration."""
    with connections[using].cursor() as cursor:
        cursor.execute((_FOLDER / "grants.sql").read_text())
