"""Note symptoms seen, asked for and absent, or gone."""

from datetime import datetime
from uuid import UUID

from kairos.actions.fall_report import FALL, open_fall_report
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import SymptomGrade, SymptomNoted, SymptomState
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
    grade: SymptomGrade | None = None,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Note symptoms seen, asked for and absent, or gone.

    Parameters
    ----------
    grade : mild, moderate, severe    how strong; None where it was not said

    Raises
    ------
    InvalidInput    not a symptom of the protocol's list, or a grade of what is not there
    """

    def say(sitting: Sitting) -> list[Saying]:
        if not codes or not set(codes) <= set(sitting.picture.protocol.symptoms):
            raise InvalidInput(Problem("codes", "choose at least one symptom of the list"))
        if grade is not None and state is not SymptomState.PRESENT:
            raise InvalidInput(Problem("grade", "only a symptom that is there has a strength; leave it out"))
        if FALL in codes and state is SymptomState.PRESENT:
            open_fall_report(sitting.stream, by=by, now=now)
        return [Saying(SymptomNoted(codes=codes, state=state, grade=grade), true_at)]

    return add_entries(session_id, say, by=by, now=now)
