"""Rows to values and back, by the names of the fields."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

import msgspec
from django.db import connection
from django.db.models import Model

Value = TypeVar("Value")


def to_value(kind: type[Value], row: Model, **given: Any) -> Value:
    """Build a dataclass from the columns of the same names; ``given`` overrides and adds."""
    names = (field.name for field in fields(kind) if field.name not in given)  # type: ignore[arg-type]
    return kind(**{name: _read(getattr(row, name)) for name in names}, **given)


def to_values(kind: type[Value], rows: Iterable[Any]) -> tuple[Value, ...]:
    """Build one dataclass a row."""
    return tuple(to_value(kind, row) for row in rows)


def to_columns(value: object, *without: str) -> dict[str, Any]:
    """Return the fields of a dataclass as columns of the same names."""
    names = (field.name for field in fields(value) if field.name not in without)  # type: ignore[arg-type]
    return {name: getattr(value, name) for name in names}


def insert_many(record: type[Model], rows: Iterable[Mapping[str, Any]], *, skip_known: bool = False) -> int:
    """Insert rows in one statement and return how many were new; each row names the same columns.

    Bytes are given as bytes. ``skip_known`` leaves out rows that break a uniqueness already there.
    """
    listed = [{name: _write(value) for name, value in row.items()} for row in rows]
    if not listed:
        return 0
    table, columns = record._meta.db_table, ", ".join(f'"{name}"' for name in listed[0])
    source = f'json_populate_recordset(NULL::"{table}", %s)'
    ending = " ON CONFLICT DO NOTHING" if skip_known else ""
    statement = f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM {source}{ending}'  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(statement, [msgspec.json.encode(listed).decode()])
        return cursor.rowcount


def _write(value: Any) -> Any:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value


def _read(value: Any) -> Any:
    """Values hold tuples and bytes, where a row has lists and views."""
    if isinstance(value, list):
        return tuple(value)
    return bytes(value) if isinstance(value, memoryview) else value
