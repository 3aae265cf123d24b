"""One pass over the facts that answers all leaves: what is so, open or denied, by person and leaf.

Silence leaves no row: SQL's EXISTS and COUNT would make a "no" of it, and only what somebody stated is one.
"""

from typing import Any

import ibis

from kairos.analytics.fact_days import Table, entries, is_value, small_table
from kairos.analytics.leaf_table import COUNT, HAS, READING, RECENT, SHOWN, LeafTable, columns_of
from kairos.domain.rules.expression import Operator
from kairos.domain.rules.presence import ACTIVE_STATUS, ENDED_STATUS, Tense
from kairos.vocab.facts import Presence, Understanding

SO, NOT_SO, OPEN = 1, 2, 3
_UNSURE, _DENIED, _TIMED = 0, 1, 2
_NOT, _UNKNOWN, _BEYOND = 0, 1, 2
"""How a reading lies to a limit, in the order in which several of one moment weigh."""
_ANY_PLACE = 2**40
"""After every moment: what has no date may be the newest."""


def answered(read: Table, table: LeafTable) -> Table:
    """Return by person and leaf what the facts say: ``SO``, ``NOT_SO`` or ``OPEN``; nothing where silent."""
    gathered = _gathered(read, table)
    if table.parts:
        gathered = ibis.union(gathered, _all_parts_denied(read, table))
    totals = gathered.group_by(["person", "leaf"]).aggregate(
        so=gathered.so.max(),
        open=gathered.open.max(),
        denied=gathered.denied.max(),
        on=gathered.on.max(),
        number=gathered.number.sum(),
    )
    leaves = small_table(columns_of(a for a in table.answering if a.sort >= 0))
    row = totals.inner_join(leaves, "leaf")
    verdict = ibis.cases(
        (row.sort == HAS, _has_verdict(row)),
        (row.sort == READING, _reading_verdict(row)),
        (row.sort == COUNT, (row.number >= row.at_least).ifelse(SO, OPEN)),
        else_=row.so.notnull().ifelse(SO, row.open.notnull().ifelse(OPEN, ibis.null("int8"))),
    )
    return row.select("person", "leaf", verdict=verdict)


def _gathered(read: Table, table: LeafTable) -> Table:
    row = _read_by_leaves(read, table)
    has, reading = row.is_entry & (row.sort == HAS), row.sort == READING
    unsure = (row.base == _UNSURE) | ((row.base == _TIMED) & (row.timed == OPEN))
    is_so = (row.base == _TIMED) & (row.timed == SO)
    shown, recent = row.is_entry & (row.sort == SHOWN), row.is_entry & (row.sort == RECENT)
    absent = row.presence == Presence.ABSENT.value
    none = ibis.null("int64")
    so = ibis.cases(
        (has & is_so, row.stated.cast("int64")),
        (row.usable, row.place.cast("int64") * 4 + _lies_now(row)),
        (shown & ~absent & ~(row.value_flag == False).fill_null(False), 1),  # noqa: E712
        (recent & _is_recent(row), 1),
        else_=none,
    )
    open_ = ibis.cases(
        (has & unsure, row.stated.cast("int64")),
        (reading & ~row.usable & ~absent, row.asks.ifelse(_ANY_PLACE, row.place.cast("int64"))),
        (recent & _may_be_recent(row), 1),
        else_=none,
    )
    denied = (has & (row.base == _DENIED) & row.denies).ifelse(row["last"].cast("int64"), none)
    number = _counts(row).ifelse(1, 0).cast("int64")
    return row.select("person", "leaf", "on", so=so, open=open_, denied=denied, number=number)


def _read_by_leaves(read: Table, table: LeafTable) -> Table:
    """Return each fact beside each leaf that reads it, with what both together decide worked out once."""
    is_entry = read.understanding != Understanding.IMPLAUSIBLE.value
    known = read.mutate(base=_base(read).cast("int8"), is_entry=is_entry)
    row = known.inner_join(small_table(columns_of(table.rows)), "concept")
    is_timed = (row.sort == HAS) & (row.base == _TIMED)
    is_read = (row.sort == READING) & is_value(row, row.unit)
    row = row.mutate(
        timed=is_timed.ifelse(_timed(row), 0).cast("int8"),
        lies=is_read.ifelse(_lies(row), _UNKNOWN).cast("int8"),
        usable=is_read & ~row.is_undated & (row["last"] <= row.on),
    )
    return row.mutate(asks=row.is_undated & (row.lies != _NOT))


