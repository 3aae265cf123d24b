"""The table of facts as of a day: what rules may read, with every date as a number of days.

A person's day is the one asked for, or the day of the record's newest entry. Each step here says in columns
what ``domain.rules.case`` says of one fact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import pyarrow

from kairos.domain.rules.case import UNDATED
from kairos.vocab.facts import AskedAsOf, Presence, Understanding

EPOCH = date(1970, 1, 1)
NEWEST_ENTRY = "record_entry"

_NOT_READ = ("code", "begin", "end", "recorded_at")
"""Columns for people to read: no rule asks them."""
Table = Any
"""An ibis table expression."""


@dataclass(frozen=True, slots=True)
class AskedDays:
    """As of which day people are asked: one day for all, or the newest entry of each record that has one."""

    as_of: AskedAsOf
    by_record: bool = False


def day_number(day: date) -> int:
    """Return a day as a number."""
    return (day - EPOCH).days


NO_DAY = day_number(UNDATED)


def asked(facts: Table, days: AskedDays) -> Table:
    """Return the facts with the day that each person is asked for, and whether somebody chose it."""
    on = day_number(days.as_of.on)
    if not days.by_record:
        return facts.mutate(on=ibis.literal(on), chosen=ibis.literal(days.as_of.chosen))
    entry = facts.filter(facts.concept == NEWEST_ENTRY)
    newest = entry.group_by("person").aggregate(newest=_days(entry["last"]).max())
    joined = facts.left_join(newest, "person").drop("person_right")
    return joined.mutate(on=joined.newest.coalesce(on), chosen=joined.newest.notnull())


def dated(facts: Table) -> Table:
    """Return the facts with their days as numbers; a fact without a date has the first day there is."""
    days = {
        "first": _days(facts["first"]).coalesce(NO_DAY),
        "last": _days(facts["last"]).coalesce(NO_DAY),
        "is_undated": facts["first"].isnull(),
        "is_dated_itself": facts.begin_first.notnull() | facts.measured_at.notnull(),
        "written": _days(facts.recorded_on),
        "usable_from": _days(facts.usable_from).coalesce(NO_DAY),
        "withdrawn_from": _days(facts.withdrawn_from),
        "end_first": _days(facts.end_first),
        "end_last": _days(facts.end_last),
    }
    return placed(facts.drop(*_NOT_READ).mutate(**days))


def placed(facts: Table) -> Table:
    """Return the facts with whether they are read: begun or written down by the day, and not withdrawn."""
    usable = (facts.usable_from <= facts.on) & facts.fact.notnull()
    standing = facts.withdrawn_from.isnull() | (facts.withdrawn_from > facts.on)
    known = (facts.written <= facts.on).fill_null(False)
    return facts.mutate(is_read=usable & standing, known=known)


def stated(row: Table) -> Any:
    """Return the day on which an entry counts as stated: when it began or was written down, the later one."""
    return row.known.ifelse(ibis.greatest(row["last"], row.written), row["last"])


def entries(read: Table) -> Table:
    """Return readings without the values that no living person has."""
    return read.filter(read.understanding != Understanding.IMPLAUSIBLE.value)


def is_value(row: Table, unit: Any) -> Any:
    """Whether a row is a measured value in a unit, understood, plausible and certain, dated or not."""
    measured = (row.value_unit == unit).fill_null(False) & row.value_number.notnull()
    certain = (row.understanding == Understanding.EXACT.value) & (row.presence == Presence.PRESENT.value)
    return measured & certain


def step(rows: Table) -> Table:
    """Return the same rows as a step of their own.

    ibis writes what a step works out wherever the next one uses it, unless something random stands between;
    the engine drops the random number, which nobody reads.
    """
    return rows.mutate(step=ibis.random())


def small_table(columns: Mapping[str, Sequence[Any]]) -> Table:
    """Return a table that is part of the expression, not through pandas, which nothing here needs."""
    return ibis.memtable(pyarrow.table(dict(columns)))


def _days(column: Any) -> Any:
    return column.delta(ibis.date(EPOCH), unit="day").cast("int32")
