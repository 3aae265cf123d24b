"""Record what was seen of one release criterion, in a word of the protocol."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import ReleaseCriterionRecorded
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("record_release_criterion", Permission.RELEASE_PATIENT)
def record_release_criterion(
    *, session_id: UUID, criterion: str, answer: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Record what was seen of one release criterion, in a word of the protocol."""

    def say(sitting: Sitting) -> list[Saying]:
        items = {item.id: item for item in sitting.picture.protocol.release}
        if criterion not in items or answer not in items[criterion].answers:
            raise InvalidInput(Problem("answer", "choose one of the answers"))
        return [Saying(ReleaseCriterionRecorded(criterion=criterion, answer=answer))]

    return add_entries(session_id, say, by=by, now=now)
