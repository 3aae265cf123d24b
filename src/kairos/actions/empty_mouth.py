"""Record what became of a lozenge after it was held: spat out, or swallowed."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.protocols.dose_rules import MouthEnd
from kairos.domain.sessions.events import MouthEmptied
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("empty_mouth", Permission.CONTROL_INFUSION)
def empty_mouth(
    *,
    session_id: UUID,
    end: MouthEnd,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Record that the mouth is empty; the observation begins.

    Raises
    ------
    NotAllowed    nothing is held in the mouth
    """
    return add_entries(session_id, lambda _: [Saying(MouthEmptied(end=end), true_at)], by=by, now=now)
