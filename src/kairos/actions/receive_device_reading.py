"""Take in what a device sent: to the session at its chair, or into the tray of readings that wait."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.device_trays import lay_reading, sessions_at
from kairos.domain.protocols.device_readings import READ_AS, in_our_time, key_of, session_for
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.readings import Reading, check_reading
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import devices
from kairos.store.repositories.devices import Device, KeptReading, ReadingEnd
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor


@dataclass(frozen=True, slots=True)
class Received:
    """The reading's id, the session it was laid into (None: it waits), and whether it came before."""

    reading_id: UUID
    session_id: UUID | None
    is_repeat: bool = False


@command("receive_device_reading", None)
def receive_device_reading(
    *,
    device_id: UUID,
    reading: Reading,
    sent_at: datetime | None,
    identifier: str,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Received, AuditNote]:
    """Keep a reading once, and lay it before whoever sits with the person, if it can only be theirs.

    Parameters
    ----------
    reading : Reading               ``true_at`` by the device's clock
    sent_at : datetime or None      what the device's clock showed when it sent
    identifier : str                what the device calls the reading; empty where it does not

    Raises
    ------
    Missing         no such device
    NotAllowed      the device is closed
    InvalidInput    an impossible value, a time in the future, or the identifier of another reading
    """
    device = _open_device(device_id, by)
    note = AuditNote(f"device:{device_id}", programme_id=device.programme_id, why="waits")
    devices.hold_device(device_id)
    key = key_of(device_id, reading)
    known = devices.reading_of_key(by.scope, key) or _named(device, identifier, by)
    if known is not None:
        _check_same(known, key)
        end = devices.end_of(by.scope, known.id)
        return Received(known.id, end.session if end else None, is_repeat=True), note
    kept = _checked(device, reading, sent_at, identifier, by, now)
    devices.add_reading(by.scope, kept)
    session_id = _lay(kept, device, by, now)
    if session_id is None:
        notify.changed(programme_id=device.programme_id, topic="devices", subject=kept.id)
        return Received(kept.id, None), note
    return Received(kept.id, session_id), AuditNote(
        f"session:{session_id}", programme_id=device.programme_id, why="reading_offered"
    )


def _open_device(device_id: UUID, by: Actor) -> Device:
    device = devices.find_device(by.scope, device_id)
    if device.is_closed:
        raise NotAllowed("this device was closed; ask the programme's administrator")
    return device


def _named(device: Device, identifier: str, by: Actor) -> KeptReading | None:
    return devices.reading_of_identifier(by.scope, device.device, identifier) if identifier else None


def _check_same(known: KeptReading, key: UUID) -> None:
    if known.key != key:
        said = "was used for another reading of this device; send each reading under a name of its own"
        raise InvalidInput(Problem("identifier", said))


def _checked(
    device: Device, reading: Reading, sent_at: datetime | None, identifier: str, by: Actor, now: datetime
) -> KeptReading:
    limits = LimitsInForce(content_of(by.scope, device.programme_id).parameters, now.date())
    tolerance = limits.span("monitoring.future_tolerance")
    time = in_our_time(reading.true_at, sent_at=sent_at, received_at=now, tolerance=tolerance)
    ours = _at(reading, time.true_at)
    check_reading(ours, now=now, limits=limits)
    return KeptReading(
        id=new_id(),
        programme_id=device.programme_id,
        device=device.device,
        site_id=device.site_id,
        place_id=device.place_id,
        key=key_of(device.device, reading),
        identifier=identifier,
        values={name: value for name in READ_AS.values() if (value := getattr(reading, name)) is not None},
        device_at=reading.true_at,
        true_at=time.true_at,
        ahead_s=time.ahead_s,
    )


def _at(reading: Reading, true_at: datetime) -> Reading:
    return Reading("", true_at, **{name: getattr(reading, name) for name in READ_AS.values()})


def _lay(kept: KeptReading, device: Device, by: Actor, now: datetime) -> UUID | None:
    there = sessions_at(by.scope, device.place_id)
    found = session_for(kept.true_at, put_there_at=device.put_at, sessions=there)
    if found is None or found.until is not None:
        return None
    lay_reading(found.session_id, kept, device, by=by)
    end = ReadingEnd(new_id(), kept.programme_id, kept.id, by.id, now, found.session_id)
    devices.end_reading(by.scope, end)
    return found.session_id
