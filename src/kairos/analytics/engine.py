"""The engine under the expressions: DuckDB, of its own for each question, in memory."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kairos.analytics.fact_days import Table


def read_facts(path: Path) -> Table:
    """Return the table of facts of a file."""
    import ibis

    with _quiet():
        return ibis.duckdb.connect().read_parquet(path)


def fetched(rows: Table) -> list[dict[str, Any]]:
    """Return rows as they come out of the engine."""
    with _quiet():
        return list(rows.to_pyarrow().to_pylist())


def computed(rows: Table) -> Table:
    """Return the same rows, worked out once for several uses."""
    with _quiet():
        return rows.get_backend().create_table("computed", rows, temp=True)


def write_rows(rows: Table, path: Path) -> None:
    """Write rows as CSV or Parquet, as the file's name says. Half a file never stands under its name."""
    half = path.with_name(f".{path.name}.part")
    try:
        with _quiet():
            (rows.to_csv if path.suffix == ".csv" else rows.to_parquet)(half)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back that ibis asks DuckDB by names which DuckDB is about to drop: both are pinned."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*is deprecated, use", category=DeprecationWarning)
        yield
