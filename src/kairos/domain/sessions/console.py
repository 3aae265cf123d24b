"""The console's values: last readings, what is due, what to do now, the lanes of the drawing, the gates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from kairos.domain.protocols.readings import Reading
from kairos.domain.protocols.treatment_protocol import CardStep
from kairos.domain.sessions.alarms import Alarm
from kairos.domain.sessions.dose_log import Portion
from kairos.domain.sessions.events import (
    CheckedIn,
    DissociationRated,
    DosingStopped,
    MedicineGiven,
    MouthEmptied,
    NoteAdded,
    PortionGiven,
    SedationRated,
    SessionEntry,
    SymptomNoted,
)
from kairos.domain.sessions.gates import Gate, gate
from kairos.domain.sessions.infusion import CONTROLS
from kairos.domain.sessions.picture import Picture
from kairos.domain.sessions.timetable import Due
from kairos.vocab.quantities import MMHG, PER_MINUTE, PERCENT, Quantity

SHOWN_GATES = ("infusion_started", "infusion_paused", "infusion_resumed", "infusion_stopped", "released")
_COMPONENTS = (
    ("systolic", MMHG),
    ("diastolic", MMHG),
    ("heart_rate", PER_MINUTE),
    ("oxygen", PERCENT),
    ("breathing", PER_MINUTE),
)
_LINES = (
    ("systolic", "monitoring.systolic_stop"),
    ("systolic", "monitoring.systolic_alert"),
    ("diastolic", "monitoring.diastolic_stop"),
    ("diastolic", "monitoring.diastolic_alert"),
    ("heart_rate", "monitoring.heart_rate_high"),
    ("oxygen", "monitoring.oxygen_urgent"),
)
_DOTS = (
    *(SymptomNoted, MedicineGiven, NoteAdded, PortionGiven, MouthEmptied, DosingStopped, CheckedIn),
    *CONTROLS,
)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class LastValue:
    """The newest value of one component, how old it is, and how far it stands from the baseline in %."""

    component: str
    value: Quantity
    taken_at: datetime
    age: timedelta
    baseline: Quantity | None
    change_percent: int | None


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of a card and, where an entry since the alarm fulfils it, which and when."""

    step: CardStep
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class DoNow:
    """A card on the console: the alarm it belongs to and its steps."""

    alarm: Alarm
    steps: tuple[StepShown, ...]


@dataclass(frozen=True, slots=True)
class InfusionBar:
    """One bar of the infusion lane. ``mg`` is what it gave; a bar at nought is a pause."""

    since: datetime
    until: datetime
    mg_per_h: Decimal
    mg: Decimal


@dataclass(frozen=True, slots=True)
class InfusionLane:
    """The infusion: bars given, total given and not given, and until when it would run."""

    bars: tuple[InfusionBar, ...]
    ordered_mg: Decimal
    given_mg: Decimal
    not_given_mg: Decimal
    runs_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit drawn across a lane; ``parameter`` leads to its words and its source."""

    component: str
    parameter: str
    at: Quantity


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark on the events lane: the entry's type and place."""

    at: datetime
    type: str
    ref: str


@dataclass(frozen=True, slots=True)
class Score:
    """A rating on its lane."""

    at: datetime
    lane: str
    score: int


@dataclass(frozen=True, slots=True)
class Console:
    """Everything that the console draws, as values; words come from content, shapes from the page."""

    last: tuple[LastValue, ...]
    next: Due | None
    dues: tuple[Due, ...]
    do_now: tuple[DoNow, ...]
    infusion: InfusionLane
    readings: tuple[Reading, ...]
    scores: tuple[Score, ...]
    dots: tuple[Dot, ...]
    limits: tuple[LimitLine, ...]
    gates: tuple[Gate, ...]
    fall_risk: bool
    portions: tuple[Portion, ...] = ()
    portions_ordered: int = 0


