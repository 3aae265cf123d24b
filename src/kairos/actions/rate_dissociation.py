"""Rate how detached the person feels, on the scale named."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_scales import check_score
from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.sessions.events import DissociationRated, DissociationScale
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("rate_dissociation", Permission.RUN_SESSION)
def rate_dissociation(
    *,
    session_id: UUID,
    scale: DissociationScale,
    score: int,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Rate how detached the person feels, on the scale named."""
    check_score(scale.value, score)
    event = DissociationRated(scale=scale, score=score)
    return add_entries(session_id, lambda _: [Saying(event, true_at)], by=by, now=now)
