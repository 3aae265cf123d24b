"""Record that nothing more of a dose is given; the observation begins."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.sessions.events import DosingStopped, StopReason
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("stop_dosing", Permission.CONTROL_INFUSION)
def stop_dosing(
    *,
    session_id: UUID,
    reason: StopReason,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Record that no further portion is given, and why.

    Raises
    ------
    NotAllowed    nothing is left to give
    """
    return add_entries(session_id, lambda _: [Saying(DosingStopped(reason=reason), true_at)], by=by, now=now)
