"""Take a monitor's reading over into the session: somebody looked, and stands for it."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_planning import tray_of
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.protocols.readings import check_reading
from kairos.domain.sessions.state import as_reading
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import session_entries
from kairos.vocab.people import Actor, Permission


@command("use_device_reading", Permission.RUN_SESSION)
def use_device_reading(
    *, session_id: UUID, offered_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Record a reading from the tray, true when the monitor took it.

    Raises
    ------
    Missing         it is not in the tray of this session
    InvalidInput    an impossible value; the monitor is looked at again
    """
    offered = session_entries.find_offer(by.scope, tray_of(session_id), offered_id)

    def say(sitting: Sitting) -> list[Saying]:
        reading = as_reading(offered.reading, offered.true_at, "")
        check_reading(reading, now=now, limits=sitting.picture.limits)
        return [Saying(offered.reading, offered.true_at)]

    return add_entries(session_id, say, by=by, now=now)
