"""Note what a medicine did that was given in the session."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import MedicineEffect, MedicineEffectNoted
from kairos.domain.sessions.medicines_given import check_effect
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("note_medicine_effect", Permission.RUN_SESSION)
def note_medicine_effect(
    *,
    session_id: UUID,
    given: int,
    effect: MedicineEffect,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Note what a medicine did; ``given`` is the place of the entry that says it was given.

    Raises
    ------
    InvalidInput    nothing was given in that entry
    """

    def say(sitting: Sitting) -> list[Saying]:
        check_effect(sitting.picture.state, given)
        return [Saying(MedicineEffectNoted(given=given, effect=effect), true_at)]

    return add_entries(session_id, say, by=by, now=now)
