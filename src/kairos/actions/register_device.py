"""Let a device of a site send readings, or give it a new key."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import devices, organisations
from kairos.store.repositories.devices import Device
from kairos.vocab.errors import InvalidInput, Missing, Problem
from kairos.vocab.people import Actor, Permission, Scope


@command("register_device", Permission.MANAGE_ACCOUNTS)
def register_device(
    *,
    site_id: UUID,
    name: str,
    key_digest: str,
    sender: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Register a device with the digest of its key, and return its id. It stands nowhere yet.

    A device of the same site and name gets this key in the place of the one it had.

    Raises
    ------
    InvalidInput    no name, no key, or the HL7 name is another device's
    Missing         no such site within the scope
    """
    if not name.strip() or not key_digest:
        raise InvalidInput(Problem("name" if key_digest else "key", "is missing"))
    programme_id = _programme_of(by.scope, site_id)
    known = devices.list_devices(by.scope)
    same = next((each for each in known if (each.site_id, each.name) == (site_id, name)), None)
    device = same.device if same else new_id()
    if sender and any(each.sender == sender and each.device != device for each in known):
        raise InvalidInput(Problem("sender", "is the HL7 name of another device; each has its own"))
    place_id = same.place_id if same else None
    row = Device(new_id(), programme_id, device, site_id, name, key_digest, now, by.id, place_id, sender)
    devices.add_device(by.scope, row)
    return device, AuditNote(f"device:{device}", programme_id=programme_id, why="new_key" if same else "new")


def _programme_of(scope: Scope, site_id: UUID) -> UUID:
    for site in organisations.list_sites(scope):
        if site.id == site_id:
            return site.programme_id
    raise Missing("this site is not there, or not within your programmes")
