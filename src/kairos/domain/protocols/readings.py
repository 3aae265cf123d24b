"""One taking of vital signs, as rules read it; every component may be missing and is judged alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.quantities import MMHG, PER_MINUTE, PERCENT

_RANGES = (
    ("systolic", MMHG),
    ("diastolic", MMHG),
    ("heart_rate", PER_MINUTE),
    ("oxygen", PERCENT),
    ("breathing", PER_MINUTE),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Vital signs at one moment: mmHg, beats a minute, % on room air, breaths a minute.

    ``id`` leads back to the entry. ``oxygen_low_s`` and ``heart_rate_high_s`` say, in seconds, how
    long the monitor showed the value, where somebody knows.
    """

    id: str
    true_at: datetime
    systolic: float | None = None
    diastolic: float | None = None
    heart_rate: float | None = None
    oxygen: float | None = None
    breathing: float | None = None
    oxygen_low_s: float | None = None
    heart_rate_high_s: float | None = None

    @property
    def has_pressure(self) -> bool:
        """Whether either pressure was taken."""
        return self.systolic is not None or self.diastolic is not None

    @property
    def has_both_pressures(self) -> bool:
        """Whether both pressures were taken; a baseline and a repeat need both."""
        return self.systolic is not None and self.diastolic is not None


def in_time(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return readings by when they were true; those of one moment stay in the order given."""
    return tuple(sorted(readings, key=lambda reading: reading.true_at))


def check_reading(reading: Reading, *, now: datetime, limits: LimitsInForce) -> Reading:
    """Return a reading that a living person can have, or refuse it with the range.

    An alarming value is never refused here: it is saved first and questioned after.

    Raises
    ------
    InvalidInput    nothing measured, out of range, pressures swapped, or from the future
    """
    problems = (
        *_range_problems(reading, limits),
        *_pair_problems(reading),
        *_time_problems(reading, now, limits),
    )
    if problems:
        raise InvalidInput(*problems)
    return reading


def _range_problems(reading: Reading, limits: LimitsInForce) -> tuple[Problem, ...]:
    problems, measured = [], 0
    for name, unit in _RANGES:
        value = getattr(reading, name)
        if value is None:
            continue
        measured += 1
        least = limits.quantity(f"monitoring.{name}_least")
        most = limits.quantity(f"monitoring.{name}_most")
        if not least.value_in(unit) <= value <= most.value_in(unit):
            asked = f"must be {least.value:g} to {most}; look at the monitor again"
            problems.append(Problem(name, asked))
    if measured == 0:
        problems.append(Problem("", "a reading needs at least one value; enter what the monitor shows"))
    return tuple(problems)


def _pair_problems(reading: Reading) -> tuple[Problem, ...]:
    if reading.systolic is None or reading.diastolic is None or reading.systolic > reading.diastolic:
        return ()
    said = f"must exceed diastolic, in {MMHG}; check whether the two numbers were swapped"
    return (Problem("systolic", said),)


def _time_problems(reading: Reading, now: datetime, limits: LimitsInForce) -> tuple[Problem, ...]:
    tolerance = limits.span("monitoring.future_tolerance")
    if reading.true_at <= now + tolerance:
        return ()
    minutes = tolerance.total_seconds() / 60
    return (Problem("true_at", f"lies more than {minutes:g} min ahead of now; set the device's clock"),)
