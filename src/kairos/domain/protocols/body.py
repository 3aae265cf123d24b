"""What the record last says of somebody's body: the measures a dose is computed on, each with its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kairos.domain.protocols.dosing import DevineSex
from kairos.domain.protocols.limits import exact
from kairos.vocab.facts import Fact, Understanding
from kairos.vocab.quantities import CENTIMETRE, KILOGRAM, Quantity

WEIGHT, HEIGHT, SEX = "body_weight", "body_height", "sex"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and the day it was measured."""

    value: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class BodyOnRecord:
    """The newest weight [kg] and height [cm], and the sex on record where it is one of Devine's."""

    weight: Measure | None = None
    height: Measure | None = None
    sex: DevineSex | None = None


def body_on_record(facts: Iterable[Fact], *, on: date) -> BodyOnRecord:
    """Return the newest measures as of a day; what lies after it, or was not understood, is left out."""
    known = [fact for fact in facts if fact.understanding is Understanding.EXACT]
    stated = {str(fact.value) for fact in known if fact.concept == SEX}
    sexes = [sex for sex in DevineSex if stated == {sex.value}]
    return BodyOnRecord(
        weight=_newest(known, WEIGHT, KILOGRAM, on),
        height=_newest(known, HEIGHT, CENTIMETRE, on),
        sex=sexes[0] if sexes else None,
    )


def _newest(facts: list[Fact], concept: str, unit: str, on: date) -> Measure | None:
    found = [
        Measure(exact(fact.value.value), day)
        for fact in facts
        if fact.concept == concept
        and isinstance(fact.value, Quantity)
        and fact.value.unit == unit
        and (day := _day_of(fact)) is not None
        and day <= on
    ]
    return max(found, key=lambda measure: measure.on, default=None)


def _day_of(fact: Fact) -> date | None:
    """Return the earliest day a fact can date from: a weight is never taken for younger than it may be."""
    if fact.true_from is not None:
        return fact.true_from.first
    return fact.true_at.date() if fact.true_at is not None else None
