"""Start the infusion at the ordered rate, or at a slower one."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.actions.content_in_force import check_may_dose
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import InfusionStarted
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("start_infusion", Permission.CONTROL_INFUSION)
def start_infusion(
    *,
    session_id: UUID,
    rate_mg_per_h: Decimal | None = None,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Start the infusion at the ordered rate, or at a slower one.

    Raises
    ------
    NotAllowed    phase or gate do not allow it, or in production the content in force is not signed
    """

    def say(sitting: Sitting) -> list[Saying]:
        check_may_dose(by.scope, sitting.stream.programme_id)
        order = sitting.picture.state.order
        ordered = order.rate_mg_per_h if order is not None else Decimal(0)
        rate = ordered if rate_mg_per_h is None else rate_mg_per_h
        return [Saying(InfusionStarted(rate_mg_per_h=rate), true_at)]

    return add_entries(session_id, say, by=by, now=now)
