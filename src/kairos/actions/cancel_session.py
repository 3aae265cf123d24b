"""End a session before a dose, for a reason."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_planning import end_planned_session
from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.sessions.events import Cancelled, CancelReason
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("cancel_session", Permission.RUN_SESSION)
def cancel_session(
    *, session_id: UUID, reason: CancelReason, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """End a session before a dose, for a reason."""
    event = Cancelled(reason=reason)
    entered, note = add_entries(session_id, lambda _: [Saying(event)], by=by, now=now, why=reason)
    end_planned_session(session_id, PlannedStatus.CANCELLED, by=by)
    return entered, note
