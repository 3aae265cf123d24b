"""Pause the running infusion."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.sessions.events import InfusionPaused, StopReason
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("pause_infusion", Permission.CONTROL_INFUSION)
def pause_infusion(
    *,
    session_id: UUID,
    reason: StopReason = StopReason.OTHER,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Pause the running infusion."""
    event = InfusionPaused(reason=reason)
    return add_entries(session_id, lambda _: [Saying(event, true_at)], by=by, now=now, why=reason)
