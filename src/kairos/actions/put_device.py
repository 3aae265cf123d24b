"""Say at which chair a device stands, or that it stands at none."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import devices, organisations
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission


@command("put_device", Permission.RUN_SESSION)
def put_device(
    *, device_id: UUID, place_id: UUID | None, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Put a device at a place of its site: what it measures from now on belongs to the session there.

    Raises
    ------
    Missing         no such device within the scope
    NotAllowed      it is closed
    InvalidInput    the place is not of the device's site
    """
    known = devices.find_device(by.scope, device_id)
    if known.is_closed:
        raise NotAllowed("this device is closed; register it again")
    places = {place.id for place in organisations.list_places(by.scope) if place.site_id == known.site_id}
    if place_id is not None and place_id not in places:
        raise InvalidInput(Problem("place_id", "is no place of the device's site; choose one of those"))
    devices.add_device(by.scope, replace(known, id=new_id(), place_id=place_id, put_at=now, by=by.id))
    details = {"place": str(place_id or "")}
    return device_id, AuditNote(f"device:{device_id}", programme_id=known.programme_id, details=details)
