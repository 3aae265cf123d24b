"""What all processes remember for a while: limits on wrong log-ins, codes that were used.

Rows, by the database's clock. A key is kept as a digest: it may hold an address or a user name.
"""

from typing import Any

import msgspec
from django.db import connection

from kairos.store.vault import keyed_digest

_LIVE = "(expires_at IS NULL OR expires_at > clock_timestamp())"
_UNTIL = "clock_timestamp() + make_interval(secs => %s)"
_PUT = f"""
    INSERT INTO store_sharedvalue AS old (key, value, expires_at) VALUES (%s, %s::jsonb, {_UNTIL})
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
"""  # nosec B608
_ADD = f"{_PUT} WHERE old.expires_at <= clock_timestamp()"  # nosec B608
_DROP_OLD = """
    DELETE FROM store_sharedvalue WHERE key IN (
        SELECT key FROM store_sharedvalue WHERE expires_at <= clock_timestamp()
        LIMIT 20 FOR UPDATE SKIP LOCKED)
"""


def read(key: str) -> tuple[Any] | None:
    """Return the value in a tuple of one, or ``None`` where there is none (any more)."""
    with connection.cursor() as cursor:
        statement = f"SELECT value::text FROM store_sharedvalue WHERE key = %s AND {_LIVE}"  # nosec B608
        cursor.execute(statement, [_digest(key)])
        row = cursor.fetchone()
    return None if row is None else (msgspec.json.decode(row[0]),)


def put(key: str, value: Any, *, seconds: float | None) -> None:
    """Remember a value, for so long or for good; what ran out is forgotten on the way."""
    _write(_PUT, key, value, seconds)


def add(key: str, value: Any, *, seconds: float | None) -> bool:
    """Remember a value unless there is one; of two at once one is told ``True``."""
    return _write(_ADD, key, value, seconds) == 1


def extend(key: str, *, seconds: float | None) -> bool:
    """Remember what is there for so long from now; return whether it was there."""
    statement = f"UPDATE store_sharedvalue SET expires_at = {_UNTIL} WHERE key = %s AND {_LIVE}"  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(statement, [seconds, _digest(key)])
        return bool(cursor.rowcount)


def forget(key: str) -> bool:
    """Forget one value; return whether it was there."""
    with connection.cursor() as cursor:
        statement = f"DELETE FROM store_sharedvalue WHERE key = %s AND {_LIVE}"  # nosec B608
        cursor.execute(statement, [_digest(key)])
        return bool(cursor.rowcount)


def forget_all() -> None:
    """Forget everything."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_sharedvalue")


def _write(statement: str, key: str, value: Any, seconds: float | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_DROP_OLD)
        cursor.execute(statement, [_digest(key), msgspec.json.encode(value).decode(), seconds])
        return cursor.rowcount


def _digest(key: str) -> bytes:
    return keyed_digest(key.encode())
