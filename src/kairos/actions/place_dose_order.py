"""Order the dose of one planned session."""

from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import check_may_dose, content_of
from kairos.actions.courses import check_planned, zone_of
from kairos.actions.dose_orders import as_words, check_against_last, check_none_stands, keep_new_measures
from kairos.actions.eligibility import check_may_start
from kairos.domain.protocols.dose_history import DoseStep
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.order_details import to_details
from kairos.domain.protocols.orders import DoseOrder, OrderRequest, work_out
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import courses, orders
from kairos.vocab.people import Actor, Permission


@command("place_dose_order", Permission.PLACE_ORDER)
def place_dose_order(
    *, planned_session_id: UUID, request: OrderRequest, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Compute the dose from a dated weight and keep the order; it waits for a second person's check.

    Raises
    ------
    NotAllowed      no decision to start stands, an order stands already, the session is not planned,
                    or in production the content in force is not signed
    InvalidInput    weight too old on the day of the session, out of range, above a cap, too soon after the
                    last dose, or another dose than that without a reason; with the limit
    """
    session = courses.lock_planned_session(by.scope, planned_session_id)
    check_planned(session)
    check_may_start(by.scope, session.person_id, now)
    check_may_dose(by.scope, session.programme_id)
    check_none_stands(by.scope, session.id)
    zone = zone_of(by.scope, session.site_id)
    day, today = session.starts_at.astimezone(zone).date(), now.astimezone(zone).date()
    content = content_of(by.scope, session.programme_id)
    is_first = not courses.has_had_infusion(by.scope, session.person_id)
    limits = LimitsInForce(content.parameters, day)
    weight, plan = work_out(request, on=day, today=today, is_first=is_first, limits=limits)
    step = DoseStep(plan.dose.mg, request.rate.mg_per_kg)
    changes = check_against_last(by.scope, session, step, content, reason=request.reason, on=day)
    order = DoseOrder(new_id(), request.rate, weight, plan, by.id, now)
    versions = {"content_version": content.version, "overlay_version": content.overlay_version}
    details = to_details(order) | versions | changes
    ids = (session.programme_id, session.person_id)
    kept = (order.id, *ids, session.course_id, details, by.id, now, session.id, as_words(request.reason))
    orders.place(by.scope, orders.DoseOrder(*kept))
    keep_new_measures(session, request.body, order_id=order.id, by=by)
    changed(programme_id=session.programme_id, topic="dose_order", subject=order.id)
    return order.id, AuditNote(f"dose_order:{order.id}", *ids, details={"is_first": is_first})
