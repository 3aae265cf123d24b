"""What the actions about dose orders share: the session ordered for, and what stands for it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from kairos.actions.courses import protocol_of
from kairos.content.in_force import ContentInForce
from kairos.domain.protocols.body import HEIGHT, WEIGHT, Measure, body_on_record
from kairos.domain.protocols.dose_history import DoseStep, check_next_dose
from kairos.domain.protocols.dosing import BodyMeasures
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.orders import DoseOrder, OrderStatus
from kairos.domain.protocols.portion_doses import LastDose
from kairos.domain.sessions.events import PORTIONS
from kairos.store import streams
from kairos.store.repositories import courses, facts, orders
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.orders import PlacedOrder
from kairos.store.repositories.prior_doses import doses_given, last_given
from kairos.vocab.errors import NotAllowed
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Actor, Scope
from kairos.vocab.quantities import CENTIMETRE, KILOGRAM, Quantity

_BOUND, _GIVEN = "order_bound", {"infusion_started", *(kind.type for kind in PORTIONS.values())}


def find_with_state(scope: Scope, order_id: UUID) -> tuple[PlacedOrder, DoseOrder]:
    """Return an order as it is kept and as the domain reads it, its session locked meanwhile."""
    placed = orders.find_order(scope, order_id)
    session_id = placed.order.planned_session_id
    session = courses.lock_planned_session(scope, session_id) if session_id else None
    placed = orders.find_order(scope, order_id)
    order = orders.as_domain(placed)
    if session is not None and _was_used(scope, session, order_id):
        order = replace(order, status=OrderStatus.USED)
    return placed, order


def check_none_stands(scope: Scope, planned_session_id: UUID) -> None:
    """Refuse a second order beside one that stands. Raises NotAllowed."""
    if any(o.invalidation is None for o in orders.orders_of_session(scope, planned_session_id)):
        raise NotAllowed("an order stands for this session; withdraw it before placing another")


def check_against_last(
    scope: Scope, session: PlannedSession, step: DoseStep, content: ContentInForce, *, reason: str, on: date
) -> dict[str, Any]:
    """Return what an order keeps of the last dose, where it differs from it.

    Raises
    ------
    InvalidInput    another dose than the last one without a reason, or too soon after it; with the limit
    """
    protocol = protocol_of(content, courses.find_course(scope, session.course_id).protocol)
    before = last_given(scope, session.person_id, protocol.id)
    limits = LimitsInForce(content.parameters, on, protocol.limits_named)
    least = limits.span(protocol.course.spacing_least)
    if not check_next_dose(step, before, reason=reason, on=on, least=least) or before is None:
        return {}
    return {"changes_from": before.step.words, "changes_to": step.words}


def ladder_before(scope: Scope, person_id: UUID, protocol: str) -> LastDose | None:
    """Return the dose before by the same protocol, with whether a grave alarm was raised in it."""
    of_it = [each.dose for each in doses_given(scope, person_id) if each.dose.protocol == protocol]
    return LastDose(of_it[-1].ordered_mg, of_it[-1].had_alarm) if of_it else None


def as_words(reason: str) -> dict[str, str]:
    """Return a reason as it is kept, under the person's key; nothing where there is none."""
    return {"reason": reason.strip()} if reason.strip() else {}


def keep_new_measures(session: PlannedSession, body: BodyMeasures, *, order_id: UUID, by: Actor) -> None:
    """Keep weight and height as facts where they are not what the record says already."""
    kinds = [FactKind.VITAL, FactKind.DEMOGRAPHIC]
    known = body_on_record(facts.facts_of(by.scope, session.person_id, kinds=kinds), on=body.weighed_on)
    new = []
    if known.weight != Measure(body.weight_kg, body.weighed_on):
        new.append(_fact(WEIGHT, Quantity(float(body.weight_kg), KILOGRAM), body.weighed_on, order_id, by))
    if body.height_cm is not None and (known.height is None or known.height.value != body.height_cm):
        new.append(_fact(HEIGHT, Quantity(float(body.height_cm), CENTIMETRE), body.weighed_on, order_id, by))
    facts.add_facts(by.scope, session.programme_id, session.person_id, new)


def _fact(concept: str, value: Quantity, on: date, order_id: UUID, by: Actor) -> Fact:
    return Fact(
        id=f"dose_order/{order_id}/{concept}",
        kind=FactKind.VITAL,
        concept=concept,
        origin=Origin(OriginKind.PERSON, f"dose_order/{order_id}", str(by.id)),
        value=value,
        true_from=PartialDate.of(on),
    )


def _was_used(scope: Scope, session: PlannedSession, order_id: UUID) -> bool:
    if session.stream is None:
        return False
    events = streams.read(scope, session.stream)
    bound = [e.payload.get("order_id") for e in events if e.type == _BOUND]
    return bound[-1:] == [str(order_id)] and any(e.type in _GIVEN for e in events)
