"""Devices, their readings, and the tray of readings that belong to nobody yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from kairos.store.records.devices import Device as DeviceRecord
from kairos.store.records.devices import DeviceReading as ReadingRecord
from kairos.store.records.devices import DeviceReadingEnd as EndRecord
from kairos.store.records.organisations import Programme as ProgrammeRecord
from kairos.store.repositories.rows import to_columns, to_value, to_values
from kairos.store.scope import as_device, check_within, the_only, within
from kairos.vocab.errors import Missing
from kairos.vocab.people import Scope

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Device:
    """A device of a site. ``sender`` is its name in HL7 v2; without a key it is closed."""

    id: UUID
    programme_id: UUID
    device: UUID
    site_id: UUID
    name: str
    key_digest: str
    put_at: datetime
    by: UUID
    place_id: UUID | None = None
    sender: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it is taken any more."""
        return not self.key_digest


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A reading as it was sent: ``device_at`` by the device's clock, which was ``ahead_s`` seconds fast."""

    id: UUID
    programme_id: UUID
    device: UUID
    site_id: UUID
    place_id: UUID | None
    key: UUID
    identifier: str
    values: Mapping[str, float]
    device_at: datetime
    true_at: datetime
    ahead_s: float | None


@dataclass(frozen=True, slots=True)
class ReadingEnd:
    """What became of a reading: the session it was laid into, or why it was set aside."""

    id: UUID
    programme_id: UUID
    reading_id: UUID
    by: UUID
    true_at: datetime
    session: UUID | None = None
    reason: str = ""


def add_device(scope: Scope, device: Device) -> None:
    """Keep a device, a new key of it, a new place, or its end."""
    check_within(scope, device.programme_id, scope.patient_id)
    DeviceRecord.objects.create(**to_columns(device))


def find_device(scope: Scope, device: UUID) -> Device:
    """Return a device as it stands.

    Raises
    ------
    Missing
    """
    rows = within(DeviceRecord.objects.filter(device=device), scope).order_by("-recorded_at", "-id")
    return to_value(Device, the_only(rows, "this device"))


def list_devices(scope: Scope) -> tuple[Device, ...]:
    """Return the devices of the scope as they stand, by name."""
    rows = within(DeviceRecord.objects.all(), scope).order_by("device", "-recorded_at", "-id")
    newest = to_values(Device, rows.distinct("device"))
    return tuple(sorted(newest, key=lambda each: (each.name, each.device)))


def device_of_key(key_digest: str) -> tuple[Device, Scope]:
    """Return the device of a key, before any scope is known, and the scope it sends into.

    Raises
    ------
    Missing    no device has this key, or it had it before
    """
    with as_device(key_digest):
        row = DeviceRecord.objects.filter(key_digest=key_digest).order_by("-recorded_at").first()
        if row is None:
            raise Missing("no device has this key; register it, or give it a new key")
        organisation = ProgrammeRecord.objects.values_list("organisation_id", flat=True)
        scope = Scope(organisation.get(id=row.programme_id), frozenset({row.programme_id}))
        return to_value(Device, row), scope


def hold_device(device: UUID) -> None:
    """Let one reading of a device at a time come in, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"device/{device}"])


def add_reading(scope: Scope, reading: KeptReading) -> None:
    """Keep a reading."""
    check_within(scope, reading.programme_id, scope.patient_id)
    ReadingRecord.objects.create(**to_columns(reading) | {"values": dict(reading.values)})


def find_reading(scope: Scope, reading_id: UUID) -> KeptReading:
    """Return one reading.

    Raises
    ------
    Missing
    """
    rows = within(ReadingRecord.objects.filter(id=reading_id), scope)
    return to_value(KeptReading, the_only(rows, "this reading"))


def reading_of_key(scope: Scope, key: UUID) -> KeptReading | None:
    """Return the reading of a key, if it came before."""
    row = within(ReadingRecord.objects.filter(key=key), scope).first()
    return to_value(KeptReading, row) if row else None


def reading_of_identifier(scope: Scope, device: UUID, identifier: str) -> KeptReading | None:
    """Return the reading that a device sent under an identifier, if it came before."""
    row = within(ReadingRecord.objects.filter(device=device, identifier=identifier), scope).first()
    return to_value(KeptReading, row) if row else None


def waiting_readings(scope: Scope) -> tuple[KeptReading, ...]:
    """Return the readings that nobody has given to a session or set aside, newest first."""
    rows = within(ReadingRecord.objects.filter(end__isnull=True), scope).order_by("-true_at", "-id")
    return to_values(KeptReading, rows[:MOST_SHOWN])


def end_of(scope: Scope, reading_id: UUID) -> ReadingEnd | None:
    """Return what became of a reading; None while it waits."""
    row = within(EndRecord.objects.filter(reading_id=reading_id), scope).first()
    return to_value(ReadingEnd, row) if row else None


def end_reading(scope: Scope, end: ReadingEnd) -> None:
    """Keep what became of a reading."""
    check_within(scope, end.programme_id, scope.patient_id)
    EndRecord.objects.create(**to_columns(end))
