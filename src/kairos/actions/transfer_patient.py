"""Record that emergency services took over."""

from datetime import datetime
from uuid import UUID

from kairos.actions.monitoring_forms import open_form_task
from kairos.actions.session_planning import end_planned_session
from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.sessions.events import Transferred
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("transfer_patient", Permission.RUN_SESSION)
def transfer_patient(
    *, session_id: UUID, to: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Record that emergency services took over."""
    entered, note = add_entries(session_id, lambda _: [Saying(Transferred(to=to))], by=by, now=now)
    end_planned_session(session_id, PlannedStatus.DONE, by=by)
    open_form_task(session_id, by=by, now=now)
    return entered, note
