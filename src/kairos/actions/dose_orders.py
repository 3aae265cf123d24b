"""What the actions about dose orders share: the session ordered for, and what stands for it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from kairos.domain.protocols.body import HEIGHT, WEIGHT, Measure, body_on_record
from kairos.domain.protocols.dosing import BodyMeasures
from kairos.domain.protocols.orders import DoseOrder, OrderStatus
from kairos.domain.sessions.events import PORTIONS
from kairos.store import streams
from kairos.store.repositories import courses, facts, orders
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.orders import PlacedOrder
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
