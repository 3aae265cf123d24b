"""Plan a course: its sessions on the calendar, within the spacing that the content asks for."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.content_in_force import content_of
from kairos.actions.courses import check_place_is_free, check_times, place_for, protocol_of, zone_of
from kairos.actions.eligibility import check_may_start, check_signed_for
from kairos.actions.enrolments import move_on
from kairos.actions.home_statements import check_switched_on
from kairos.actions.measures import plan_measure_before
from kairos.actions.preparation_reminders import plan_reminders_of
from kairos.actions.programme_readiness import check_programme_is_live
from kairos.actions.therapy import check_planned_preparation, plan_preparation
from kairos.domain.protocols.course import CourseStatus, PlannedStatus
from kairos.domain.protocols.plan_differences import plan_differences, to_details
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.vocab.stages import Stage


@command("plan_course", Permission.PLAN_COURSE)
def plan_course(
    *,
    person_id: UUID,
    protocol: str,
    site_id: UUID,
    place_id: UUID | None,
    starts: Sequence[datetime],
    therapy: str = "",
    preparation: Sequence[datetime] = (),
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a course with its sessions, move the person on to it, and return its id.

    Parameters
    ----------
    site_id                          the site; at home, the one that watches
    starts : sequence of datetime    aware, in order; one a session
    therapy : str                    the type of psychotherapy around them, if any
    preparation : sequence           when its preparatory sessions before the first dose are

    Raises
    ------
    NotAllowed      the programme is not live, sessions at home are not switched on, no signed decision to
                    start stands for this route and place, or another course is still running
    InvalidInput    each date that breaks spacing, span or hours, or whose place is taken
    """
    programme_id = programme_of(by.scope, person_id)
    check_programme_is_live(by.scope, programme_id, now)
    check_may_start(by.scope, person_id, now)
    if any(c.status == CourseStatus.ACTIVE for c in courses.courses_of(by.scope, person_id)):
        raise NotAllowed("a course is running for this person; end it before another is planned")
    content = content_of(by.scope, programme_id)
    chosen, zone = protocol_of(content, protocol), zone_of(by.scope, site_id)
    check_signed_for(by.scope, person_id, chosen)
    check_switched_on(by.scope, programme_id, chosen)
    length = check_times(chosen, starts, book=content.parameters, zone=zone, now=now)
    about = (new_id(), programme_id, person_id, chosen.id, content.version, CourseStatus.ACTIVE, by.id)
    kept = check_planned_preparation(content, therapy, preparation, first_dose=starts[0], now=now)
    differs = plan_differences(chosen.course, [start.astimezone(zone).date() for start in starts])
    course = courses.Course(*about, details=kept | to_details(differs))
    planned = [
        courses.PlannedSession(
            *(new_id(), programme_id, person_id, course.id, number, start, start + length),
            status=PlannedStatus.PLANNED,
            site_id=site_id,
            place_id=place_for(chosen, place_id),
        )
        for number, start in enumerate(starts, start=1)
    ]
    check_place_is_free(by.scope, planned)
    courses.add_course(by.scope, course, planned)
    plan_preparation(planned[0], preparation if kept else (), by=by, now=now)
    for session in planned:
        plan_measure_before(by.scope, session)
        plan_reminders_of(by.scope, session, now=now)
    move_on(person_id, Stage.IN_COURSE, scope=by.scope)
    subject, told = f"course:{course.id}", {"sessions": len(planned), "differs": len(differs)}
    return course.id, AuditNote(subject, programme_id, person_id, why=chosen.id, details=told)
