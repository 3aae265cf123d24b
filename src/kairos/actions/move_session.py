"""Move a planned session to another time or place."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.courses import check_place_is_free, check_planned, check_times, protocol_of, zone_of
from kairos.actions.measures import plan_measure_before
from kairos.actions.preparation_reminders import plan_reminders_of
from kairos.domain.protocols.clinic_day import Arrival
from kairos.domain.protocols.course import PlannedStatus, SinceMissed, check_after_missed
from kairos.domain.protocols.day_list import is_missed
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import courses, days
from kairos.vocab.people import Actor, Permission, Scope


@command("move_session", Permission.PLAN_COURSE)
def move_session(
    *,
    planned_session_id: UUID,
    starts_at: datetime,
    place_id: UUID | None,
    since: SinceMissed | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep the new time and place; the version before stays readable.

    Parameters
    ----------
    since : SinceMissed    how the person is, where the session was missed: its time is over, or nobody came

    Raises
    ------
    NotAllowed      the session is not planned any more, or it was missed, the person is worse, and whoever
                    asks does not prescribe
    InvalidInput    the new time breaks spacing, span, order or hours, the place is taken, or nobody said
                    how the person is since the missed session
    """
    session = courses.lock_planned_session(by.scope, planned_session_id)
    check_planned(session)
    was_missed = is_missed(session.starts_at, _arrival(by.scope, session.id), now=now)
    may_prescribe = by.may(Permission.PLACE_ORDER)
    steps_back = was_missed and check_after_missed(since, may_prescribe=may_prescribe)
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
        steps_back=steps_back,
    )
    moved = replace(session, starts_at=starts_at, ends_at=starts_at + length, place_id=place_id)
    check_place_is_free(by.scope, [moved])
    courses.change_planned_session(by.scope, moved)
    plan_measure_before(by.scope, moved)
    plan_reminders_of(by.scope, moved, now=now)
    ids = (session.programme_id, session.person_id)
    return moved.id, AuditNote(f"planned_session:{moved.id}", *ids, why=since.value if since else "")


def _arrival(scope: Scope, planned_session_id: UUID) -> Arrival | None:
    noted = days.arrivals_of(scope, [planned_session_id]).get(planned_session_id)
    return Arrival(noted.arrival) if noted else None
