"""Set the running infusion to another rate, never above the order."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.sessions.events import RateChanged
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("change_rate", Permission.CONTROL_INFUSION)
def change_rate(
    *,
    session_id: UUID,
    rate_mg_per_h: Decimal,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Set the running infusion to another rate, never above the order."""
    event = RateChanged(rate_mg_per_h=rate_mg_per_h)
    return add_entries(session_id, lambda _: [Saying(event, true_at)], by=by, now=now)