def _all_parts_denied(read: Table, table: LeafTable) -> Table:
    """Return the denial that stands where every single concept was denied: as old as the oldest of them."""
    numbers, concepts, needed = zip(*table.parts, strict=True)
    parts = small_table({"leaf": list(numbers), "concept": list(concepts), "needed": list(needed)})
    row = entries(read)
    row = row.filter(row.concept.isin(sorted(set(concepts))) & (_base(row) == _DENIED))
    newest = row.group_by(["person", "concept"]).aggregate(newest=row["last"].max(), on=row.on.max())
    each = newest.inner_join(parts, "concept")
    oldest = each.group_by(["person", "leaf"]).aggregate(
        denied=each.newest.min(), told=each.count(), needed=each.needed.max(), on=each.on.max()
    )
    none = ibis.null("int64")
    return oldest.filter(oldest.told == oldest.needed).select(
        "person",
        "leaf",
        "on",
        so=none,
        open=none,
        denied=oldest.denied.cast("int64"),
        number=ibis.literal(0, "int64"),
    )


def _base(row: Table) -> Any:
    """Return whether an entry is unsure or a denial whatever the tense, else that its time decides."""
    exact = row.understanding == Understanding.EXACT.value
    none_of_it = (row.value_flag == False).fill_null(False)  # noqa: E712
    zero = ((row.value_number == 0) & (row.value_unit == "1")).fill_null(False)
    return ibis.cases(
        (row.understanding == Understanding.NOT_UNDERSTOOD.value, _UNSURE),
        (row.presence == Presence.NOT_SURE.value, _UNSURE),
        (row.presence == Presence.ABSENT.value, exact.ifelse(_DENIED, _UNSURE)),
        (none_of_it | zero, _DENIED),
        else_=_TIMED,
    )


def _timed(row: Table) -> Any:
    """Return whether an entry is so, open or (0) neither in the tense that its leaf asks."""
    by_tense = ibis.cases(
        (row["first"] > row.on, OPEN),
        (row.tense == Tense.EVER.value, _in_time(row).ifelse(SO, OPEN)),
        (row.tense == Tense.CURRENT.value, _current(row)),
        (row.tense == Tense.WITHIN.value, _within(row)),
        else_=_earlier(row),
    )
    broader = row.understanding == Understanding.BROADER.value
    return (broader & (by_tense != 0)).ifelse(OPEN, by_tense)


def _in_time(row: Table) -> Any:
    return (row["last"] <= row.on) | row.known


def _current(row: Table) -> Any:
    too_old = ~row.is_undated & ((row.on - row["last"]) > row.lasts)
    recent = ~row.is_undated & ((row.on - row["first"]) <= row.lasting)
    return ibis.cases(
        (too_old, 0),
        (~_in_time(row), OPEN),
        (row.end_last < row.on, 0),
        (row.end_first >= row.on, SO),
        (row.end_first.notnull(), OPEN),
        (row.status.isin(sorted(ENDED_STATUS)), 0),
        (row.status.isin(sorted(ACTIVE_STATUS)), SO),
        else_=recent.ifelse(SO, OPEN),
    )


def _within(row: Table) -> Any:
    opens = row.on - row.window
    return ibis.cases(
        (row.is_undated | ~_in_time(row), OPEN),
        (row["last"] < opens, 0),
        ((row["first"] >= opens) & row.is_dated_itself, SO),
        else_=OPEN,
    )


def _earlier(row: Table) -> Any:
    opens = row.on - row.window
    return ibis.cases(
        (row.is_undated | (row["last"] < opens), SO),
        ((row["first"] >= opens) & row.is_dated_itself, 0),
        else_=OPEN,
    )


def _lies_now(row: Table) -> Any:
    return ((row.on - row["first"]) > row.max_age).ifelse(_UNKNOWN, row.lies)


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


def _counts(row: Table) -> Any:
    exact = (row.understanding == Understanding.EXACT.value) & (row.presence == Presence.PRESENT.value)
    inside = (row["first"] >= row.on - row.window) & (row["last"] <= row.on)
    return (row.sort == COUNT) & exact & inside


def _is_recent(row: Table) -> Any:
    readable = (row.understanding == Understanding.EXACT.value) & ~row.is_undated
    return readable & (row["last"] <= row.on) & ((row.on - row["first"]) <= row.max_age)


def _may_be_recent(row: Table) -> Any:
    exact = row.understanding == Understanding.EXACT.value
    return exact & (row.is_undated | (row["last"] >= row.on - row.max_age))


def _has_verdict(row: Table) -> Any:
    stale = (row.on - row.denied) > row.fresh
    denial = stale.ifelse(OPEN, NOT_SO)
    outweighed = row.denied.notnull() & (row.so < row.denied)
    standing = row.denied.isnull() | (row.open >= row.denied)
    return ibis.cases(
        (row.so.notnull() & ~outweighed, SO),
        (row.so.notnull(), row.is_current.ifelse(denial, OPEN)),
        (row.open.notnull() & standing, OPEN),
        (row.denied.notnull(), denial),
        else_=ibis.null("int8"),
    )


def _reading_verdict(row: Table) -> Any:
    place, found = row.so // 4, row.so % 4
    return ibis.cases(
        (row.so.isnull(), OPEN),
        (found == _BEYOND, SO),
        ((row.open >= place).fill_null(False), OPEN),
        (found == _NOT, NOT_SO),
        else_=OPEN,
    )
