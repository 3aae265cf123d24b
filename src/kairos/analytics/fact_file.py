"""Facts as a Parquet file: written person by person in bounded memory, opened only in a known version."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from kairos.analytics.fact_schema import (
    CONTENT_KEY,
    DATED,
    DATED_KEY,
    FACT_COLUMNS,
    VERSION,
    VERSION_KEY,
    Cell,
    rows_of,
)
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact

ROWS_AT_ONCE = 50_000
_NOT_OURS = "is no table of facts; write one with 'kairos facts FILE... --out FACTS.parquet'"


class FactFile:
    """A file that facts are added to, one person after another. Half a file never stands under its name."""

    def __init__(self, path: Path, *, content: str) -> None:
        import pyarrow.parquet

        self._path = path
        self._half = path.with_name(f".{path.name}.part")
        self._columns: list[list[Cell]] = [[] for _ in range(len(FACT_COLUMNS) + 2)]
        self._schema = arrow_schema(content)
        self._writer = pyarrow.parquet.ParquetWriter(self._half, self._schema, compression="zstd")
        self.people = 0
        self.facts = 0

    def __enter__(self) -> "FactFile":
        """Return the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the finished file in its place; leave nothing behind where something went wrong."""
        try:
            if kind is None:
                self._flush()
        finally:
            self._writer.close()
        if kind is None:
            self._half.replace(self._path)
        else:
            self._half.unlink()

    def add(self, person: str, facts: Iterable[Fact]) -> None:
        """Add one person. Somebody of whom nothing is known has one row without a fact."""
        rows = rows_of(facts)
        number = self.people
        self.people += 1
        self.facts += len(rows)
        for row in rows or [[None] * len(FACT_COLUMNS)]:
            for column, cell in zip(self._columns, (person, number, *row), strict=True):
                column.append(cell)
        if len(self._columns[0]) >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        arrays = [
            pyarrow.array(cells, field.type) for cells, field in zip(self._columns, self._schema, strict=True)
        ]
        self._writer.write_batch(pyarrow.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._columns = [[] for _ in self._columns]


def arrow_schema(content: str) -> Any:
    """Return the columns of a table of facts, with the version that it states."""
    import pyarrow

    types = {
        "string": pyarrow.string(),
        "double": pyarrow.float64(),
        "bool": pyarrow.bool_(),
        "date32": pyarrow.date32(),
        "int32": pyarrow.int32(),
        "timestamp": pyarrow.timestamp("us", tz="UTC"),
    }
    keys = [("person", types["string"]), ("person_number", types["int32"])]
    fields = [*keys, *((c.name, types[c.type]) for c in FACT_COLUMNS)]
    stated = {VERSION_KEY: VERSION, DATED_KEY: DATED, CONTENT_KEY: content}
    return pyarrow.schema(fields, metadata=stated)


def check_fact_file(path: Path) -> str:
    """Return the content version that read the facts, or refuse a file that is no table of facts.

    Raises
    ------
    InvalidInput    no such file, not Parquet, not ours, or of another version
    """
    import pyarrow
    import pyarrow.parquet

    try:
        schema = pyarrow.parquet.read_schema(path)
    except (OSError, pyarrow.ArrowInvalid) as error:
        raise InvalidInput(Problem(str(path), _NOT_OURS)) from error
    stated: dict[bytes, bytes] = schema.metadata or {}
    version = stated.get(VERSION_KEY, b"").decode()
    if not version:
        raise InvalidInput(Problem(str(path), _NOT_OURS))
    if version != VERSION:
        told = f"holds facts in version {version} of the table; this program reads version {VERSION}"
        raise InvalidInput(Problem(str(path), f"{told}; write it again with 'kairos facts'"))
    lacking = sorted(
        {"person", "person_number", *(column.name for column in FACT_COLUMNS)} - set(schema.names)
    )
    if lacking:
        raise InvalidInput(Problem(str(path), f"lacks the columns {', '.join(lacking)}; write it again"))
    return stated.get(CONTENT_KEY, b"").decode()
