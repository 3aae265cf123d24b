"""The newest measures on record, each with its day; a doubtful one is left out."""

from datetime import date
from decimal import Decimal

import pytest

from kairos.domain.protocols.body import BodyOnRecord, Measure, body_on_record
from kairos.domain.protocols.dosing import DevineSex
from kairos.vocab.facts import FactKind, Understanding
from tests.support.facts import at, fact, measured, sex

ON = date(2026, 6, 1)


def weight(value, on="2026-05-30", **parts):
    return measured("body_weight", value, parts.pop("unit", "kg"), on, kind=FactKind.VITAL, **parts)


def test_nothing_on_record():
    assert body_on_record([], on=ON) == BodyOnRecord()


def test_the_newest_of_each_and_the_sex():
    facts = [weight(71.5, "2026-05-30"), weight(69, "2026-01-02"), sex("female")]
    facts.append(measured("body_height", 172, "cm", "2020", kind=FactKind.VITAL))
    found = body_on_record(facts, on=ON)
    assert found.weight == Measure(Decimal("71.5"), date(2026, 5, 30))
    assert found.height == Measure(Decimal("172.0"), date(2020, 1, 1))
    assert found.sex is DevineSex.FEMALE


def test_an_instant_dates_a_weight_that_has_no_day():
    timed = fact("body_weight", FactKind.VITAL, value=weight(70).value, true_at=at("2026-05-20"))
    assert body_on_record([timed], on=ON).weight.on == date(2026, 5, 20)


@pytest.mark.parametrize(
    "doubtful",
    [
        weight(70, "2026-06-02"),
        weight(154, unit="[lb_av]"),
        weight(879, understanding=Understanding.IMPLAUSIBLE),
        fact("body_weight", FactKind.VITAL, value="seventy", since="2026-05-01"),
        fact("body_weight", FactKind.VITAL, value=weight(70).value),
    ],
    ids=["later than asked", "another unit", "implausible", "words", "undated"],
)
def test_a_doubtful_weight_is_left_out(doubtful):
    assert body_on_record([doubtful], on=ON).weight is None


def test_two_sexes_on_record_are_asked_about():
    assert body_on_record([sex("female"), sex("male")], on=ON).sex is None
