"""Cancel a preparatory or an integration session that was not held."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.therapy import check_holds, tell_screens, the_type_of
from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.protocols.triads import MeetingStatus
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, therapy
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("cancel_therapy_meeting", Permission.HOLD_THERAPY)
def cancel_therapy_meeting(
    *, meeting_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep that a meeting does not take place, or did not.

    Raises
    ------
    NotAllowed    it was held, is cancelled already, or is outside one's scope
    Missing       no such meeting within the scope
    """
    said = therapy.find_meeting(by.scope, meeting_id)
    dosing = courses.lock_planned_session(by.scope, said.dosing_id)
    said = therapy.find_meeting(by.scope, meeting_id)
    chosen = the_type_of(by.scope, courses.find_course(by.scope, said.course_id))
    check_holds(by.scope, chosen, SessionKind(said.kind), said.person_id, by)
    if said.status != MeetingStatus.PLANNED:
        raise NotAllowed(f"this meeting is {said.status}; only one that is planned can be cancelled")
    ended = replace(said, id=new_id(), status=MeetingStatus.CANCELLED.value, by=by.id, true_at=now)
    therapy.say_of_meeting(by.scope, ended)
    tell_screens(dosing)
    subject = f"therapy_meeting:{meeting_id}"
    return meeting_id, AuditNote(subject, said.programme_id, said.person_id, why=said.kind)
