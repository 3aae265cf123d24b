"""What one fact says of the leaves that read it, and all facts of a person together, as masks of bits.

Silence sets no bit: SQL's EXISTS and COUNT would make a "no" of it, and only what somebody stated is one.
Most people say one thing of a leaf, or the same twice; then bits joined by *or* are the answer. Where a leaf
is affirmed or left open and denied too, the days decide: ``contradicted_pass`` looks at these alone.
"""

from typing import Any

import ibis

from kairos.analytics.fact_days import Table, small_table, step
from kairos.analytics.leaf_table import HAS, RECENT, SHOWN, TENSES, LeafTable
from kairos.domain.rules.presence import ACTIVE_STATUS, ENDED_STATUS, Tense
from kairos.vocab.facts import Presence, Understanding

SO, NOT_SO, OPEN = 1, 2, 3
STALE = 4
"""A denial that is too old to settle anything."""
UNSURE, DENIED, TIMED = 0, 1, 2
"""What an entry is before its time is looked at."""
NO_BITS = 0
_NOTHING = 0
READ = (
    *("person", "on", "concept", "presence", "understanding", "status", "value_number", "value_unit"),
    *("value_flag", "first", "last", "is_undated", "is_dated_itself", "known", "end_first", "end_last"),
)


def said_masks(entry: Table, table: LeafTable) -> Table:
    """Return by person the leaves that are so, open, denied lately or long ago, and the parts denied."""
    row = asked_of(entry.select(*READ), table.masked_rows(HAS, SHOWN, RECENT))
    row = step(row.mutate(said=_said(row)))
    so, open_ = row.said == SO, row.said == OPEN
    denied, stale = row.said == NOT_SO, row.said == STALE
    masks = {}
    for word in range(table.words):
        mask, deny = row[f"mask_{word}"], row[f"deny_{word}"]
        masks[f"so_{word}"] = _bits(mask, so)
        masks[f"open_{word}"] = _bits(mask, open_)
        masks[f"no_{word}"] = _bits(deny, denied)
        masks[f"stale_{word}"] = _bits(deny, stale)
        masks[f"one_{word}"] = _bits(row[f"one_{word}"], denied | stale)
        masks[f"other_{word}"] = _bits(row[f"other_{word}"], denied | stale)
    said = row.group_by("person").aggregate(**masks)
    return step(said.mutate(**{f"unclear_{word}": _unclear(said, word) for word in range(table.words)}))


def _bits(mask: Any, where: Any) -> Any:
    return where.ifelse(mask, NO_BITS).bit_or()


def _unclear(said: Table, word: int) -> Any:
    """Return the leaves of which more than one thing was said, and those all parts of which may be denied."""
    stated = said[f"so_{word}"] | said[f"open_{word}"]
    return (stated & (said[f"no_{word}"] | said[f"stale_{word}"])) | (
        said[f"one_{word}"] & said[f"other_{word}"]
    )


def asked_of(entry: Table, questions: dict[str, list[Any]]) -> Table:
    """Return each entry beside each question about its concept, with what it is before its time is asked."""
    return step(entry.mutate(base=base_of(entry).cast("int8"))).inner_join(small_table(questions), "concept")


def _said(row: Table) -> Any:
    absent = row.presence == Presence.ABSENT.value
    shown = ~absent & ~(row.value_flag == False).fill_null(False)  # noqa: E712
    denial = ((row.on - row["last"]) > row.fresh).ifelse(STALE, NOT_SO)
    return ibis.cases(
        ((row.sort == HAS) & (row.base == TIMED), timed(row)),
        ((row.sort == HAS) & (row.base == DENIED), denial),
        (row.sort == HAS, OPEN),
        (row.sort == SHOWN, shown.ifelse(SO, _NOTHING)),
        (_is_recent(row), SO),
        (_may_be_recent(row), OPEN),
        else_=_NOTHING,
    ).cast("int8")


def base_of(row: Table) -> Any:
    """Return whether an entry is unsure or a denial whatever the tense, else that its time decides."""
    exact = row.understanding == Understanding.EXACT.value
    none_of_it = (row.value_flag == False).fill_null(False)  # noqa: E712
    zero = ((row.value_number == 0) & (row.value_unit == "1")).fill_null(False)
    return ibis.cases(
        (row.understanding == Understanding.NOT_UNDERSTOOD.value, UNSURE),
        (row.presence == Presence.NOT_SURE.value, UNSURE),
        (row.presence == Presence.ABSENT.value, exact.ifelse(DENIED, UNSURE)),
        (none_of_it | zero, DENIED),
        else_=TIMED,
    )


def timed(row: Table) -> Any:
    """Return whether an entry is so, open or (0) neither in the tense that its leaf asks."""
    by_tense = ibis.cases(
        (row["first"] > row.on, OPEN),
        (row.tense == TENSES[Tense.EVER], _in_time(row).ifelse(SO, OPEN)),
        (row.tense == TENSES[Tense.CURRENT], _current(row)),
        (row.tense == TENSES[Tense.WITHIN], _within(row)),
        else_=_earlier(row),
    )
    broader = row.understanding == Understanding.BROADER.value
    return (broader & (by_tense != _NOTHING)).ifelse(OPEN, by_tense)


def _in_time(row: Table) -> Any:
    return (row["last"] <= row.on) | row.known


def _current(row: Table) -> Any:
    too_old = ~row.is_undated & ((row.on - row["last"]) > row.lasts)
    recent = ~row.is_undated & ((row.on - row["first"]) <= row.lasting)
    return ibis.cases(
        (too_old, _NOTHING),
        (~_in_time(row), OPEN),
        (row.end_last < row.on, _NOTHING),
        (row.end_first >= row.on, SO),
        (row.end_first.notnull(), OPEN),
        (row.status.isin(sorted(ENDED_STATUS)), _NOTHING),
        (row.status.isin(sorted(ACTIVE_STATUS)), SO),
        else_=recent.ifelse(SO, OPEN),
    )


def _within(row: Table) -> Any:
    opens = row.on - row.window
    return ibis.cases(
        (row.is_undated | ~_in_time(row), OPEN),
        (row["last"] < opens, _NOTHING),
        ((row["first"] >= opens) & row.is_dated_itself, SO),
        else_=OPEN,
    )


def _earlier(row: Table) -> Any:
    opens = row.on - row.window
    return ibis.cases(
        (row.is_undated | (row["last"] < opens), SO),
        ((row["first"] >= opens) & row.is_dated_itself, _NOTHING),
        else_=OPEN,
    )


def _is_recent(row: Table) -> Any:
    readable = (row.understanding == Understanding.EXACT.value) & ~row.is_undated
    return readable & (row["last"] <= row.on) & ((row.on - row["first"]) <= row.max_age)


def _may_be_recent(row: Table) -> Any:
    exact = row.understanding == Understanding.EXACT.value
    return exact & (row.is_undated | (row["last"] >= row.on - row.max_age))
