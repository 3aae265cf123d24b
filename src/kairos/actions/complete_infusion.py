"""Record that the ordered volume is in; the observation begins."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.sessions.events import InfusionCompleted
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("complete_infusion", Permission.CONTROL_INFUSION)
def complete_infusion(
    *, session_id: UUID, true_at: datetime | None = None, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Record that the ordered volume is in; the observation begins."""
    return add_entries(session_id, lambda _: [Saying(InfusionCompleted(), true_at)], by=by, now=now)
