"""Readings that a device sends: which are the same one, when they were true, and to whom they may go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from kairos.domain.protocols.readings import Reading

READ_AS: Mapping[str, str] = {
    "systolic_bp": "systolic",
    "diastolic_bp": "diastolic",
    "heart_rate": "heart_rate",
    "oxygen_saturation": "oxygen",
    "respiratory_rate": "breathing",
}
"""What each measured concept of the content is called in a reading."""

_COMPONENTS = tuple(READ_AS.values())


class AsideReason(StrEnum):
    """Why a reading that waited is nobody's."""

    NOBODY_THERE = "nobody_there"
    OTHER_PERSON = "other_person"
    TEST = "test"
    DISTURBED = "disturbed"


@dataclass(frozen=True, slots=True)
class DeviceTime:
    """When a reading was true by our clock, and how far the device's clock was ahead of it, in seconds.

    ``ahead_s`` is None where the device did not say what time it had when it sent.
    """

    true_at: datetime
    ahead_s: float | None


@dataclass(frozen=True, slots=True)
class Occupancy:
    """A session at a place: since when it was open, and until when; None while it runs."""

    session_id: UUID
    since: datetime
    until: datetime | None = None


def key_of(device: UUID, reading: Reading) -> UUID:
    """Return the key of a reading: of one device, one moment by its own clock, and the same values.

    A monitor that shows its last cuff reading again every second sends one key every second.
    """
    values = [f"{name}={getattr(reading, name):g}" for name in _COMPONENTS if _has(reading, name)]
    return uuid5(device, " ".join((reading.true_at.astimezone(UTC).isoformat(), *values)))


def counted_once(device: UUID, readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return the readings of a device without repeats, each where it came first."""
    return tuple({key_of(device, each): each for each in reversed(tuple(readings))}.values())[::-1]


def joined(earlier: Reading, later: Reading) -> Reading | None:
    """Return two readings of one device and moment as one; None where the moments or a value differ.

    Many monitors send pressure, heart rate and saturation one by one.
    """
    if earlier.true_at != later.true_at:
        return None
    both = [name for name in _COMPONENTS if _has(earlier, name) and _has(later, name)]
    if any(getattr(earlier, name) != getattr(later, name) for name in both):
        return None
    return replace(later, **{name: getattr(earlier, name) for name in _COMPONENTS if _has(earlier, name)})


def in_our_time(
    taken_at: datetime, *, sent_at: datetime | None, received_at: datetime, tolerance: timedelta
) -> DeviceTime:
    """Return when a reading was true by our clock.

    A clock that is wrong by more than the tolerance is corrected by what it said when it sent; a smaller
    difference is only noted, for it may be the way here.

    Parameters
    ----------
    taken_at : datetime             by the device's clock
    sent_at : datetime or None      what the device's clock showed when it sent
    received_at : datetime          by our clock
    """
    if sent_at is None:
        return DeviceTime(taken_at, None)
    ahead = sent_at - received_at
    true_at = taken_at - ahead if abs(ahead) > tolerance else taken_at
    return DeviceTime(true_at, ahead.total_seconds())


def session_for(
    true_at: datetime, *, put_there_at: datetime, sessions: Iterable[Occupancy]
) -> Occupancy | None:
    """Return the one session at the device's place that a reading can belong to; None where it must wait.

    What was taken before the device stood there, before the session was opened or after it ended belongs
    to nobody yet: a person says whose it is.
    """
    if true_at < put_there_at:
        return None
    fitting = [
        each for each in sessions if each.since <= true_at and (each.until is None or true_at <= each.until)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _has(reading: Reading, name: str) -> bool:
    return getattr(reading, name) is not None
