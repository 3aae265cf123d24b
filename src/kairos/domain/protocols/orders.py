"""A dose order: placed by one person, verified by another, used once or invalidated, never deleted."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kairos.domain.protocols.dosing import (
    BodyMeasures,
    Concentration,
    DoseRate,
    DosingWeight,
    InfusionPlan,
    check_infusion,
    dose_for,
    dosing_weight,
)
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.portion_doses import PortionPlan
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem


class OrderStatus(StrEnum):
    """Where an order stands."""

    PLACED = "placed"
    VERIFIED = "verified"
    USED = "used"
    INVALIDATED = "invalidated"


class OrderAct(StrEnum):
    """What can be done with an order."""

    VERIFY = "verify"
    USE = "use"
    INVALIDATE = "invalidate"


ORDER_TRANSITIONS: dict[tuple[OrderStatus, OrderAct], OrderStatus | None] = {
    (OrderStatus.PLACED, OrderAct.VERIFY): OrderStatus.VERIFIED,
    (OrderStatus.PLACED, OrderAct.USE): None,
    (OrderStatus.PLACED, OrderAct.INVALIDATE): OrderStatus.INVALIDATED,
    (OrderStatus.VERIFIED, OrderAct.VERIFY): None,
    (OrderStatus.VERIFIED, OrderAct.USE): OrderStatus.USED,
    (OrderStatus.VERIFIED, OrderAct.INVALIDATE): OrderStatus.INVALIDATED,
    (OrderStatus.USED, OrderAct.VERIFY): None,
    (OrderStatus.USED, OrderAct.USE): None,
    (OrderStatus.USED, OrderAct.INVALIDATE): None,
    (OrderStatus.INVALIDATED, OrderAct.VERIFY): None,
    (OrderStatus.INVALIDATED, OrderAct.USE): None,
    (OrderStatus.INVALIDATED, OrderAct.INVALIDATE): None,
}


@dataclass(frozen=True, slots=True)
class DoseOrder:
    """What is to be given in one dosing session, on whose word, and who checked it.

    A dose of fixed size, such as a nasal device, has neither a rate nor a weight.
    """

    id: UUID
    rate: DoseRate | None
    weight: DosingWeight | None
    plan: InfusionPlan | PortionPlan
    placed_by: UUID
    placed_at: datetime
    status: OrderStatus = OrderStatus.PLACED
    verified_by: UUID | None = None
    verified_at: datetime | None = None
    invalidated_by: UUID | None = None
    invalidated_at: datetime | None = None
    reason: str = ""

    @property
    def infusion(self) -> InfusionPlan:
        """What the pump is to do. Raises ValueError where the order is of another form."""
        if not isinstance(self.plan, InfusionPlan):
            raise ValueError(f"order {self.id} is no infusion but {self.plan.form}")
        return self.plan


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """What a prescriber enters; the dose follows. ``reason`` says why it differs from the last one."""

    body: BodyMeasures
    rate: DoseRate
    over: timedelta
    bag: Concentration
    reason: str = ""


def work_out(
    request: OrderRequest, *, on: date, today: date, is_first: bool, limits: LimitsInForce
) -> tuple[DosingWeight, InfusionPlan]:
    """Return the dosing weight and the infusion that follow from a request, or refuse it.

    Parameters
    ----------
    on : date             the day of the session; the weight's age is counted to it
    today : date          the day of the order; nobody is weighed in the future
    is_first : bool       whether the caps of a first session hold

    Raises
    ------
    InvalidInput          weight too old or out of range, dose above a cap, too fast, not diluted
    """
    if request.body.weighed_on > today:
        raise InvalidInput(Problem("weight", "is dated in the future; enter the day it was measured"))
    weight = dosing_weight(request.body, on=on, limits=limits)
    plan = InfusionPlan(dose_for(request.rate, weight, limits=limits), request.over, request.bag)
    return weight, check_infusion(plan, weight, is_first=is_first, limits=limits)


def verify(order: DoseOrder, *, by: UUID, at: datetime) -> DoseOrder:
    """Return the order as checked by a second person.

    Raises
    ------
    NotAllowed    the same person placed it, or it is not waiting for a check
    """
    status = _after(order, OrderAct.VERIFY)
    if by == order.placed_by:
        raise NotAllowed("a dose order is verified by someone other than who placed it; ask a second person")
    return replace(order, status=status, verified_by=by, verified_at=at)


def check_entered(
    order: DoseOrder,
    *,
    dose_mg: Decimal,
    concentration_mg_per_mL: Decimal | None,
    portions: int | None = None,
) -> None:
    """Refuse a check whose numbers, read anew from the label and worked out anew, are not the order's.

    Parameters
    ----------
    concentration_mg_per_mL : Decimal    of the bag, where the order is an infusion
    portions : int                       how many devices, injections or tablets, where it is not

    Raises
    ------
    InvalidInput    each number that differs; the order's own is not told, so that nobody copies it
    """
    given = [
        ("dose_mg", dose_mg, order.plan.dose.mg, "mg"),
        ("concentration_mg_per_mL", concentration_mg_per_mL, order.plan.bag.mg_per_mL, "mg/mL")
        if isinstance(order.plan, InfusionPlan)
        else ("portions", portions, len(order.plan.portions), "in number"),
    ]
    problems = [
        Problem(name, f"{value} {unit} is not what was ordered; work it out again, or withdraw the order")
        for name, value, ordered, unit in given
        if value != ordered
    ]
    if problems:
        raise InvalidInput(*problems)


def check_change_seen(is_changed: bool, seen: bool) -> None:
    """Refuse a check of a dose that differs from the last one by somebody who has not read why.

    Raises
    ------
    InvalidInput
    """
    if is_changed and not seen:
        raise InvalidInput(
            Problem("change_seen", "must be said: the dose is not the last one; read why it changes")
        )


def use(order: DoseOrder) -> DoseOrder:
    """Return the order as bound to the infusion that was started on it. Raises NotAllowed if not verified."""
    return replace(order, status=_after(order, OrderAct.USE))


def invalidate(order: DoseOrder, *, by: UUID, at: datetime, reason: str) -> DoseOrder:
    """Return the order as withdrawn, with a reason; it stays readable for good.

    Raises
    ------
    InvalidInput    no reason was given
    NotAllowed      it was already used or withdrawn
    """
    status = _after(order, OrderAct.INVALIDATE)
    if not reason.strip():
        raise InvalidInput(Problem("reason", "say in a few words why the order is withdrawn"))
    return replace(order, status=status, invalidated_by=by, invalidated_at=at, reason=reason)


def _after(order: DoseOrder, act: OrderAct) -> OrderStatus:
    status = ORDER_TRANSITIONS[order.status, act]
    if status is None:
        opens = [s for (s, a), after in ORDER_TRANSITIONS.items() if a is act and after is not None]
        raise NotAllowed(f"cannot {act} an order that is {order.status}; it must be {' or '.join(opens)}")
    return status
