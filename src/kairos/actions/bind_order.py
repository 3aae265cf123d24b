"""Bind a verified dose order to a session."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.actions.dose_source import keep_reference, take_out
from kairos.actions.session_planning import planned_session_of
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.protocols.dosing import check_infusion
from kairos.domain.protocols.portion_doses import PortionPlan
from kairos.domain.protocols.portion_orders import check_portions
from kairos.domain.sessions.events import OrderBound
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import courses, orders
from kairos.store.repositories.orders import PlacedOrder
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission


@command("bind_order", Permission.RUN_SESSION)
def bind_order(
    *,
    session_id: UUID,
    order_id: UUID,
    lot_id: UUID | None = None,
    reference: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Bind an order that a second person has verified; the pump may run at its rate at most.

    With it goes where the dose comes from, if that is known by now; no dose starts before it is.

    Parameters
    ----------
    lot_id : UUID or None    the lot it is drawn from, where the programme keeps its stock in Kairos
    reference : str          what the pharmacy's label says, where the stock is kept elsewhere

    Raises
    ------
    NotAllowed    not verified, withdrawn, of another session, verified by who placed it, or beyond a
                  limit that was signed after it was placed
    Missing       no such order
    """
    placed = orders.find_order(by.scope, order_id)
    planned = planned_session_of(session_id, by=by)
    if placed.order.planned_session_id != planned.id:
        raise NotAllowed("this order is not for this session; place one for it")
    event = _bound(placed)
    is_first = not courses.has_had_infusion(by.scope, planned.person_id)

    def say(sitting: Sitting) -> list[Saying]:
        _check_still_stands(placed, sitting, is_first=is_first)
        return [Saying(event)]

    bound = add_entries(session_id, say, by=by, now=now)
    if lot_id is not None:
        take_out(order_id, lot_id, by=by, now=now)
    if reference:
        keep_reference(order_id, reference, by=by, now=now)
    return bound


def _check_still_stands(placed: PlacedOrder, sitting: Sitting, *, is_first: bool) -> None:
    """Refuse an order placed under other content that the content of this session does not allow."""
    told, content = placed.order.details, sitting.content
    versions = (told.get("content_version", ""), told.get("overlay_version", ""))
    if versions == (content.version, content.overlay_version):
        return
    order = orders.as_domain(placed)
    try:
        if isinstance(order.plan, PortionPlan):
            check_portions(order, sitting.picture.protocol, is_first=is_first, limits=sitting.picture.limits)
        elif order.weight is not None:
            check_infusion(order.plan, order.weight, is_first=is_first, limits=sitting.picture.limits)
    except InvalidInput as error:
        message = f"limits were signed after this order was placed: {error}; place a new one"
        raise NotAllowed(message) from error


def _bound(placed: PlacedOrder) -> OrderBound:
    if placed.invalidation is not None:
        raise NotAllowed("this order was withdrawn; ask for a new one")
    if placed.verification is None:
        raise NotAllowed("this order waits for its second check; ask a second person to verify it")
    plan = orders.as_domain(placed).plan
    bound = OrderBound(
        order_id=placed.order.id,
        dose_mg=plan.dose.mg,
        placed_by=placed.order.ordered_by,
        verified_by=placed.verification.verified_by,
    )
    if isinstance(plan, PortionPlan):
        return replace(bound, form=plan.form, portions=plan.portions, mouth_end=plan.mouth_end)
    rate = Decimal(placed.order.details["rate_mg_per_h"])
    return replace(bound, rate_mg_per_h=rate, concentration_mg_per_mL=plan.bag.mg_per_mL)
