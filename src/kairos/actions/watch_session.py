"""Look at a running session when a reading should have been taken, and raise what fires."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_alarms import LOOK
from kairos.actions.session_stream import Entered, add_entries
from kairos.actions.work_deadlines import WORK
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import alarms
from kairos.store.repositories.deadlines import Deadline
from kairos.vocab.people import Actor


@command("watch_session", None)
def watch_session(
    *, session_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Raise an alarm for a reading that nobody took, and for what only time has brought about."""
    return add_entries(session_id, lambda _: [], by=by, now=now, why="looked")


def _work(deadline: Deadline, by: Actor, now: datetime) -> str:
    """Look at the deadline; what the database calls due is due, whatever this machine's clock says."""
    session_id = UUID(deadline.details["session"])
    if not alarms.find_summary(by.scope, session_id).is_open:
        return "over"
    entered = watch_session(
        session_id=session_id, command_id=deadline.id, by=by, now=max(now, deadline.due_at)
    )
    return "raised" if entered.raised else "in_time"


WORK[LOOK] = _work
