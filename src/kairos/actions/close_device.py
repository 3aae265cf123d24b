"""Take nothing of a device any more."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import devices
from kairos.vocab.people import Actor, Permission


@command("close_device", Permission.MANAGE_ACCOUNTS)
def close_device(*, device_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Close a device: its key opens nothing from now on. Its readings stay.

    Raises
    ------
    Missing
    """
    known = devices.find_device(by.scope, device_id)
    closed = replace(known, id=new_id(), key_digest="", sender="", place_id=None, put_at=now, by=by.id)
    devices.add_device(by.scope, closed)
    return device_id, AuditNote(f"device:{device_id}", programme_id=known.programme_id, why="closed")
