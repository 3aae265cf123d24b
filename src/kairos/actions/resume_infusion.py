"""Let a paused infusion run on. After a stop rule has fired only a prescriber can."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import InfusionResumed
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("resume_infusion", Permission.CONTROL_INFUSION)
def resume_infusion(
    *,
    session_id: UUID,
    rate_mg_per_h: Decimal | None = None,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Let a paused infusion run on. After a stop rule has fired only a prescriber can."""
    decided_by = by.id if by.may(Permission.PLACE_ORDER) and not by.is_system else None

    def say(sitting: Sitting) -> list[Saying]:
        running = [each.mg_per_h for each in sitting.picture.state.controls if each.mg_per_h]
        rate = rate_mg_per_h if rate_mg_per_h is not None else (running or [Decimal(0)])[-1]
        return [Saying(InfusionResumed(rate_mg_per_h=rate, decided_by=decided_by), true_at)]

    return add_entries(session_id, say, by=by, now=now)
