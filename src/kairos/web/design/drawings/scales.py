"""Scales: from instants and values to places in a drawing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from math import ceil, floor

_STEPS_MINUTES = (5, 10, 15, 30, 60, 120, 240, 720, 1440)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A level axis of time. Instants outside are drawn at its edge, never beyond the frame."""

    starts: datetime
    ends: datetime
    left: float
    right: float

    def x(self, at: datetime) -> float:
        """Return the place of an instant."""
        span = (self.ends - self.starts).total_seconds() or 1.0
        share = (at - self.starts).total_seconds() / span
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self, *, room: float) -> tuple[datetime, ...]:
        """Return round instants that stand at least ``room`` apart."""
        minutes = (self.ends - self.starts).total_seconds() / 60 or 1.0
        per_minute = (self.right - self.left) / minutes
        step = next((s for s in _STEPS_MINUTES if s * per_minute >= room), _STEPS_MINUTES[-1]) * 60
        first = ceil(self.starts.timestamp() / step) * step
        count = max(0, floor((self.ends.timestamp() - first) / step)) + 1
        instants = (datetime.fromtimestamp(first + n * step, tz=UTC) for n in range(count))
        return tuple(at for at in instants if self.starts <= at <= self.ends)


@dataclass(frozen=True, slots=True)
class ValueScale:
    """An upright axis of values; the largest is at the top."""

    lowest: float
    highest: float
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """Return the place of a value, held inside the frame."""
        span = (self.highest - self.lowest) or 1.0
        share = (min(max(value, self.lowest), self.highest) - self.lowest) / span
        return self.bottom - share * (self.bottom - self.top)

    def grid(self, step: float) -> tuple[float, ...]:
        """Return the round values of the axis."""
        first = ceil(self.lowest / step)
        return tuple(n * step for n in range(first, floor(self.highest / step) + 1))


def covering(values: Iterable[float], *, step: float, room: float) -> tuple[float, float]:
    """Return round ends that hold all values with some room; an axis around nought where there are none."""
    known = list(values) or [0.0]
    return floor((min(known) - room) / step) * step, ceil((max(known) + room) / step) * step


def clock(at: datetime, zone: tzinfo) -> str:
    """Return the time of day in the place's own zone."""
    return at.astimezone(zone).strftime("%H:%M")


def spanning(instants: Iterable[datetime], *, at_least: timedelta) -> tuple[datetime, datetime]:
    """Return first and last of some instants, at least so far apart."""
    known = sorted(instants)
    return known[0], max(known[-1], known[0] + at_least)
