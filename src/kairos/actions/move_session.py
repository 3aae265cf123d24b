"""Move a planned session to another time or place."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.courses import check_place_is_free, check_planned, check_times, protocol_of, zone_of
from kairos.actions.measures import plan_measure_before
from kairos.domain.protocols.course import PlannedStatus
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import courses
from kairos.vocab.people import Actor, Permission


@command("move_session", Permission.PLAN_COURSE)
def move_session(
    *,
    planned_session_id: UUID,
    starts_at: datetime,
    place_id: UUID | None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep the new time and place; the version before stays readable.

    Raises
    ------
    NotAllowed      the session is not planned any more
    InvalidInput    the new time breaks spacing, span, order or hours, or the place is taken
    """
    session = courses.lock_planned_session(by.scope, planned_session_id)
    check_planned(session)
    course = courses.find_course(by.scope, session.course_id)
    rows = [
        replace(s, starts_at=starts_at) if s.id == session.id else s
        for s in courses.sessions_of_course(by.scope, course.id)
        if s.status != PlannedStatus.CANCELLED
    ]
    place = [s.id for s in rows].index(session.id)
    content = content_of(by.scope, session.programme_id)
    length = check_times(
        protocol_of(content, course.protocol),
        [s.starts_at for s in rows],
        book=content.parameters,
        zone=zone_of(by.scope, session.site_id),
        now=now,
        already=place,
        hours_of=slice(place, place + 1),
    )
    moved = replace(session, starts_at=starts_at, ends_at=starts_at + length, place_id=place_id)
    check_place_is_free(by.scope, [moved])
    courses.change_planned_session(by.scope, moved)
    plan_measure_before(by.scope, moved)
    return moved.id, AuditNote(f"planned_session:{moved.id}", session.programme_id, session.person_id)
