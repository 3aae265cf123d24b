"""The body mass index in columns: from the newest weight and height, else as the record states it."""

from typing import Any

import ibis

from kairos.analytics.fact_days import Table, is_measured
from kairos.analytics.leaf_pass import NOT_SO, SO
from kairos.domain.eligibility.body import BODY_UNITS, CM_PER_M
from kairos.domain.rules.evaluation import Binding
from kairos.domain.rules.expression import BodyMass

_DAY = 86_400


def body_answers(read: Table, leaf: int, asked: BodyMass, binding: Binding) -> Table:
    """Return by person whether the index has reached the limit; nothing where it cannot be told."""
    max_age = _days(binding, asked.max_age)
    height_age = _days(binding, asked.height_max_age)
    row = _newest(read.filter(read.concept.isin(sorted(BODY_UNITS))))
    unit = ibis.cases(*((row.concept == concept, unit) for concept, unit in BODY_UNITS.items()), else_="")
    oldest = (row.concept == "body_height").ifelse(height_age, max_age)
    row = row.mutate(usable=is_measured(row, unit) & ((row.on - row["first"]) <= oldest))
    per = row.group_by("person").aggregate(
        weight=_value(row, "body_weight", lowest=False),
        height=_value(row, "body_height", lowest=True),
        stated=_value(row, "body_mass_index", lowest=False),
    )
    metres = per.height / CM_PER_M
    index = (per.weight / (metres * metres)).coalesce(per.stated)
    limit = float(binding.quantity(asked.limit).value)
    found = per.select("person", leaf=ibis.literal(leaf), index=index).filter(lambda t: t.index.notnull())
    return found.select("person", "leaf", verdict=(found.index >= limit).ifelse(SO, NOT_SO))


def _newest(row: Table) -> Table:
    newest = row.place.max().over(ibis.window(group_by=[row.person, row.concept]))
    return row.mutate(newest=newest).filter(lambda t: t.place == t.newest)


def _value(row: Table, concept: str, *, lowest: bool) -> Any:
    """Return the value of the newest moment, where all of that moment can be used."""
    of = row.concept == concept
    value = row.value_number.min(where=of) if lowest else row.value_number.max(where=of)
    return row.usable.min(where=of).ifelse(value, ibis.null("float64"))


def _days(binding: Binding, name: str) -> float:
    return binding.duration(name).total_seconds() / _DAY
