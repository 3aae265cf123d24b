"""An order of portions: devices by their schedule, injections, lozenges and tablets by weight and caps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kairos.domain.protocols.dose_rules import DoseForm, MouthEnd
from kairos.domain.protocols.dosing import (
    BodyMeasures,
    Dose,
    DosingWeight,
    Route,
    dose_problems,
    dosing_weight,
)
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.orders import DoseOrder
from kairos.domain.protocols.portion_doses import (
    ForWhom,
    LastDose,
    PortionPlan,
    device_plan,
    ladder_problems,
    schedule_for,
    split,
)
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class PortionRequest:
    """What a prescriber asks for: the whole dose, its parts where it is split, and the body it is for.

    ``reason`` stands where a reduced dose is asked for; ``body`` where the dose goes by weight.
    """

    dose_mg: Decimal
    parts: Sequence[Decimal] = ()
    reason: str = ""
    mouth_end: MouthEnd | None = None
    body: BodyMeasures | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What was before: whether no dose was ever given here, and the last one of this kind."""

    is_first: bool
    last: LastDose | None = None


def work_out_portions(
    request: PortionRequest,
    protocol: TreatmentProtocol,
    whom: ForWhom,
    before: Before,
    *,
    on: date,
    limits: LimitsInForce,
) -> tuple[DosingWeight | None, PortionPlan]:
    """Return the dosing weight, where there is one, and the portions that follow from a request.

    Parameters
    ----------
    on : date    the day of the session; the weight's age is counted to it

    Raises
    ------
    InvalidInput    no dose of the schedule, above a cap or the ladder, parts that do not add up, or a
                    weight that is missing, too old or out of range
    """
    rules = protocol.dose
    if rules.schedules:
        schedule = schedule_for(rules, whom)
        is_first, reason = before.is_first, request.reason
        return None, device_plan(
            request.dose_mg, rules, schedule, is_first=is_first, reason=reason, limits=limits
        )
    if request.body is None:
        raise InvalidInput(Problem("weight", "is missing; the caps of this dose go by weight"))
    weight = dosing_weight(request.body, on=on, limits=limits)
    plan = split(request.dose_mg, rules.form, request.parts)
    problems = (
        *_cap_problems(plan, protocol, weight, before, limits),
        *_mouth_problems(request, protocol),
    )
    if problems:
        raise InvalidInput(*problems)
    return weight, PortionPlan(plan.form, plan.portions, request.mouth_end)


def check_portions(
    order: DoseOrder, protocol: TreatmentProtocol, *, is_first: bool, limits: LimitsInForce
) -> None:
    """Refuse an order that limits signed since do not allow. Raises InvalidInput."""
    if order.weight is None or not isinstance(order.plan, PortionPlan):
        return
    problems = _cap_problems(order.plan, protocol, order.weight, Before(is_first), limits)
    if problems:
        raise InvalidInput(*problems)


def _cap_problems(
    plan: PortionPlan,
    protocol: TreatmentProtocol,
    weight: DosingWeight,
    before: Before,
    limits: LimitsInForce,
) -> tuple[Problem, ...]:
    route = Route(protocol.route)
    capped = dose_problems(Dose(plan.mg), route, weight, is_first=before.is_first, limits=limits)
    climbs = plan.form is DoseForm.LOZENGE
    return (*capped, *(ladder_problems(plan.mg, before.last, limits=limits) if climbs else ()))


def _mouth_problems(request: PortionRequest, protocol: TreatmentProtocol) -> tuple[Problem, ...]:
    ends = protocol.dose.ends
    if not ends or request.mouth_end in ends:
        return ()
    return (Problem("mouth_end", f"must be said: {' or '.join(ends)} after holding it"),)
