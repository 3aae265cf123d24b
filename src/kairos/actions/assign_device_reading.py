"""Say whose a reading is that waited: it goes to the tray of that session."""

from datetime import datetime
from uuid import UUID

from kairos.actions.device_trays import check_runs, check_waits, lay_reading
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, devices
from kairos.store.repositories.devices import ReadingEnd
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("assign_device_reading", Permission.RUN_SESSION)
def assign_device_reading(
    *, reading_id: UUID, session_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Lay a reading that waited into the tray of a running session. It is no entry yet.

    Raises
    ------
    Missing         no such reading or session within the scope, or the session is over
    InvalidInput    somebody has dealt with the reading, or the session is of another programme
    """
    kept = devices.find_reading(by.scope, reading_id)
    devices.hold_device(kept.device)
    check_waits(devices.end_of(by.scope, reading_id))
    summary = alarms.find_summary(by.scope, session_id)
    if summary.programme_id != kept.programme_id:
        raise InvalidInput(Problem("session_id", "is of another programme than the device"))
    check_runs(by.scope, session_id)
    lay_reading(session_id, kept, devices.find_device(by.scope, kept.device), by=by)
    end = ReadingEnd(new_id(), kept.programme_id, reading_id, by.id, now, session_id)
    devices.end_reading(by.scope, end)
    subject, details = f"session:{session_id}", {"reading": str(reading_id)}
    return reading_id, AuditNote(
        subject, kept.programme_id, summary.person_id, why="reading_assigned", details=details
    )
