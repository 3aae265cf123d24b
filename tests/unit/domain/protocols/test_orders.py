"""Orders: two people, four states, nothing deleted."""

from datetime import timedelta
from decimal import Decimal

import pytest

from kairos.domain.protocols.dosing import (
    Concentration,
    Dose,
    DoseRate,
    DosingWeight,
    InfusionPlan,
    WeightBasis,
)
from kairos.domain.protocols.orders import DoseOrder, OrderStatus, invalidate, use, verify
from kairos.vocab.errors import InvalidInput, NotAllowed
from tests.support.dosing_sessions import NURSE, ORDER, PRESCRIBER, a_day, at


def an_order() -> DoseOrder:
    plan = InfusionPlan(Dose(Decimal(34)), timedelta(minutes=40), Concentration(Decimal(1)))
    weight = DosingWeight(Decimal(68), WeightBasis.ACTUAL, a_day())
    return DoseOrder(ORDER, DoseRate(Decimal("0.5")), weight, plan, placed_by=PRESCRIBER, placed_at=at(0))


def test_an_order_is_verified_by_somebody_else():
    checked = verify(an_order(), by=NURSE, at=at(1))
    assert (checked.status, checked.verified_by, checked.verified_at) == (OrderStatus.VERIFIED, NURSE, at(1))
    with pytest.raises(NotAllowed, match="someone other than who placed it"):
        verify(an_order(), by=PRESCRIBER, at=at(1))


def test_an_order_is_used_once_and_only_when_verified():
    used = use(verify(an_order(), by=NURSE, at=at(1)))
    assert used.status is OrderStatus.USED
    for order in (an_order(), used):
        with pytest.raises(NotAllowed, match=r"cannot use an order that is .* it must be verified"):
            use(order)


def test_an_order_is_withdrawn_with_a_reason_and_stays():
    gone = invalidate(an_order(), by=PRESCRIBER, at=at(2), reason="weight entered wrongly")
    assert (gone.status, gone.invalidated_by, gone.reason) == (
        OrderStatus.INVALIDATED,
        PRESCRIBER,
        "weight entered wrongly",
    )
    with pytest.raises(InvalidInput, match="reason"):
        invalidate(an_order(), by=PRESCRIBER, at=at(2), reason=" ")
    with pytest.raises(NotAllowed, match="it must be placed or verified"):
        invalidate(gone, by=PRESCRIBER, at=at(3), reason="again")
