"""The mg truly given: the integral of the rate over time, with pauses and changes, never above the order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from kairos.domain.sessions.events import (
    Event,
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    RateChanged,
)

_HOUR = timedelta(hours=1)
_MICROSECOND = timedelta(microseconds=1)
_PLACES = Decimal("0.001")

CONTROLS = (
    InfusionStarted,
    RateChanged,
    InfusionPaused,
    InfusionResumed,
    InfusionStopped,
    InfusionCompleted,
)


@dataclass(frozen=True, slots=True)
class Control:
    """From this moment the pump runs at this rate, in mg/h; nought is a pause or the end."""

    at: datetime
    mg_per_h: Decimal
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time at one rate. ``until`` is None while it runs on."""

    since: datetime
    until: datetime | None
    mg_per_h: Decimal


def control_of(event: Event, at: datetime) -> Control | None:
    """Return what an event does to the pump, or None where it does nothing."""
    match event:
        case InfusionStarted() | RateChanged() | InfusionResumed():
            return Control(at, event.rate_mg_per_h)
        case InfusionPaused():
            return Control(at, Decimal(0))
        case InfusionStopped() | InfusionCompleted():
            return Control(at, Decimal(0), is_end=True)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class InfusionLog:
    """All that was done to the pump, in the order in which it was true, under one ordered dose."""

    ordered_mg: Decimal
    controls: tuple[Control, ...] = ()

    @property
    def started_at(self) -> datetime | None:
        """When the first drop went in."""
        return self.controls[0].at if self.controls else None

    @property
    def ended_at(self) -> datetime | None:
        """When somebody ended it, by completing or stopping; None while it may still run."""
        return next((each.at for each in self.controls if each.is_end), None)

    def given_mg(self, at: datetime) -> Decimal:
        """Return the mg given by a moment, to the microgram; exact inside, never above the order."""
        total = min(self._integral(at), Fraction(self.ordered_mg))
        exact = Decimal(total.numerator) / Decimal(total.denominator)
        return exact.quantize(_PLACES)

    def runs_out_at(self) -> datetime | None:
        """Return when the ordered amount is in, if it was reached or the present rate will reach it."""
        left = Fraction(self.ordered_mg)
        for stretch in self.stretches():
            rate = Fraction(stretch.mg_per_h)
            if rate == 0:
                continue
            needed = timedelta(microseconds=-(-(left / rate * 3_600_000_000) // 1))
            if stretch.until is None or stretch.since + needed <= stretch.until:
                return stretch.since + needed
            left -= rate * _hours(stretch.until - stretch.since)
        return None

    def stretches(self) -> tuple[Stretch, ...]:
        """Return the stretches of equal rate from the first start to the end, pauses included."""
        ends: list[datetime | None] = [each.at for each in self.controls[1:]]
        found = []
        for control, until in zip(self.controls, [*ends, None], strict=False):
            if control.is_end:
                break
            found.append(Stretch(control.at, until, control.mg_per_h))
        return tuple(found)

    def _integral(self, at: datetime) -> Fraction:
        return sum(
            (
                Fraction(each.mg_per_h) * _hours(min(at, each.until or at) - each.since)
                for each in self.stretches()
                if each.since < at
            ),
            Fraction(0),
        )


def infusion_log(ordered_mg: Decimal, controls: Iterable[Control]) -> InfusionLog:
    """Return the log with its controls in the order in which they were true."""
    return InfusionLog(ordered_mg, tuple(sorted(controls, key=lambda each: each.at)))


def _hours(span: timedelta) -> Fraction:
    return Fraction(span // _MICROSECOND, _HOUR // _MICROSECOND)
