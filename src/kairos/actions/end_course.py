"""End a course: what is left of it is cancelled, its orders no longer count, follow-up goes on."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.enrolments import move_on
from kairos.actions.measures import drop_measure_before
from kairos.domain.protocols.course import CourseStatus, PlannedStatus
from kairos.domain.protocols.course_end import check_end
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import courses, orders
from kairos.store.repositories.courses import PlannedSession
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.vocab.stages import Stage

_COURSE_ENDED = "course_ended"


@command("end_course", Permission.END_COURSE)
def end_course(
    *, course_id: UUID, reason: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """End a running course for a reason, and move the person on to follow-up.

    The questionnaires of the days after the last session still go out.

    Raises
    ------
    Missing         no such course within the scope
    NotAllowed      it has ended already, or a session of it is running
    InvalidInput    no reason, or "as planned" while sessions are left
    """
    course = courses.lock_course(by.scope, course_id)
    if course.status != CourseStatus.ACTIVE:
        raise NotAllowed("this course has ended already")
    sessions = [
        courses.lock_planned_session(by.scope, session.id)
        for session in courses.sessions_of_course(by.scope, course_id)
    ]
    why = check_end(reason, [session.status for session in sessions])
    for session in sessions:
        if session.status == PlannedStatus.PLANNED:
            _cancel(session, by=by, now=now)
    details = {**course.details, "ended": {"reason": why, "at": now.isoformat(), "by": str(by.id)}}
    courses.change_course(by.scope, replace(course, status=CourseStatus.ENDED, details=details))
    move_on(course.person_id, Stage.FOLLOW_UP, scope=by.scope)
    changed(programme_id=course.programme_id, topic="course", subject=course.id)
    return course.id, AuditNote(f"course:{course.id}", course.programme_id, course.person_id, why=why)


def _cancel(session: PlannedSession, *, by: Actor, now: datetime) -> None:
    """Cancel what was still planned, with the order that nobody may use any more."""
    courses.change_planned_session(by.scope, replace(session, status=PlannedStatus.CANCELLED))
    drop_measure_before(by.scope, session.id)
    for placed in orders.orders_of_session(by.scope, session.id):
        if placed.invalidation is None:
            ids = (session.programme_id, session.person_id)
            end = orders.DoseOrderInvalidation(new_id(), *ids, placed.order.id, _COURSE_ENDED, by.id, now)
            orders.invalidate(by.scope, end)
