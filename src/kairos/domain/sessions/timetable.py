"""What is due next at the chair, when it is late, and when nobody looking becomes an alarm."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kairos.domain.protocols.dose_rules import TimedReading
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.events import (
    CheckedIn,
    DissociationRated,
    Event,
    SedationRated,
    VitalsRecorded,
)
from kairos.domain.sessions.medicines_given import effects_due
from kairos.domain.sessions.monitoring import Watch
from kairos.domain.sessions.phases import BEFORE_DOSE, DOSED, Phase
from kairos.domain.sessions.state import DosingSessionState
from kairos.vocab.verdict import Severity, Verdict

_PRESSURE_REPEATS = (
    "monitoring.blood_pressure_alert",
    "monitoring.blood_pressure_stop",
    "monitoring.blood_pressure_low",
    "monitoring.blood_pressure_emergency",
    "monitoring.blood_pressure_stays_high",
)
_OXYGEN_REPEATS = ("monitoring.oxygen_urgent", "monitoring.oxygen_emergency")
_HEART_REPEATS = (*_OXYGEN_REPEATS, "monitoring.heart_rate")
_EVENTS: dict[str, type[Event]] = {
    "vitals": VitalsRecorded,
    "sedation": SedationRated,
    "dissociation": DissociationRated,
    "check_in": CheckedIn,
}
"""What a row of a timetable asks for, and the event that answers it."""
_INFUSING = frozenset({"infusing", "paused"})
_EARLIER_TIMETABLE = (
    TimedReading("vitals", _INFUSING, "monitoring.interval_infusion"),
    TimedReading("vitals", frozenset({"observing"}), "monitoring.interval_after"),
    TimedReading("sedation", _INFUSING, "monitoring.interval_infusion"),
    TimedReading("sedation", frozenset({"observing"}), "monitoring.interval_after"),
    TimedReading("dissociation", _INFUSING | {"observing"}, "monitoring.interval_dissociation"),
)
"""The timetable of protocols that were written before a protocol stated its own: an infusion's."""
TIMED = tuple(_EVENTS)


class DueKind(StrEnum):
    """What is to be done."""

    BASELINE = "baseline"
    BASELINE_REPEAT = "baseline_repeat"
    VITALS = "vitals"
    PRESSURE_REPEAT = "pressure_repeat"
    OXYGEN_REPEAT = "oxygen_repeat"
    SEDATION = "sedation"
    DISSOCIATION = "dissociation"
    INFUSION_END = "infusion_end"
    NEXT_PORTION = "next_portion"
    MOUTH_END = "mouth_end"
    CHECK_IN = "check_in"
    MEDICINE_EFFECT = "medicine_effect"


CHECK_INS = frozenset({DueKind.CHECK_IN})
READINGS = frozenset(
    {
        DueKind.BASELINE,
        DueKind.BASELINE_REPEAT,
        DueKind.VITALS,
        DueKind.PRESSURE_REPEAT,
        DueKind.OXYGEN_REPEAT,
        DueKind.SEDATION,
        DueKind.DISSOCIATION,
    }
)
"""What somebody at the chair takes; its absence is an alarm of its own."""
UNSEEN = READINGS | CHECK_INS
"""Everything whose absence raises an alarm."""

_WEIGHT = {
    kind: weight
    for weight, kind in enumerate(
        (
            DueKind.OXYGEN_REPEAT,
            DueKind.PRESSURE_REPEAT,
            DueKind.BASELINE_REPEAT,
            DueKind.BASELINE,
            DueKind.CHECK_IN,
            DueKind.VITALS,
            DueKind.SEDATION,
            DueKind.DISSOCIATION,
            DueKind.MEDICINE_EFFECT,
            DueKind.MOUTH_END,
            DueKind.NEXT_PORTION,
            DueKind.INFUSION_END,
        )
    )
}
_REPEATED_FOR = {DueKind.OXYGEN_REPEAT: _HEART_REPEATS, DueKind.PRESSURE_REPEAT: _PRESSURE_REPEATS}


