"""Devices: who sends by which key, where they stand, and the readings that wait for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from kairos.domain.protocols.device_readings import key_of
from kairos.domain.protocols.readings import Reading
from kairos.queries.accounts import system_actors
from kairos.queries.reading import reading
from kairos.store.repositories import alarms, devices, organisations, people
from kairos.store.repositories.devices import Device, KeptReading
from kairos.store.repositories.organisations import Place, Site
from kairos.store.repositories.people import Identity
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class SendingDevice:
    """A device whose key was accepted, and as whom its readings are kept."""

    device_id: UUID
    name: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class RunningSession:
    """A session that a reading may be given to."""

    id: UUID
    programme_id: UUID
    place: str
    identity: Identity


@dataclass(frozen=True, slots=True)
class DevicesPage:
    """Everything on the page of devices. ``names`` are of the devices."""

    sites: tuple[Site, ...]
    places: tuple[Place, ...]
    devices: tuple[Device, ...]
    waiting: tuple[KeptReading, ...]
    sessions: tuple[RunningSession, ...]
    names: Mapping[UUID, str]


def digest_of_key(key: str) -> str:
    """Return what is kept of a key. The key is random enough to need no salt."""
    return sha256(key.encode()).hexdigest()


def sending_device(key: str) -> SendingDevice:
    """Return the device of a key.

    Raises
    ------
    NotAllowed    no device has this key any more
    """
    try:
        found, scope = devices.device_of_key(digest_of_key(key))
    except Missing as error:
        raise NotAllowed(str(error)) from error
    actor = Actor(found.device, frozenset(), scope, found.name, is_system=True)
    newest = _device_now(device_id=found.device, by=actor)
    if newest.key_digest != found.key_digest:
        raise NotAllowed("this device was closed or has a new key; ask the programme's administrator")
    return SendingDevice(newest.device, newest.name, actor)


@reading(None)
def device_called(*, sender: str, by: Actor) -> SendingDevice | None:
    """Return the open device that HL7 v2 messages name so."""
    for each in devices.list_devices(by.scope):
        if sender and each.sender == sender:
            scope = type(by.scope)(by.scope.organisation_id, frozenset({each.programme_id}))
            return SendingDevice(
                each.device, each.name, Actor(each.device, frozenset(), scope, each.name, is_system=True)
            )
    return None


@reading(None)
def known_reading(*, device_id: UUID, reading: Reading, by: Actor) -> KeptReading | None:
    """Return a reading that came before; a monitor that repeats it every second costs one look."""
    return devices.reading_of_key(by.scope, key_of(device_id, reading))


@reading(None)
def reading_sent(*, device_id: UUID, reading_id: UUID, by: Actor) -> KeptReading:
    """Return a reading to the device that sent it.

    Raises
    ------
    Missing
    """
    found = devices.find_reading(by.scope, reading_id)
    if found.device != device_id:
        raise Missing("this reading is not there, or another device sent it")
    return found


@reading(Permission.RUN_SESSION)
def devices_page(*, by: Actor) -> DevicesPage:
    """Return the devices, and the readings that wait."""
    known = devices.list_devices(by.scope)
    return DevicesPage(
        sites=organisations.list_sites(by.scope),
        places=(places := organisations.list_places(by.scope)),
        devices=tuple(each for each in known if not each.is_closed),
        waiting=devices.waiting_readings(by.scope),
        sessions=_running(by, {place.id: place.name for place in places}),
        names={each.device: each.name for each in known},
    )


@reading(Permission.MANAGE_ACCOUNTS)
def list_devices(*, by: Actor) -> tuple[Device, ...]:
    """Return the devices of the actor's programmes, closed ones too."""
    return devices.list_devices(by.scope)


def sites_with_actors() -> tuple[tuple[Site, Actor], ...]:
    """Return every site of this installation with the actor of our own processes there."""
    found: list[tuple[Site, Actor]] = []
    for actor in system_actors():
        with scoped(actor.scope):
            found += [(site, actor) for site in organisations.list_sites(actor.scope)]
    return tuple(found)


@reading(None)
def _device_now(*, device_id: UUID, by: Actor) -> Device:
    return devices.find_device(by.scope, device_id)


def _running(by: Actor, places: Mapping[UUID, str]) -> tuple[RunningSession, ...]:
    found = alarms.summaries(by.scope)
    known = people.identities(by.scope, {each.person_id for each in found})
    return tuple(
        RunningSession(
            each.id,
            each.programme_id,
            places.get(each.place_id, "") if each.place_id else "",
            known.get(each.person_id, Identity()),
        )
        for each in found
    )
