"""Rate wakefulness, MOAA/S nought to five."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_scales import SEDATION, check_score
from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.sessions.events import SedationRated
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("rate_sedation", Permission.RUN_SESSION)
def rate_sedation(
    *,
    session_id: UUID,
    score: int,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Rate wakefulness, MOAA/S nought to five."""
    check_score(SEDATION, score)
    event = SedationRated(score=score)
    return add_entries(session_id, lambda _: [Saying(event, true_at)], by=by, now=now)
