"""Let the person go home: time and criteria hold, or a clinician has overridden one."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_follow_up import follow_up
from kairos.actions.session_planning import end_planned_session
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.sessions.release import release
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("release_patient", Permission.RELEASE_PATIENT)
def release_patient(
    *, session_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Let the person go home: time and criteria hold, or a clinician has overridden one."""

    def say(sitting: Sitting) -> list[Saying]:
        return [Saying(release(sitting.picture.readiness))]

    entered, note = add_entries(session_id, say, by=by, now=now)
    end_planned_session(session_id, PlannedStatus.DONE, by=by)
    follow_up(session_id, by=by, now=now)
    return entered, note
