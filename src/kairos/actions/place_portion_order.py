"""Order a dose of whole portions for one planned session: devices, an injection, a lozenge, tablets."""

from datetime import date, datetime
from uuid import UUID

from kairos.actions.content_in_force import check_may_dose, content_of
from kairos.actions.courses import check_planned, protocol_of, zone_of
from kairos.actions.dose_orders import (
    as_words,
    check_against_last,
    check_none_stands,
    keep_new_measures,
    ladder_before,
)
from kairos.actions.eligibility import check_may_start, check_signed_for
from kairos.domain.protocols.dose_history import DoseStep
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.order_details import to_details
from kairos.domain.protocols.orders import DoseOrder
from kairos.domain.protocols.portion_doses import ForWhom, whole_years
from kairos.domain.protocols.portion_orders import Before, PortionRequest, work_out_portions
from kairos.domain.rules.target import Target
from kairos.domain.sessions.events import PORTIONS
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import courses, orders, people
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission, Scope


@command("place_portion_order", Permission.PLACE_ORDER)
def place_portion_order(
    *, planned_session_id: UUID, request: PortionRequest, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Work the portions out and keep the order; it waits for a second person's check.

    Raises
    ------
    NotAllowed      nobody signed for this use, the protocol is an infusion, an order stands already, or
                    the session is not planned
    InvalidInput    no dose of the schedule, above a cap or the ladder, a weight that is missing or too old,
                    too soon after the last dose, or another dose than that without a reason
    """
    session = courses.lock_planned_session(by.scope, planned_session_id)
    check_planned(session)
    check_may_start(by.scope, session.person_id, now)
    check_may_dose(by.scope, session.programme_id)
    check_none_stands(by.scope, session.id)
    content = content_of(by.scope, session.programme_id)
    protocol = protocol_of(content, courses.find_course(by.scope, session.course_id).protocol)
    use = check_signed_for(by.scope, session.person_id, protocol)
    if protocol.dose.form not in PORTIONS:
        raise NotAllowed("this protocol is an infusion; order a dose by weight and a rate")
    day = session.starts_at.astimezone(zone_of(by.scope, session.site_id)).date()
    is_first = not courses.has_had_dose_by(by.scope, session.person_id, protocol.id)
    limits = LimitsInForce(content.parameters, day, protocol.limits_named)
    whom = _for_whom(by.scope, session.person_id, use, on=day)
    before = Before(is_first, ladder_before(by.scope, session.person_id, protocol.id))
    weight, plan = work_out_portions(request, protocol, whom, before, on=day, limits=limits)
    step = DoseStep(plan.mg)
    changes = check_against_last(by.scope, session, step, content, reason=request.reason, on=day)
    order = DoseOrder(new_id(), None, weight, plan, by.id, now)
    versions = {"content_version": content.version, "overlay_version": content.overlay_version}
    ids = (session.programme_id, session.person_id)
    details = to_details(order) | versions | changes
    kept = (order.id, *ids, session.course_id, details, by.id, now, session.id, as_words(request.reason))
    orders.place(by.scope, orders.DoseOrder(*kept))
    if request.body is not None:
        keep_new_measures(session, request.body, order_id=order.id, by=by)
    changed(programme_id=session.programme_id, topic="dose_order", subject=order.id)
    return order.id, AuditNote(f"dose_order:{order.id}", *ids, details={"is_first": is_first})


def _for_whom(scope: Scope, person_id: UUID, use: Target, *, on: date) -> ForWhom:
    """Return what decides which doses there are.

    Raises
    ------
    InvalidInput    nobody knows when the person was born
    """
    born = people.identities(scope, [person_id])[person_id].born_on
    if born is None:
        raise InvalidInput(Problem("born_on", "is missing; the dose depends on the age, enter it first"))
    return ForWhom(use.indication, use.places, whole_years(born.last, on))
