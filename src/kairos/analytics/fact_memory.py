"""A table of facts that never touches a disk: for the people of one programme, asked on screen."""

from collections.abc import Iterable

from kairos.analytics.fact_days import Table
from kairos.analytics.fact_file import arrow_schema
from kairos.analytics.fact_schema import FACT_COLUMNS, Cell, rows_of
from kairos.vocab.facts import Fact


def facts_in_memory(people: Iterable[tuple[str, Iterable[Fact]]], *, content: str) -> Table:
    """Return the table of facts of these people; of whom nothing is known, one row without a fact."""
    import ibis
    import pyarrow

    rows: list[list[Cell]] = []
    for number, (person, facts) in enumerate(people):
        told = rows_of(facts) or [[None] * len(FACT_COLUMNS)]
        rows += [[person, number, *row] for row in told]
    schema = arrow_schema(content)
    columns = [[row[at] for row in rows] for at in range(len(schema))]
    arrays = [pyarrow.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
    return ibis.memtable(pyarrow.Table.from_arrays(arrays, schema=schema))
