"""The body mass index in columns: from the newest weight and height, else as the record states it."""

from typing import Any

import ibis

from kairos.analytics.fact_days import Table, is_value
from kairos.analytics.leaf_pass import NOT_SO, OPEN, SO
from kairos.domain.eligibility.body import BODY_UNITS, CM_PER_M
from kairos.domain.rules.evaluation import Binding
from kairos.domain.rules.expression import BodyMass
from kairos.vocab.facts import Presence

_READ = (
    *("person", "on", "concept", "presence", "understanding", "value_number", "value_unit"),
    *("first", "last", "place", "is_undated"),
)
_DAY = 86_400


def body_answers(read: Table, leaf: int, asked: BodyMass, binding: Binding) -> Table:
    """Return by person whether the index has reached the limit; nothing where it cannot be told."""
    max_age = _days(binding, asked.max_age)
    height_age = _days(binding, asked.height_max_age)
    row = read.filter(read.concept.isin(sorted(BODY_UNITS))).select(*_READ)
    unit = ibis.cases(*((row.concept == concept, unit) for concept, unit in BODY_UNITS.items()), else_="")
    oldest = (row.concept == "body_height").ifelse(height_age, max_age)
    is_recent = ~row.is_undated & (row["last"] <= row.on) & ((row.on - row["first"]) <= oldest)
    row = row.mutate(
        is_newest=row.place == row.place.max().over(ibis.window(group_by=[row.person, row.concept])),
        usable=is_value(row, unit) & is_recent,
        is_told_undated=row.is_undated & (row.presence != Presence.ABSENT.value),
        is_read=is_value(row, unit),
    )
    per = row.group_by("person").aggregate(
        weight=_value(row, "body_weight", lowest=False),
        height=_value(row, "body_height", lowest=True),
        stated=_value(row, "body_mass_index", lowest=False),
        undated_weight=row.value_number.max(where=row.is_told_undated & (row.concept == "body_weight")),
        undated_height=row.value_number.min(where=row.is_told_undated & (row.concept == "body_height")),
        undated_stated=row.value_number.max(where=row.is_told_undated & (row.concept == "body_mass_index")),
        is_unread=(row.is_told_undated & ~row.is_read).max(),
    )
    limit = float(binding.quantity(asked.limit).value)
    index = _index(per.weight, per.height).coalesce(per.stated)
    heaviest = ibis.greatest(per.weight, per.undated_weight).coalesce(per.weight, per.undated_weight)
    lowest = ibis.least(per.height, per.undated_height).coalesce(per.height, per.undated_height)
    may_be = (per.undated_stated >= limit).fill_null(False) | (_index(heaviest, lowest) >= limit).fill_null(
        False
    )
    found = per.select("person", index=index, is_asked=per.is_unread | may_be)
    found = found.filter(found.index.notnull())
    verdict = ibis.cases((found.index >= limit, SO), (found.is_asked, OPEN), else_=NOT_SO)
    return found.select("person", leaf=ibis.literal(leaf), verdict=verdict)


def _index(weight: Any, height: Any) -> Any:
    metres = height / CM_PER_M
    return weight / (metres * metres)


def _value(row: Table, concept: str, *, lowest: bool) -> Any:
    """Return the value of the newest moment, where all of that moment can be used."""
    of = (row.concept == concept) & row.is_newest
    value = row.value_number.min(where=of) if lowest else row.value_number.max(where=of)
    return row.usable.min(where=of).ifelse(value, ibis.null("float64"))


def _days(binding: Binding, name: str) -> float:
    return binding.duration(name).total_seconds() / _DAY
