"""Note that somebody who is expected came, comes late, or did not come."""

from datetime import datetime
from uuid import UUID

from kairos.domain.protocols.clinic_day import Arrival
from kairos.domain.protocols.course import PlannedStatus
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import courses, days
from kairos.store.repositories.days import ArrivalNote
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("note_arrival", Permission.NOTE_ARRIVAL)
def note_arrival(
    *, planned_session_id: UUID, arrival: Arrival, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Note who came; the newest note holds, the earlier ones stay.

    Raises
    ------
    NotAllowed    the appointment is not waiting
    Missing       no such appointment
    """
    planned = courses.find_planned_session(by.scope, planned_session_id)
    if planned.status != PlannedStatus.PLANNED:
        raise NotAllowed(f"this appointment is {planned.status}; only of one that waits it is noted who came")
    ids = (planned.programme_id, planned.person_id)
    note = ArrivalNote(new_id(), *ids, planned_session_id, arrival.value, by.id, now)
    days.note_arrival(by.scope, note)
    changed(programme_id=planned.programme_id, topic="clinic_day", subject=planned_session_id)
    return note.id, AuditNote(f"planned_session:{planned_session_id}", *ids, why=arrival.value)
