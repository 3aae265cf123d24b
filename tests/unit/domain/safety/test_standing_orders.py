"""A standing order is signed whole, and holds to the letter or not at all."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from kairos.domain.safety.standing_orders import StandingOrder, WantedDose, check_signing, check_under_order
from kairos.vocab.errors import InvalidInput

TODAY = date(2026, 3, 2)
ORDER = StandingOrder(
    id=UUID(int=1),
    drug="ondansetron",
    dose=Decimal(4),
    unit="mg",
    route="iv",
    most=Decimal(8),
    finding="nausea",
    effect_after=timedelta(minutes=15),
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=90),
)
SIGNING = {"drugs": ["ondansetron"], "findings": ["nausea"], "longest": timedelta(days=366), "today": TODAY}
DOSE = WantedDose("ondansetron", Decimal(4), "mg", "iv")
NOW = {"on": TODAY, "given_before": Decimal(0), "there_now": ["nausea"]}


def refused(call, *given, **more):
    with pytest.raises(InvalidInput) as problem:
        call(*given, **more)
    return [each.field for each in problem.value.problems]


def test_a_whole_order_is_signed():
    check_signing(ORDER, **SIGNING)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"drug": "aspirin"}, "drug"),
        ({"finding": "boredom"}, "finding"),
        ({"dose": Decimal(0)}, "dose"),
        ({"most": Decimal(3)}, "most"),
        ({"unit": ""}, "unit"),
        ({"route": " "}, "route"),
        ({"effect_after": timedelta()}, "effect_after"),
        ({"starts_on": TODAY - timedelta(days=1)}, "starts_on"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"ends_on": TODAY + timedelta(days=367)}, "ends_on"),
    ],
)
def test_an_order_that_leaves_something_open_is_not_signed(changed, field):
    assert refused(check_signing, replace(ORDER, **changed), **SIGNING) == [field]


def test_what_fits_to_the_letter_is_given():
    check_under_order(ORDER, DOSE, **NOW)
    check_under_order(ORDER, replace(DOSE, dose=Decimal(2)), **NOW)


@pytest.mark.parametrize(
    ("dose", "now", "fields"),
    [
        ({"route": "po"}, {}, ["standing_order"]),
        ({"unit": "g"}, {}, ["standing_order"]),
        ({"drug": "haloperidol"}, {}, ["standing_order"]),
        ({"dose": Decimal(5)}, {}, ["dose"]),
        ({}, {"given_before": Decimal(8)}, ["dose"]),
        ({}, {"given_before": None}, ["dose"]),
        ({}, {"there_now": []}, ["standing_order"]),
        ({}, {"on": TODAY - timedelta(days=1)}, ["standing_order"]),
    ],
)
def test_what_does_not_fit_wants_a_prescriber(dose, now, fields):
    assert refused(check_under_order, ORDER, replace(DOSE, **dose), **(NOW | now)) == fields


def test_an_order_holds_on_its_days_and_not_once_it_is_ended():
    assert ORDER.holds(TODAY)
    assert ORDER.holds(ORDER.ends_on)
    assert not ORDER.holds(ORDER.ends_on + timedelta(days=1))
    assert not replace(ORDER, is_ended=True).holds(TODAY)
