"""Blood pressure before a course, in columns: the mean of the newest days with whole readings."""

from typing import Any

import ibis

from kairos.analytics.fact_days import Table, is_value
from kairos.analytics.leaf_pass import NOT_SO, OPEN, SO
from kairos.domain.eligibility.blood_pressure import DIASTOLIC, SYSTOLIC, PressureLimits
from kairos.vocab.facts import Presence
from kairos.vocab.quantities import MMHG

_DIGITS = 6


def pressure_answers(read: Table, leaf: int, limits: PressureLimits) -> Table:
    """Return by person whether the mean pressure lies beyond the limits; nothing where none was measured."""
    parts = read.filter(read.concept.isin([SYSTOLIC, DIASTOLIC]))
    parts = parts.select(
        "person",
        "concept",
        "last",
        "is_undated",
        "on",
        value="value_number",
        pairing=(parts.group == "").ifelse(parts.fact, parts.group),
        is_told=parts.presence != Presence.ABSENT.value,
        is_read=is_value(parts, MMHG),
        is_recent=parts["first"] >= parts.on - limits.window.days,
    )
    parts = parts.mutate(
        usable=parts.is_read & parts.is_recent & ~parts.is_undated & (parts["last"] <= parts.on),
        is_beyond=(parts.is_read & _is_part_beyond(parts, limits)).fill_null(False),
    )
    whole = _whole(parts)
    days = _newest_days(whole, limits.days)
    told = days.group_by("person").aggregate(
        days=days.count(),
        since=days.day.min(),
        newest=days.day.max(),
        systolic=days.systolic.mean().round(_DIGITS),
        diastolic=days.diastolic.mean().round(_DIGITS),
        newest_systolic=days.systolic.max(where=days.order == 0).round(_DIGITS),
        newest_diastolic=days.diastolic.max(where=days.order == 0).round(_DIGITS),
    )
    row = _left_over(parts, whole).left_join(told, "person").drop("person_right")
    return row.select("person", leaf=ibis.literal(leaf), verdict=_verdict(row, limits))


def _whole(parts: Table) -> Table:
    """Return the whole, plausible readings: each upper part with the highest lower part of its reading."""
    used = parts.filter(parts.usable)
    lower = used.filter(used.concept == DIASTOLIC).group_by(["person", "pairing"])
    diastolic = lower.aggregate(diastolic=lambda t: t.value.max())
    systolic = used.filter(used.concept == SYSTOLIC).select("person", "pairing", day="last", systolic="value")
    both = systolic.inner_join(diastolic, ["person", "pairing"])
    return both.filter(both.systolic > both.diastolic)


def _newest_days(whole: Table, days: int) -> Table:
    means = whole.group_by(["person", "day"]).aggregate(
        systolic=whole.systolic.mean(), diastolic=whole.diastolic.mean()
    )
    ordered = means.mutate(
        order=ibis.row_number().over(ibis.window(group_by=means.person, order_by=means.day.desc()))
    )
    return ordered.filter(ordered.order < days)


def _left_over(parts: Table, whole: Table) -> Table:
    """Return by person what no whole reading holds: the newest day of it, and what of it asks or defers."""
    held = whole.select("person", "pairing").distinct().mutate(is_whole=True)
    used = parts.filter(parts.usable).group_by(["person", "pairing"])
    sides = used.aggregate(sides=lambda t: t.concept.nunique())
    row = parts.left_join(held, ["person", "pairing"]).drop("person_right", "pairing_right")
    row = row.left_join(sides, ["person", "pairing"])
    unread = row.is_told & ~(row.usable & row.is_whole.fill_null(False))
    half = row.usable & (row.sides == 1)
    return row.group_by("person").aggregate(
        unread=row["last"].max(where=unread & ~row.is_undated),
        half=row["last"].max(where=half & row.is_beyond),
        is_asked=(row.is_told & row.is_undated & (row.is_beyond | ~row.is_read)).max(),
    )


def _verdict(row: Table, limits: PressureLimits) -> Any:
    is_enough = (row.days >= limits.days).fill_null(False)
    unread = (row.unread >= row.since).fill_null(False)
    mean = is_enough & _is_beyond(row.systolic, row.diastolic, limits).fill_null(False)
    cases = [(mean, SO), (unread | row.is_asked | ~is_enough, OPEN)]
    if limits.alone:
        newest = _is_beyond(row.newest_systolic, row.newest_diastolic, limits).fill_null(False)
        half = row.half.notnull() & (row.newest.isnull() | (row.half >= row.newest))
        cases = [(newest | half, SO), *cases]
    return ibis.cases(*cases, else_=NOT_SO)


def _is_part_beyond(part: Table, limits: PressureLimits) -> Any:
    """Return whether one part of a reading lies beyond its own limit."""
    limit = (part.concept == SYSTOLIC).ifelse(limits.systolic, limits.diastolic)
    return part.value >= limit if limits.inclusive else part.value > limit


def _is_beyond(systolic: Any, diastolic: Any, limits: PressureLimits) -> Any:
    if limits.inclusive:
        return (systolic >= limits.systolic) | (diastolic >= limits.diastolic)
    return (systolic > limits.systolic) | (diastolic > limits.diastolic)
