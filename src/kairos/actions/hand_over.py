"""Hand the watch over to somebody else of the team."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.sessions.events import HandedOver
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("hand_over", Permission.RUN_SESSION)
def hand_over(
    *, session_id: UUID, to: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Hand the watch over to somebody else of the team."""
    return add_entries(session_id, lambda _: [Saying(HandedOver(to=to))], by=by, now=now)
