"""What a session drawing is made of: plain values that a screen fills from the session's state."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum


class LimitLevel(StrEnum):
    """Which line a limit is drawn with; also its class in the style sheet."""

    STOP = "limit"
    CHECK = "limit2"


@dataclass(frozen=True, slots=True)
class InfusionSpan:
    """A part of the infusion lane: solid where it was given, dashed where it was not.

    ``short`` stands where the words do not fit ("26.4 mg").
    """

    starts: datetime
    ends: datetime
    words: str
    is_given: bool = True
    short: str = ""


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """Something that happened, in the words it was recorded with."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class SessionReading:
    """One reading. What was not measured is None and is drawn nowhere.

    ``systolic_mmhg`` and ``diastolic_mmhg`` in mm[Hg], ``pulse_per_min`` in /min, ``oxygen_percent``
    in %, ``awake`` on the MOAA/S scale. ``by`` says who entered it and from where.
    """

    at: datetime
    systolic_mmhg: float | None = None
    diastolic_mmhg: float | None = None
    pulse_per_min: float | None = None
    oxygen_percent: float | None = None
    awake: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in force, with its meaning in words ("Systolic 180: stop")."""

    value: float
    words: str
    level: LimitLevel


@dataclass(frozen=True, slots=True)
class NextReading:
    """The next thing due: its words ("Next 10:44") and what follows ("then every 5 minutes")."""

    at: datetime
    words: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedBand:
    """What published models expect in the blood: hatched behind the readings, never a value to act on.

    ``low_ng_ml`` and ``high_ng_ml`` are ng/mL at each instant of ``at``. ``words`` name the band, ``mark``
    says that nothing of it was measured.
    """

    at: tuple[datetime, ...]
    low_ng_ml: tuple[float, ...]
    high_ng_ml: tuple[float, ...]
    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class SessionWords:
    """The words of the drawing itself. A screen hands them in translated; these are the English ones."""

    infusion: str = "Infusion"
    events: str = "Events"
    blood_pressure: tuple[str, str] = ("Blood", "pressure")
    blood_pressure_unit: str = "mmHg"
    pulse: str = "Pulse"
    pulse_unit: str = "a minute"
    oxygen: str = "Oxygen"
    oxygen_unit: str = "%"
    awake: str = "Awake"
    awake_note: str = "MOAA/S, 5 is fully awake"
    now: str = "Now {time}"
    title: str = "Session timeline, {starts} to {ends}"
    story_first: str = "Blood pressure {first} at {at}."
    story_course: str = (
        "Blood pressure went from {first} at {first_at} to {last} at {last_at}; highest systolic {peak}."
    )
    story_none: str = "No blood pressure has been recorded."
    story_table: str = "The table below holds every reading."
    not_measured: str = "not measured"
    baseline: str = "baseline"


@dataclass(frozen=True, slots=True)
class SessionDrawing:
    """Everything a session drawing shows.

    ``starts`` and ``ends`` are the least the axis spans; what lies outside widens it. ``now`` is None
    for a session that is over. ``stop_zone_from_mmhg`` tints from this systolic value upwards.
    ``name`` makes the ids unique where a page has several drawings.
    """

    zone: tzinfo
    starts: datetime
    ends: datetime
    now: datetime | None = None
    infusion: tuple[InfusionSpan, ...] = ()
    events: tuple[SessionEvent, ...] = ()
    readings: tuple[SessionReading, ...] = ()
    pressure_limits: tuple[Limit, ...] = ()
    pulse_limits: tuple[Limit, ...] = ()
    oxygen_limits: tuple[Limit, ...] = ()
    stop_zone_from_mmhg: float | None = None
    next_reading: NextReading | None = None
    expected: ExpectedBand | None = None
    story: str = ""
    words: SessionWords = field(default_factory=SessionWords)
    name: str = "session"
