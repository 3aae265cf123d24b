"""Promise to be at the chair; the alarm stays until it is over."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.alarms import take
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("take_alarm", Permission.TAKE_ALARM)
def take_alarm(
    *, session_id: UUID, alarm_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Promise to be at the chair; the alarm stays until it is over."""

    def say(sitting: Sitting) -> list[Saying]:
        return [Saying(take(sitting.picture.state, alarm_id))]

    return add_entries(session_id, say, by=by, now=now)
