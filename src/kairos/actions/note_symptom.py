"""Note symptoms seen, asked for and absent, or gone."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import SymptomNoted, SymptomState
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("note_symptom", Permission.RUN_SESSION)
def note_symptom(
    *,
    session_id: UUID,
    codes: tuple[str, ...],
    state: SymptomState,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Note symptoms seen, asked for and absent, or gone."""

    def say(sitting: Sitting) -> list[Saying]:
        if not codes or not set(codes) <= set(sitting.picture.protocol.symptoms):
            raise InvalidInput(Problem("codes", "choose at least one symptom of the list"))
        return [Saying(SymptomNoted(codes=codes, state=state), true_at)]

    return add_entries(session_id, say, by=by, now=now)
