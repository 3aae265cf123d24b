"""Values with units that do not mix, and refusals that name the limit."""

from datetime import timedelta
from decimal import Decimal

import pytest

from kairos.content.release import load_release
from kairos.domain.protocols.dosing import (
    BodyMeasures,
    Concentration,
    DevineSex,
    Dose,
    DoseRate,
    DosingWeight,
    InfusionPlan,
    InfusionRate,
    WeightBasis,
    check_infusion,
    dose_for,
    dosing_weight,
    plain,
)
from kairos.domain.protocols.limits import LimitsInForce, exact
from kairos.vocab.errors import InvalidInput, NotInForce
from tests.support.dosing_sessions import a_day, limits


@pytest.mark.parametrize("kind", [Dose, DoseRate, Concentration, InfusionRate])
@pytest.mark.parametrize("number", ["0", "-1", "NaN", "Infinity"])
def test_an_amount_is_above_nought(kind, number):
    with pytest.raises(InvalidInput, match="must be a number above 0"):
        kind(Decimal(number))


def test_values_of_different_units_do_not_compare():
    assert Dose(Decimal(35)) != DoseRate(Decimal(35))
    with pytest.raises(TypeError):
        _ = Dose(Decimal(35)) < DoseRate(Decimal(35))  # type: ignore[operator]


def test_a_plan_within_its_limits_is_returned():
    plan = InfusionPlan(Dose(Decimal(35)), timedelta(minutes=40), Concentration(Decimal(1)))
    weight = DosingWeight(Decimal(70), WeightBasis.ACTUAL, a_day())
    assert check_infusion(plan, weight, is_first=True, limits=limits()) is plan


def test_a_dose_is_not_rounded_up_across_its_cap():
    weight = DosingWeight(Decimal("70.13"), WeightBasis.ACTUAL, a_day())
    assert dose_for(DoseRate(Decimal("0.5")), weight, limits=limits()) == Dose(Decimal("35.0"))
    assert dose_for(DoseRate(Decimal("0.4")), weight, limits=limits()) == Dose(Decimal("28.1"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (BodyMeasures(Decimal(70), a_day()), "height: is missing"),
        (BodyMeasures(Decimal(120), a_day(), Decimal(170)), "sex: is missing"),
        (BodyMeasures(Decimal(700), a_day(), Decimal(170)), "weight: must be 25 to 350 kg"),
        (BodyMeasures(Decimal(70), a_day(), Decimal("1.7")), "height: must be 100 to 250 cm"),
    ],
)
def test_measures_that_cannot_be_used_are_refused(body, said):
    with pytest.raises(InvalidInput, match=said):
        dosing_weight(body, on=a_day(), limits=limits())


def test_the_actual_weight_just_below_the_index():
    body = BodyMeasures(Decimal("86.6"), a_day(), Decimal(170), DevineSex.MALE)
    assert dosing_weight(body, on=a_day(), limits=limits()) == DosingWeight(
        Decimal("86.6"), WeightBasis.ACTUAL, a_day()
    )


def test_numbers_are_written_as_people_write_them():
    assert [plain(exact(number)) for number in (70, 35.0, 0.875, 100)] == ["70", "35", "0.875", "100"]


def test_limits_are_those_of_their_day():
    early = LimitsInForce(load_release().parameters, a_day().replace(year=2020))
    with pytest.raises(NotInForce, match="earliest is 2026-01-01"):
        early.span("monitoring.grace")


def test_a_limit_that_is_no_time_is_no_span():
    with pytest.raises(ValueError, match="is in mg"):
        limits().span("dosing.iv_cap_mg")
    assert limits().count("monitoring.sedation_awake") == 5
