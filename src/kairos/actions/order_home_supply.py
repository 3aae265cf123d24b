"""Order how many doses of a course are handed out to be taken at home."""

from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.courses import protocol_of
from kairos.actions.eligibility import check_may_start
from kairos.actions.home_statements import check_switched_on, state
from kairos.domain.protocols.at_home import StatementKind
from kairos.domain.protocols.course import CourseStatus
from kairos.domain.protocols.dose_history import check_supply
from kairos.domain.rules.target import Setting
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.notify import changed
from kairos.store.repositories import courses
from kairos.store.repositories.home_supplies import dose_in_force, supply_of
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("order_home_supply", Permission.PLACE_ORDER)
def order_home_supply(
    *, course_id: UUID, doses: int, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep that so many doses of the checked order are handed out; never more than until the next review.

    Raises
    ------
    NotAllowed      the course is over or not at home, home is switched off, no decision to start stands, or
                    no order of the course was checked by a second person
    InvalidInput    more doses than are to be taken until the next review, with the sum shown
    Missing         no such course
    """
    course = courses.lock_course(by.scope, course_id)
    protocol = protocol_of(content_of(by.scope, course.programme_id), course.protocol)
    if course.status != CourseStatus.ACTIVE or protocol.setting != Setting.HOME:
        raise NotAllowed("this is no running course at home; a dose in the clinic is given there")
    check_switched_on(by.scope, course.programme_id, protocol)
    check_may_start(by.scope, course.person_id, now)
    mg = dose_in_force(by.scope, course_id)
    if mg is None:
        raise NotAllowed("no order of this course was checked by a second person; order the dose first")
    check_supply(doses, supply_of(by.scope, course, protocol.course))
    told: dict[str, str | int] = {"doses": doses, "mg_each": str(mg)}
    kept = state(
        StatementKind.SUPPLY_ORDERED,
        course_id,
        programme_id=course.programme_id,
        person_id=course.person_id,
        by=by,
        now=now,
        details=told,
    )
    changed(programme_id=course.programme_id, topic="dose_order", subject=course_id)
    return kept.id, AuditNote(
        f"course:{course_id}", course.programme_id, course.person_id, why="supply_ordered", details={**told}
    )
