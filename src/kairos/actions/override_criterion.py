"""Let one release criterion that was seen and is not met pass, with a clinician's written reason."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.actions.written_words import reason_words
from kairos.domain.sessions.events import OverrideRecorded
from kairos.domain.sessions.release import check_override
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.vocab.people import Actor, Permission


@command("override_criterion", Permission.OVERRIDE_RELEASE)
def override_criterion(
    *, session_id: UUID, rule: str, reason: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Let one release criterion that was seen and is not met pass, with a clinician's written reason."""
    words = reason_words(reason)

    def say(sitting: Sitting) -> list[Saying]:
        picture = sitting.picture
        check_override(picture.protocol, picture.readiness, rule)
        entry = new_id()
        return [Saying(OverrideRecorded(rule=rule, reason_id=entry), words=words, id=entry)]

    return add_entries(session_id, say, by=by, now=now)
