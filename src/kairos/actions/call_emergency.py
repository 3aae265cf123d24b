"""Raise the emergency alarm at once: somebody pressed Emergency."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import SymptomNoted, SymptomState
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("call_emergency", Permission.RUN_SESSION)
def call_emergency(
    *, session_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Raise the emergency alarm at once: somebody pressed Emergency."""

    def say(sitting: Sitting) -> list[Saying]:
        codes = tuple(sorted(sitting.picture.protocol.symptoms_that("is_call")))
        return [Saying(SymptomNoted(codes=codes, state=SymptomState.PRESENT))]

    return add_entries(session_id, say, by=by, now=now, why="emergency")
