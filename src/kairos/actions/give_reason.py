"""Go on before a dose despite one finding, with a prescriber's written reason."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.actions.written_words import reason_words
from kairos.domain.sessions.events import OverrideRecorded
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("give_reason", Permission.OVERRIDE_RELEASE)
def give_reason(
    *, session_id: UUID, rule: str, reason: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Go on before a dose despite one finding, with a prescriber's written reason."""
    words = reason_words(reason)

    def say(sitting: Sitting) -> list[Saying]:
        if rule not in sitting.picture.check.needs_reason:
            raise NotAllowed(f"{rule} wants no reason, or none can pass it; look at the check again")
        entry = new_id()
        return [Saying(OverrideRecorded(rule=rule, reason_id=entry), words=words, id=entry)]

    return add_entries(session_id, say, by=by, now=now)
