"""The dose.

A dose is computed from mg/kg and a dated weight; the caps are ceilings, not targets. Above a cap the
order is refused and the refusal names the limit.
"""

from datetime import timedelta
from decimal import Decimal

import pytest

from kairos.domain.protocols.dosing import (
    BodyMeasures,
    Concentration,
    DevineSex,
    Dose,
    DoseRate,
    DosingWeight,
    InfusionPlan,
    Route,
    WeightBasis,
    check_infusion,
    dose_for,
    dose_problems,
    dosing_weight,
)
from kairos.vocab.errors import InvalidInput
from tests.support.dosing_sessions import a_day, limits

STANDARD_SITUATIONS = (
    ("who", "weight [kg]", "height [cm]", "sex", "weight dosed on [kg]", "dose at 0.5 mg/kg [mg]"),
    ("70 kg, 175 cm", 70, 175, "male", "70", "35.0"),
    ("a man of 120 kg, 170 cm", 120, 170, "male", "87.6", "43.8"),
    ("a woman of 120 kg, 170 cm", 120, 170, "female", "84.9", "42.4"),
)

CAP_SITUATIONS = (
    ("route", "weight dosed on [kg]", "dose [mg]", "first session", "answer"),
    ("iv", 70, 80, False, "refused (cap 70)"),
    ("iv", 105, 102, False, "refused (cap 100)"),
    ("sl", 70, 360, False, "refused (cap 350)"),
    ("sl", 100, 400, False, "allowed"),
    ("sl", 70, 105, True, "refused (cap 100)"),
    ("iv", 70, 40, True, "refused (cap 35)"),
    ("iv", 70, 35, True, "allowed"),
    ("iv", 70, 70, False, "allowed"),
    ("oral", 70, 180, False, "refused (cap 175)"),
    ("im", 120, 101, False, "refused (cap 100)"),
)


def test_dose_01_the_standard_infusion_and_the_adjusted_weight():
    """70 kg: 35 mg at 52.5 mg/h for 40 min. A man of 120 kg and 170 cm is dosed on 87.6 kg: 43.8 mg."""
    standard = DoseRate(Decimal("0.5"))
    slim = dosing_weight(
        BodyMeasures(Decimal(70), a_day(), Decimal(175), DevineSex.MALE), on=a_day(), limits=limits()
    )
    plan = InfusionPlan(
        dose_for(standard, slim, limits=limits()), timedelta(minutes=40), Concentration(Decimal(1))
    )
    assert (plan.dose.mg, plan.rate.mg_per_h) == (Decimal("35.0"), Decimal("52.5"))
    heavy = BodyMeasures(Decimal(120), a_day(), Decimal(170), DevineSex.MALE)
    weight = dosing_weight(heavy, on=a_day(), limits=limits())
    assert float(weight.kg) == pytest.approx(87.6, abs=0.1)
    assert float(dose_for(standard, weight, limits=limits()).mg) == pytest.approx(43.8, abs=0.1)


@pytest.mark.parametrize(("_who", "kg", "cm", "sex", "dosed_on", "mg"), STANDARD_SITUATIONS[1:])
def test_a_dose_follows_from_weight(_who, kg, cm, sex, dosed_on, mg):
    """From a body mass index of 30 on the adjusted weight counts, below it the actual one."""
    body = BodyMeasures(Decimal(kg), a_day(), Decimal(cm), DevineSex(sex))
    weight = dosing_weight(body, on=a_day(), limits=limits())
    assert f"{weight.kg:.1f}".removesuffix(".0") == dosed_on
    assert str(dose_for(DoseRate(Decimal("0.5")), weight, limits=limits()).mg) == mg


@pytest.mark.parametrize(("route", "kg", "mg", "is_first", "answer"), CAP_SITUATIONS[1:])
def test_dose_07_a_dose_over_a_cap_is_refused(route, kg, mg, is_first, answer):
    """Per session and route: the lower of mg/kg and mg; a first session has a lower cap."""
    weight = DosingWeight(Decimal(kg), WeightBasis.ACTUAL, a_day())
    problems = dose_problems(Dose(Decimal(mg)), Route(route), weight, is_first=is_first, limits=limits())
    if answer == "allowed":
        assert problems == ()
    else:
        limit = answer.removeprefix("refused (cap ").removesuffix(")")
        assert f"is over {limit} mg" in problems[-1].message


def test_the_pump_is_set_from_dose_time_and_bag():
    """35 mg over 40 minutes is 52.5 mg/h or 0.875 mg/min; from 1 mg/mL, 52.5 mL/h or 0.875 mL/min."""
    plan = InfusionPlan(Dose(Decimal(35)), timedelta(minutes=40), Concentration(Decimal(1)))
    assert (plan.rate.mg_per_h, plan.rate.mg_per_min) == (Decimal("52.5"), Decimal("0.875"))
    assert (plan.rate.mL_per_h(plan.bag), plan.rate.mL_per_min(plan.bag)) == (
        Decimal("52.5"),
        Decimal("0.875"),
    )
    assert plan.volume_mL == Decimal(35)


def test_too_fast_or_undiluted_is_refused():
    """Under 40 minutes is refused, and so is 100 mg/mL into a vein; both are said at once."""
    weight = DosingWeight(Decimal(70), WeightBasis.ACTUAL, a_day())
    plan = InfusionPlan(Dose(Decimal(80)), timedelta(minutes=39), Concentration(Decimal(100)))
    with pytest.raises(InvalidInput) as refused:
        check_infusion(plan, weight, is_first=False, limits=limits())
    assert [problem.field for problem in refused.value.problems] == ["dose", "over", "concentration"]


def test_an_old_weight_is_refused():
    """A weight of 7 days is taken, one of 8 days is measured again, one dated later is refused."""
    for days, taken in ((7, True), (8, False), (-1, False)):
        body = BodyMeasures(Decimal(70), a_day() - timedelta(days=days), Decimal(175))
        try:
            assert dosing_weight(body, on=a_day(), limits=limits()).kg == 70
            assert taken
        except InvalidInput:
            assert not taken
