"""Measured values against limits, and counts, in columns: the newest usable reading of each concept."""

from typing import Any

import ibis

from kairos.analytics.fact_days import Table, is_value, small_table
from kairos.analytics.leaf_pass import NOT_SO, OPEN, SO
from kairos.analytics.leaf_table import COUNT, READING, LeafTable, columns_of
from kairos.domain.rules.expression import Operator
from kairos.vocab.facts import Presence, Understanding

_NOT, _UNKNOWN, _BEYOND = 0, 1, 2
"""How a reading lies to a limit, in the order in which several of one moment weigh."""
_READ = (
    *("person", "on", "concept", "presence", "understanding", "value_number", "value_unit", "comparator"),
    *("first", "last", "place", "is_undated"),
)
_ANY_PLACE = 2**40
"""After every moment: what has no date may be the newest."""


def read_answers(read: Table, table: LeafTable) -> Table:
    """Return by person and leaf whether the newest reading lies beyond its limit."""
    rows = columns_of(table.of_sort(READING))
    row = (
        read.filter(read.concept.isin(sorted(set(rows["concept"]))))
        .select(*_READ)
        .inner_join(small_table(rows), "concept")
    )
    is_read = is_value(row, row.unit)
    row = row.mutate(is_read=is_read)
    row = row.mutate(
        lies=is_read.ifelse(_lies(row), _UNKNOWN).cast("int8"),
        usable=is_read & ~row.is_undated & (row["last"] <= row.on),
        at=row.place.cast("int64"),
    )
    too_old = (row.on - row["first"]) > row.max_age
    asks = row.is_undated & (row.lies != _NOT)
    unread = ~row.usable & (row.presence != Presence.ABSENT.value)
    totals = row.group_by(["person", "leaf"]).aggregate(
        so=(row.at * 4 + too_old.ifelse(_UNKNOWN, row.lies)).max(where=row.usable),
        open=asks.ifelse(_ANY_PLACE, row.at).max(where=unread),
    )
    return totals.select("person", "leaf", verdict=_verdict(totals))


def counted_answers(entry: Table, table: LeafTable) -> Table:
    """Return by person and leaf whether there are enough facts; too few is open."""
    rows = columns_of(table.of_sort(COUNT))
    least = [table.answering[leaf].at_least for leaf in rows["leaf"]]
    row = entry.inner_join(small_table(rows | {"at_least": least}), "concept")
    exact = (row.understanding == Understanding.EXACT.value) & (row.presence == Presence.PRESENT.value)
    inside = (row["first"] >= row.on - row.window) & (row["last"] <= row.on)
    totals = row.group_by(["person", "leaf"]).aggregate(
        number=(exact & inside).sum(), at_least=row.at_least.max()
    )
    enough = totals.number >= totals.at_least
    return totals.select("person", "leaf", verdict=enough.ifelse(SO, OPEN))


def _lies(row: Table) -> Any:
    value, limit, operator = row.value_number, row["limit"], row.operator
    beyond = ibis.cases(
        (operator == Operator.ABOVE.value, value > limit),
        (operator == Operator.AT_LEAST.value, value >= limit),
        (operator == Operator.BELOW.value, value < limit),
        else_=value <= limit,
    )
    bound = row.comparator.fill_null("")
    upward = operator.isin([Operator.ABOVE.value, Operator.AT_LEAST.value])
    towards = bound.startswith(">") == upward
    just_beyond = (value == limit) & bound.isin(["<", ">"])
    return ibis.cases(
        (bound == "", beyond.ifelse(_BEYOND, _NOT)),
        (towards, (beyond | just_beyond).ifelse(_BEYOND, _UNKNOWN)),
        else_=beyond.ifelse(_UNKNOWN, _NOT),
    )


def _verdict(row: Table) -> Any:
    place, found = row.so // 4, row.so % 4
    return ibis.cases(
        (row.so.isnull(), OPEN),
        (found == _BEYOND, SO),
        ((row.open >= place).fill_null(False), OPEN),
        (found == _NOT, NOT_SO),
        else_=OPEN,
    )