def console(picture: Picture, entries: Sequence[SessionEntry]) -> Console:
    """Return the console of a session at the picture's moment.

    Parameters
    ----------
    entries : the stream      for the ticks on cards and the dots on the events lane
    """
    dues = picture.dues
    return Console(
        last=last_values(picture),
        next=dues[0] if dues else None,
        dues=dues,
        do_now=tuple(do_now(alarm, entries) for alarm in picture.alarms),
        infusion=infusion_lane(picture),
        readings=picture.state.readings,
        scores=scores(picture),
        dots=tuple(
            Dot(each.true_at, each.event.type, each.ref) for each in entries if isinstance(each.event, _DOTS)
        ),
        limits=tuple(LimitLine(name, each, picture.limits.quantity(each)) for name, each in _LINES),
        gates=tuple(gate(picture, act) for act in SHOWN_GATES),
        fall_risk=is_at_risk_of_falling(picture),
        portions=picture.state.dose.portions,
        portions_ordered=len(picture.state.order.portions) if picture.state.order is not None else 0,
    )


def last_values(picture: Picture) -> tuple[LastValue, ...]:
    """Return the newest value of each component that was ever taken, in the order of the console."""
    found = []
    for component, unit in _COMPONENTS:
        taken = [each for each in picture.state.readings if getattr(each, component) is not None]
        if taken:
            found.append(_last(taken[-1], component, unit, picture))
    return tuple(found)


def do_now(alarm: Alarm, entries: Sequence[SessionEntry]) -> DoNow:
    """Return the alarm's card, each step ticked by the first entry since the alarm that fulfils it."""
    since = [each for each in entries if each.true_at >= alarm.raised_at]
    return DoNow(alarm, tuple(_step(step, since) for step in alarm.card.steps))


def infusion_lane(picture: Picture) -> InfusionLane:
    """Return what was given until now, bar by bar, and what was not."""
    log = picture.state.infusion
    given = log.given_mg(picture.now)
    runs_out = log.runs_out_at()
    bars = []
    for stretch in log.stretches():
        until = min(each for each in (stretch.until, runs_out, picture.now) if each is not None)
        if until > stretch.since:
            mg = log.given_mg(until) - log.given_mg(stretch.since)
            bars.append(InfusionBar(stretch.since, until, stretch.mg_per_h, mg))
    return InfusionLane(tuple(bars), log.ordered_mg, given, log.ordered_mg - given, runs_out)


def scores(picture: Picture) -> tuple[Score, ...]:
    """Return the ratings of sedation and detachment for their lanes."""
    found = []
    for each in picture.state.observed:
        if isinstance(each.event, SedationRated):
            found.append(Score(each.true_at, "moaas", each.event.score))
        elif isinstance(each.event, DissociationRated):
            found.append(Score(each.true_at, each.event.scale.value, each.event.score))
    return tuple(found)


def is_at_risk_of_falling(picture: Picture) -> bool:
    """Whether the console reminds to escort: from the first drop until the person walks steadily."""
    if picture.state.dose.started_at is None or picture.state.is_over:
        return False
    return all(each.rule != "release.mobility" or not each.is_cleared for each in picture.readiness.criteria)


def _last(reading: Reading, component: str, unit: str, picture: Picture) -> LastValue:
    value: float = getattr(reading, component)
    baseline = picture.state.baseline
    before: float | None = getattr(baseline, component) if baseline is not None else None
    return LastValue(
        component=component,
        value=Quantity(value, unit),
        taken_at=reading.true_at,
        age=picture.now - reading.true_at,
        baseline=Quantity(before, unit) if before is not None else None,
        change_percent=_change(value, before),
    )


def _change(value: float, before: float | None) -> int | None:
    if not before:
        return None
    share = (Decimal(str(value)) - Decimal(str(before))) * _HUNDRED / Decimal(str(before))
    return int(share.to_integral_value())


def _step(step: CardStep, since: Sequence[SessionEntry]) -> StepShown:
    done = next((each for each in since if each.event.type in step.done_by), None)
    if done is None:
        return StepShown(step, None, "")
    return StepShown(step, done.true_at, str(done.by))
