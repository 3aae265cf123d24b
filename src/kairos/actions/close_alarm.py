"""Close a taken alarm whose condition is over."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.alarms import close
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("close_alarm", Permission.TAKE_ALARM)
def close_alarm(
    *, session_id: UUID, alarm_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Close a taken alarm whose condition is over."""

    def say(sitting: Sitting) -> list[Saying]:
        return [Saying(close(sitting.picture.state, alarm_id, sitting.picture.findings))]

    return add_entries(session_id, say, by=by, now=now)
