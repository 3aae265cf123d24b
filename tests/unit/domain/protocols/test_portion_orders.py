"""Orders of whole portions: what follows from a request, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from kairos.domain.protocols.dose_rules import DoseForm, MouthEnd
from kairos.domain.protocols.dosing import BodyMeasures
from kairos.domain.protocols.order_details import from_details, to_details
from kairos.domain.protocols.orders import DoseOrder, check_entered
from kairos.domain.protocols.portion_doses import ForWhom, LastDose, PortionPlan, whole_years
from kairos.domain.protocols.portion_orders import Before, PortionRequest, check_portions, work_out_portions
from kairos.vocab.errors import InvalidInput
from tests.support.dosing_sessions import TEN, a_day, limits
from tests.support.route_sessions import protocol_of

WHOM = ForWhom("trd", ("us",), 45)
BODY = BodyMeasures(Decimal(70), a_day(), Decimal(175))
SOMEBODY = UUID(int=1)


def worked_out(name, mg, *, is_first=False, last=None, **more):
    """Return what a request comes to under a protocol."""
    request = PortionRequest(Decimal(mg), **more)
    before = Before(is_first, last)
    return work_out_portions(request, protocol_of(name), WHOM, before, on=a_day(), limits=limits())


def an_order(plan, weight=None):
    """Return an order of a plan."""
    return DoseOrder(SOMEBODY, None, weight, plan, SOMEBODY, TEN)


def test_devices_need_no_weight():
    weight, plan = worked_out("esketamine_clinic", 84)
    assert (weight, plan.portions) == (None, (Decimal(28),) * 3)


def test_an_injection_is_split_within_its_cap():
    weight, plan = worked_out("im_racemic_clinic", 35, body=BODY, parts=(Decimal(20), Decimal(15)))
    assert (weight.kg, plan.portions, plan.dose.mg) == (70, (Decimal(20), Decimal(15)), 35)
    with pytest.raises(InvalidInput, match="is over 70 mg"):
        worked_out("im_racemic_clinic", 71, body=BODY)
    with pytest.raises(InvalidInput, match="caps of this dose go by weight"):
        worked_out("im_racemic_clinic", 35)


def test_a_lozenge_says_what_becomes_of_it_and_climbs_its_ladder():
    given = {"body": BODY, "mouth_end": MouthEnd.SPAT}
    assert (
        worked_out("sublingual_clinic", 150, last=LastDose(Decimal(100), False), **given)[1].mouth_end
        == "spat"
    )
    with pytest.raises(InvalidInput, match="over 150 mg"):
        worked_out("sublingual_clinic", 151, last=LastDose(Decimal(100), False), **given)
    with pytest.raises(InvalidInput, match="must be said: spat or swallowed"):
        worked_out("sublingual_clinic", 100, body=BODY)


def test_a_first_dose_into_the_nose_has_its_own_cap():
    with pytest.raises(InvalidInput, match="is over 35 mg, the most in a first session"):
        worked_out("nasal_racemic_clinic", 40, is_first=True, body=BODY)


@pytest.mark.parametrize(
    "plan",
    [
        PortionPlan(DoseForm.DEVICE, (Decimal(28), Decimal(28))),
        PortionPlan(DoseForm.LOZENGE, (Decimal(100),), MouthEnd.SWALLOWED),
    ],
)
def test_an_order_of_portions_survives_the_way_to_details_and_back(plan):
    order = an_order(plan)
    about = {"order_id": SOMEBODY, "placed_by": SOMEBODY, "placed_at": TEN}
    assert from_details(to_details(order), **about) == order
    with pytest.raises(ValueError, match="is no infusion"):
        _ = order.infusion


def test_the_second_person_counts_the_portions():
    order = an_order(PortionPlan(DoseForm.DEVICE, (Decimal(28), Decimal(28))))
    check_entered(order, dose_mg=Decimal(56), concentration_mg_per_mL=None, portions=2)
    with pytest.raises(InvalidInput, match="3 in number is not what was ordered"):
        check_entered(order, dose_mg=Decimal(56), concentration_mg_per_mL=None, portions=3)


def test_an_order_is_asked_again_under_limits_signed_since():
    weight, plan = worked_out("im_racemic_clinic", 70, body=BODY)
    protocol = protocol_of("im_racemic_clinic")
    check_portions(an_order(plan, weight), protocol, is_first=False, limits=limits())
    lighter = an_order(plan, replace(weight, kg=Decimal(60)))
    with pytest.raises(InvalidInput, match="is over 60 mg"):
        check_portions(lighter, protocol, is_first=False, limits=limits())
    check_portions(an_order(plan), protocol, is_first=True, limits=limits())


@pytest.mark.parametrize(("on", "years"), [(date(2026, 4, 13), 44), (date(2026, 4, 14), 45)])
def test_whole_years_count_the_birthday(on, years):
    assert whole_years(date(1981, 4, 14), on) == years
