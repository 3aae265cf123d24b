"""Blood pressure before a course, in columns: the mean of the newest days with whole readings."""

from typing import Any

import ibis

from kairos.analytics.fact_days import Table, is_measured
from kairos.analytics.leaf_pass import NOT_SO, OPEN, SO
from kairos.domain.eligibility.blood_pressure import DIASTOLIC, SYSTOLIC, PressureLimits
from kairos.vocab.facts import Presence
from kairos.vocab.quantities import MMHG

_DIGITS = 6


def pressure_answers(read: Table, leaf: int, limits: PressureLimits) -> Table:
    """Return by person whether the mean pressure lies beyond the limits; nothing where none was measured."""
    parts = read.filter(read.concept.isin([SYSTOLIC, DIASTOLIC]))
    usable = is_measured(parts, MMHG) & (parts["first"] >= parts.on - limits.window.days)
    parts = parts.select(
        "person",
        "concept",
        "last",
        "presence",
        value="value_number",
        pairing=(parts.group == "").ifelse(parts.fact, parts.group),
        usable=usable,
    )
    whole = _whole(parts)
    days = _newest_days(whole, limits.days)
    told = days.group_by("person").aggregate(
        days=days.count(),
        since=days.day.min(),
        systolic=days.systolic.mean().round(_DIGITS),
        diastolic=days.diastolic.mean().round(_DIGITS),
        newest_systolic=days.systolic.max(where=days.order == 0).round(_DIGITS),
        newest_diastolic=days.diastolic.max(where=days.order == 0).round(_DIGITS),
    )
    unread = _not_used(parts, whole)
    row = told.left_join(unread, "person")
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


def _not_used(parts: Table, whole: Table) -> Table:
    """Return by person the newest day with a part that no whole reading holds."""
    pairings = whole.select("person", "pairing").distinct().mutate(is_whole=True)
    row = parts.left_join(pairings, ["person", "pairing"])
    left = ~(row.usable & row.is_whole.fill_null(False)) & (row.presence != Presence.ABSENT.value)
    return row.filter(left).group_by("person").aggregate(unread=lambda t: t["last"].max())


def _verdict(row: Table, limits: PressureLimits) -> Any:
    beyond = _is_beyond(row.systolic, row.diastolic, limits)
    unread = (row.unread >= row.since).fill_null(False)
    decided = beyond.ifelse(SO, NOT_SO)
    cases = [(unread, OPEN), (row.days < limits.days, OPEN)]
    if limits.alone:
        newest = _is_beyond(row.newest_systolic, row.newest_diastolic, limits)
        cases = [(newest, SO), ((row.days >= limits.days) & beyond, SO), *cases]
    return ibis.cases(*cases, else_=decided)


def _is_beyond(systolic: Any, diastolic: Any, limits: PressureLimits) -> Any:
    if limits.inclusive:
        return (systolic >= limits.systolic) | (diastolic >= limits.diastolic)
    return (systolic > limits.systolic) | (diastolic > limits.diastolic)
