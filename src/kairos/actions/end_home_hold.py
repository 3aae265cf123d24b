"""Record that the lozenge was spat out or swallowed at home, as the order says."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.protocols.dose_rules import MouthEnd
from kairos.domain.sessions.events import MouthEmptied
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("end_home_hold", Permission.CHECK_IN)
def end_home_hold(
    *,
    session_id: UUID,
    end: MouthEnd,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Record what became of it; swallowed against the order is recorded as it was.

    Raises
    ------
    NotAllowed    nothing is held in the mouth
    """
    return add_entries(session_id, lambda _: [Saying(MouthEmptied(end=end), true_at)], by=by, now=now)
