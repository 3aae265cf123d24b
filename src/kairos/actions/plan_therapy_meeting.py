"""Plan a preparatory or an integration session of a dosing session."""

from datetime import datetime
from uuid import UUID

from kairos.actions.therapy import check_holds, new_meeting, tell_screens, the_type_of
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.protocols.triads import check_meeting_time
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import courses, therapy
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("plan_therapy_meeting", Permission.HOLD_THERAPY)
def plan_therapy_meeting(
    *,
    planned_session_id: UUID,
    kind: SessionKind,
    starts_at: datetime,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep one more meeting of a dosing session, and return its id.

    Raises
    ------
    NotAllowed      no psychotherapy in this course, a cancelled dosing session, or outside one's scope
    InvalidInput    at a time that does not fit its kind
    Missing         no such dosing session within the scope
    """
    dosing = courses.find_planned_session(by.scope, planned_session_id)
    chosen = the_type_of(by.scope, courses.find_course(by.scope, dosing.course_id))
    check_holds(by.scope, chosen, kind, dosing.person_id, by)
    if dosing.status == PlannedStatus.CANCELLED or kind is SessionKind.DOSING:
        raise NotAllowed("a meeting belongs to a dosing session that stands; choose one of them")
    check_meeting_time(kind, starts_at, dose_at=dosing.starts_at, now=now)
    meeting = new_meeting(dosing, kind, starts_at, by=by, now=now)
    therapy.say_of_meeting(by.scope, meeting)
    tell_screens(dosing)
    subject = f"therapy_meeting:{meeting.meeting}"
    return meeting.meeting, AuditNote(subject, dosing.programme_id, dosing.person_id, why=kind.value)