class DueState(StrEnum):
    """Whether it lies ahead, is due now, is late, or so late that others are told."""

    AHEAD = "ahead"
    DUE = "due"
    LATE = "late"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing due: what, when, from when it is late, and from when it raises an alarm."""

    kind: DueKind
    due_at: datetime
    late_at: datetime
    overdue_at: datetime

    def state(self, now: datetime) -> DueState:
        """Return how it stands at a moment."""
        if now < self.due_at:
            return DueState.AHEAD
        if now < self.late_at:
            return DueState.DUE
        return DueState.LATE if now < self.overdue_at else DueState.OVERDUE

    @property
    def text(self) -> str:
        """The id of the words for it."""
        return f"due.{self.kind}"


def next_due(
    state: DosingSessionState,
    watch: Watch,
    *,
    limits: LimitsInForce,
    repeat_due_at: datetime | None = None,
    protocol: TreatmentProtocol | None = None,
) -> tuple[Due, ...]:
    """Return everything due at the chair, the earliest first.

    Parameters
    ----------
    watch : Watch                what the rules say now; it decides what must be repeated sooner
    repeat_due_at : datetime     when the repeat of the baseline is due, from the same-day check
    protocol : protocol          whose timetable holds; an infusion's where it states none
    """
    if state.phase in BEFORE_DOSE:
        due = _before_dose(state, limits, repeat_due_at)
    elif state.phase in DOSED:
        rows = protocol.timetable if protocol is not None else ()
        due = _while_watched(state, watch, limits, rows or _EARLIER_TIMETABLE)
        due += _of_the_dose(state, limits, protocol)
    else:
        due = []
    if state.phase in BEFORE_DOSE | DOSED:
        due += [_due(DueKind.MEDICINE_EFFECT, at, limits) for at in effects_due(state)]
    return tuple(sorted(due, key=lambda each: (each.due_at, each.kind)))


def gravest_first(dues: tuple[Due, ...], watch: Watch, *, now: datetime) -> tuple[Due, ...]:
    """Return what is due with what can hurt first.

    What lies ahead comes in the order of time. Of things due at the same moment, or due already, the one
    whose silence can hurt most comes first. A repeat that an urgent or an emergency finding asks for
    leads whatever its time.
    """

    def rank(due: Due) -> tuple[bool, datetime, int, datetime]:
        return (not _leads(due, watch), max(due.due_at, now), _WEIGHT[due.kind], due.due_at)

    return tuple(sorted(dues, key=rank))


def most_overdue(dues: tuple[Due, ...], *, now: datetime, kinds: frozenset[DueKind] = READINGS) -> Due | None:
    """Return the first reading or rating that nobody took for so long that others are told, or None."""
    unseen = [each for each in dues if each.kind in kinds]
    return next((each for each in unseen if each.state(now) is DueState.OVERDUE), None)


def _leads(due: Due, watch: Watch) -> bool:
    rules = _REPEATED_FOR.get(due.kind, ())
    return any(
        each.verdict is Verdict.NOT_MET and each.severity is not Severity.CAUTION
        for each in watch.findings
        if each.rule in rules
    )


def _before_dose(
    state: DosingSessionState, limits: LimitsInForce, repeat_due_at: datetime | None
) -> list[Due]:
    if state.phase is Phase.NOT_TODAY or state.baseline is not None:
        return []
    if repeat_due_at is not None:
        return [_due(DueKind.BASELINE_REPEAT, repeat_due_at, limits)]
    if state.readings:
        stale_at = state.readings[-1].true_at + limits.span("predose.baseline_max_age")
        return [_due(DueKind.BASELINE, stale_at, limits)]
    return []


def _while_watched(
    state: DosingSessionState, watch: Watch, limits: LimitsInForce, rows: tuple[TimedReading, ...]
) -> list[Due]:
    started = state.dose.started_at
    if started is None:
        return []
    due = [_timed(row, state, started, limits) for row in rows if state.phase in row.phases]
    return due + _repeats(state, watch, limits)


def _timed(row: TimedReading, state: DosingSessionState, started: datetime, limits: LimitsInForce) -> Due:
    """Return when a row is due next: at the first of its times not yet answered, else one interval on.

    An answer shortly before its time counts for it; a later one counts for every time that has gone by.
    """
    last, early = _last(state, row.what, started), limits.span(row.early)
    times = (started + timedelta(minutes=minute) for minute in row.at_minutes)
    slot = next((at for at in times if last is None or at > last + early), None)
    due_at = slot if slot is not None else (last or started) + limits.span(row.every)
    return _due(DueKind(row.what), due_at, limits)


def _of_the_dose(
    state: DosingSessionState, limits: LimitsInForce, protocol: TreatmentProtocol | None
) -> list[Due]:
    """Return what is due of the dose itself: the end of the bag, the next device, an empty mouth."""
    portions, rules = state.dose.portions, protocol.dose if protocol is not None else None
    if state.phase is Phase.INFUSING:
        runs_out = state.infusion.runs_out_at()
        return [_due(DueKind.INFUSION_END, runs_out, limits)] if runs_out is not None else []
    if rules is None or not portions:
        return []
    if state.phase is Phase.DOSING and rules.gap:
        return [_due(DueKind.NEXT_PORTION, portions[-1].at + limits.span(rules.gap), limits)]
    if state.phase is Phase.HOLDING and rules.hold_least:
        return [_due(DueKind.MOUTH_END, portions[-1].at + limits.span(rules.hold_least), limits)]
    return []


def _repeats(state: DosingSessionState, watch: Watch, limits: LimitsInForce) -> list[Due]:
    found = []
    pressures = [each.true_at for each in state.readings if each.has_pressure]
    if pressures and _wants(watch, _PRESSURE_REPEATS):
        due_at = pressures[-1] + limits.span("monitoring.interval_alert")
        found.append(_due(DueKind.PRESSURE_REPEAT, due_at, limits))
    values = [
        each.true_at for each in state.readings if each.oxygen is not None or each.heart_rate is not None
    ]
    if values and _wants(watch, _HEART_REPEATS):
        due_at = values[-1] + limits.span("monitoring.interval_oxygen_repeat")
        found.append(_due(DueKind.OXYGEN_REPEAT, due_at, limits))
    return found


def _wants(watch: Watch, rules: tuple[str, ...]) -> bool:
    """Whether a rule fires, or has seen one reading of the two it needs."""
    return any(
        each.verdict is Verdict.NOT_MET or (each.verdict is Verdict.UNKNOWN and bool(each.facts))
        for each in watch.findings
        if each.rule in rules
    )


def _last(state: DosingSessionState, what: str, started: datetime) -> datetime | None:
    """Return when the newest answer since the first of the dose was true; a reading needs a pressure."""
    if what == "vitals":
        times = [each.true_at for each in state.readings if each.has_pressure]
    else:
        times = [seen.true_at for seen in state.seen(_EVENTS[what])]
    return max((at for at in times if at > started), default=None)


def _due(kind: DueKind, due_at: datetime, limits: LimitsInForce) -> Due:
    return Due(
        kind=kind,
        due_at=due_at,
        late_at=due_at + limits.span("monitoring.grace"),
        overdue_at=due_at + limits.span("monitoring.overdue"),
    )
