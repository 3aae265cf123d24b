"""Puts a test's database back as the template is, by deleting rows: making it anew costs ten times as much.

Only rows may have changed. Where anything else has (a table, a trigger, a policy, a grant, a row that the
template brings), the answer is no, and the database is made anew.
"""

from dataclasses import dataclass
from typing import Any, cast

import psycopg
from psycopg import sql

_KINDS = {
    "pg_class": "oid",
    "pg_attribute": "attrelid",
    "pg_trigger": "oid",
    "pg_policy": "oid",
    "pg_proc": "oid",
    "pg_constraint": "oid",
    "pg_rewrite": "oid",
    "pg_namespace": "oid",
}
_TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    ORDER BY 1, 2
"""
_SEQUENCES = "SELECT schemaname, sequencename, last_value, start_value FROM pg_sequences ORDER BY 1, 2"
Table = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fresh:
    """What a database held when it was made from the template."""

    structure: tuple[Any, ...]
    rows: dict[Table, str]
    sequences: tuple[tuple[Any, ...], ...]


def look(connection: psycopg.Connection[Any]) -> Fresh:
    """Return what the database holds now."""
    tables = [(row[0], row[1]) for row in connection.execute(_TABLES).fetchall()]
    filled = _filled(connection, tables)
    sequences = tuple(connection.execute(_SEQUENCES).fetchall())
    return Fresh(_structure(connection), {table: _digest(connection, table) for table in filled}, sequences)


def sweep(connection: psycopg.Connection[Any], fresh: Fresh) -> bool:
    """Delete what was written since; answer whether the database is as fresh as it was."""
    now = look(connection)
    if now.structure != fresh.structure or any(now.rows.get(t) != d for t, d in fresh.rows.items()):
        return False
    written = [
        sql.SQL("DELETE FROM {}").format(sql.Identifier(*table)) for table in now.rows.keys() - fresh.rows
    ]
    moved = [_back(after) for after in fresh.sequences if after not in now.sequences]
    # As a replica: no trigger refuses, no reference is asked about.
    steps = [sql.SQL("SET session_replication_role = replica"), *written, *moved]
    connection.execute(sql.SQL("; ").join(steps))
    return True


def _structure(connection: psycopg.Connection[Any]) -> tuple[Any, ...]:
    """Return a mark of tables, columns, triggers, policies, grants: a change writes a newer row."""
    asked = [
        f"(SELECT max(xmin::text::bigint) FROM {kind} WHERE {oid} >= 16384),"
        f" (SELECT count(*) FROM {kind} WHERE {oid} >= 16384)"
        for kind, oid in _KINDS.items()
    ]
    row = connection.execute(cast("Any", f"SELECT {', '.join(asked)}")).fetchone()
    assert row is not None
    return tuple(row)


def _filled(connection: psycopg.Connection[Any], tables: list[Table]) -> list[Table]:
    asked = [
        sql.SQL("SELECT {}::int WHERE EXISTS (SELECT FROM {})").format(place, sql.Identifier(*table))
        for place, table in enumerate(tables)
    ]
    return [tables[row[0]] for row in connection.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall()]


def _digest(connection: psycopg.Connection[Any], table: Table) -> str:
    asked = sql.SQL("SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t")
    row = connection.execute(asked.format(sql.Identifier(*table))).fetchone()
    assert row is not None
    return str(row[0])


def _back(sequence: tuple[Any, ...]) -> sql.Composed:
    schema, name, last, start = sequence
    place = sql.Literal(f'"{schema}"."{name}"')
    return sql.SQL("SELECT setval({}, {}, {})").format(place, last or start, last is not None)
