"""Set a reading aside that waited and is nobody's."""

from datetime import datetime
from uuid import UUID

from kairos.actions.device_trays import check_waits
from kairos.domain.protocols.device_readings import AsideReason
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import devices
from kairos.store.repositories.devices import ReadingEnd
from kairos.vocab.people import Actor, Permission


@command("set_aside_device_reading", Permission.RUN_SESSION)
def set_aside_device_reading(
    *, reading_id: UUID, reason: AsideReason, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Take a reading out of the tray, for a reason. It stays as it was sent.

    Raises
    ------
    Missing         no such reading within the scope
    InvalidInput    somebody has dealt with it
    """
    kept = devices.find_reading(by.scope, reading_id)
    devices.hold_device(kept.device)
    check_waits(devices.end_of(by.scope, reading_id))
    end = ReadingEnd(new_id(), kept.programme_id, reading_id, by.id, now, reason=reason.value)
    devices.end_reading(by.scope, end)
    return reading_id, AuditNote(f"device:{kept.device}", programme_id=kept.programme_id, why=reason.value)
