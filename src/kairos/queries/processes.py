"""Which of our processes are there: each holds a lock in the database for as long as it works.

A lock goes with its connection, so a killed process is missed at once; no row, no clock, no cleaning up.
Nothing here imports Django at the top: the supervisor asks too, over a connection of its own.
"""

from typing import Any, Literal

Process = Literal["live", "jobs"]

_KIND = 0x6B6169  # "kai"
_NUMBERS: dict[Process, int] = {"live": 1, "jobs": 2}

HOLD = "SELECT pg_advisory_lock_shared(%s, %s)"
RELEASE = "SELECT pg_advisory_unlock_shared(%s, %s)"
PRESENT = """
    SELECT objid FROM pg_locks
    WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
PRESENT_VALUES = (_KIND,)

# Where the log-in role is another one (an external database), it works as the app's role.
ASSUME_ROLE = """
    SELECT set_config('role', rolname, false) FROM pg_roles
    WHERE rolname = 'kairos_app' AND rolname <> current_user AND pg_has_role(current_user, oid, 'MEMBER')
"""


def lock_values(process: Process) -> tuple[int, int]:
    """Return what ``HOLD`` and ``RELEASE`` are filled with."""
    return _KIND, _NUMBERS[process]


def read_present(rows: list[tuple[Any, ...]]) -> dict[str, bool]:
    """Return which processes are there, from the rows of ``PRESENT``."""
    seen = {int(row[0]) for row in rows}
    return {process: number in seen for process, number in _NUMBERS.items()}


def processes_present() -> dict[str, bool]:
    """Return which processes hold their lock, over Django's connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PRESENT, PRESENT_VALUES)
        return read_present(cursor.fetchall())


def connection_parameters() -> dict[str, Any]:
    """Return what psycopg needs to connect as Django does, for the processes that listen."""
    from django.db import connection

    parameters = connection.get_connection_params()
    return {key: value for key, value in parameters.items() if key not in ("cursor_factory", "context")}
