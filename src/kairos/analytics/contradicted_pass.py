"""Leaves of which a person's facts say more than one thing: the days decide, as for one person.

Also the denial that stands where every single concept of a leaf was denied: as old as the oldest of them.
"""

from functools import reduce
from operator import or_
from typing import Any

import ibis

from kairos.analytics.fact_days import Table, small_table, stated, step
from kairos.analytics.leaf_pass import DENIED, NOT_SO, OPEN, READ, SO, TIMED, UNSURE, asked_of, base_of, timed
from kairos.analytics.leaf_table import HAS, LeafTable, columns_of


def contradicted(entry: Table, said: Table, table: LeafTable) -> Table:
    """Return by person and leaf what the days decide of the unclear leaves."""
    unclear = _people(said, [f"unclear_{word}" for word in range(table.words)])
    rows = table.of_sort(HAS)
    questions = columns_of(rows) | {
        "word": [table.answering[row.leaf].word for row in rows],
        "bit": [table.answering[row.leaf].bit for row in rows],
    }
    entry = entry.select(*READ, "written")
    kept = entry.inner_join(unclear, "person")
    row = asked_of(kept, questions)
    gathered = _gathered(row.filter(_is_unclear(row, table.words)))
    if table.parts:
        gathered = ibis.union(gathered, _all_parts_denied(entry, said, table))
    totals = gathered.group_by(["person", "leaf"]).aggregate(
        so=gathered.so.max(), open=gathered.open.max(), denied=gathered.denied.max(), on=gathered.on.max()
    )
    row = totals.inner_join(small_table(columns_of(a for a in table.answering if a.sort == HAS)), "leaf")
    return row.select("person", "leaf", verdict=_verdict(row))


def _people(said: Table, words: list[str]) -> Table:
    return said.filter(reduce(or_, [said[word] != 0 for word in words])).select("person", *words)


def _is_unclear(row: Table, words: int) -> Any:
    return reduce(
        or_, [(row.word == word) & ((row[f"unclear_{word}"] & row.bit) != 0) for word in range(words)]
    )


def _gathered(row: Table) -> Table:
    """Return of each entry and leaf the day on which it says so, leaves it open, or denies it."""
    row = step(row.mutate(by_time=timed(row)))
    by_time, day, none = row.by_time, stated(row).cast("int64"), ibis.null("int64")
    is_timed = row.base == TIMED
    return row.select(
        "person",
        "leaf",
        "on",
        so=(is_timed & (by_time == SO)).ifelse(day, none),
        open=((row.base == UNSURE) | (is_timed & (by_time == OPEN))).ifelse(day, none),
        denied=((row.base == DENIED) & row.denies).ifelse(row["last"].cast("int64"), none),
    )


def _all_parts_denied(entry: Table, said: Table, table: LeafTable) -> Table:
    names = [f"both_{word}" for word in range(table.words)]
    both = said.mutate(
        **{f"both_{word}": said[f"one_{word}"] & said[f"other_{word}"] for word in range(table.words)}
    )
    numbers, concepts, needed = zip(*table.parts, strict=True)
    parts = small_table({"leaf": list(numbers), "concept": list(concepts), "needed": list(needed)})
    row = entry.filter(entry.concept.isin(sorted(set(concepts))) & (base_of(entry) == DENIED))
    row = row.semi_join(_people(both, names), "person")
    newest = row.group_by(["person", "concept"]).aggregate(newest=row["last"].max(), on=row.on.max())
    each = newest.inner_join(parts, "concept")
    oldest = each.group_by(["person", "leaf"]).aggregate(
        denied=each.newest.min(), told=each.count(), needed=each.needed.max(), on=each.on.max()
    )
    none = ibis.null("int64")
    return oldest.filter(oldest.told == oldest.needed).select(
        "person", "leaf", "on", so=none, open=none, denied=oldest.denied.cast("int64")
    )


def _verdict(row: Table) -> Any:
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
