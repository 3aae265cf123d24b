"""A request worked out, an order written down and read again, a check with one's own numbers."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from kairos.domain.protocols.course import check_hours, propose_open_days
from kairos.domain.protocols.order_details import from_details, to_details
from kairos.domain.protocols.orders import DoseOrder, check_entered, work_out
from kairos.vocab.errors import InvalidInput
from tests.support.courses import request_of
from tests.support.dosing_sessions import limits, protocol

DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PLACER = UUID(int=5)


def worked(request=None, **more):
    given = {"on": DAY, "today": DAY, "is_first": True, "limits": limits()} | more
    return work_out(request or request_of(DAY), **given)


def order():
    weight, plan = worked()
    return DoseOrder(UUID(int=4), request_of(DAY).rate, weight, plan, PLACER, AT)


def test_half_a_milligram_for_each_of_seventy_kilograms():
    weight, plan = worked()
    assert (weight.kg, plan.dose.mg) == (Decimal(70), Decimal("35.0"))
    assert plan.rate.mL_per_h(plan.bag) == Decimal("52.5")


def test_nobody_is_weighed_tomorrow():
    with pytest.raises(InvalidInput, match="dated in the future"):
        worked(today=DAY - timedelta(days=1))


def test_an_order_is_the_same_after_it_was_kept():
    kept = to_details(order())
    assert kept["dose_mg"] == "35.0"
    assert kept["rate_mL_per_h"] == "52.5"
    assert from_details(kept, order_id=UUID(int=4), placed_by=PLACER, placed_at=AT) == order()


def test_equal_numbers_pass_the_check_however_they_are_written():
    check_entered(order(), dose_mg=Decimal(35), concentration_mg_per_mL=Decimal("1.00"))


def test_every_number_that_differs_is_named_and_the_ordered_one_is_not_told():
    with pytest.raises(InvalidInput) as refused:
        check_entered(order(), dose_mg=Decimal(53), concentration_mg_per_mL=Decimal(2))
    assert [problem.field for problem in refused.value.problems] == ["dose_mg", "concentration_mg_per_mL"]
    assert "35" not in str(refused.value)


@pytest.mark.parametrize("start", range(1, 8))
def test_a_proposal_from_any_day_falls_on_open_days(start):
    proposed = propose_open_days(protocol().course, first_on=date(2026, 11, start))
    assert all(session.on.isoweekday() <= 5 for session in proposed)


def test_visits_keep_the_hours_of_the_site():
    at_nine = datetime.combine(DAY, time(9), tzinfo=UTC)
    assert check_hours([at_nine], limits=limits()) == timedelta(minutes=150)
    with pytest.raises(InvalidInput, match=r"dates\.1: starts at 07:59; choose 08:00 to 15:30"):
        check_hours([at_nine - timedelta(minutes=61)], limits=limits())
    with pytest.raises(InvalidInput, match=r"dates\.4: starts at 15:31"):
        check_hours([at_nine + timedelta(hours=6, minutes=31)], limits=limits(), numbers=[4])
