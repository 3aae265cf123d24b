"""What is due next at the chair, when it is late, and when nobody looking becomes an alarm."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.sessions.events import DissociationRated, SedationRated, VitalsRecorded
from kairos.domain.sessions.monitoring import Watch
from kairos.domain.sessions.phases import BEFORE_DOSE, Phase
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
_WATCHED = (Phase.INFUSING, Phase.PAUSED, Phase.OBSERVING)


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


_WEIGHT = {
    kind: weight
    for weight, kind in enumerate(
        (
            DueKind.OXYGEN_REPEAT,
            DueKind.PRESSURE_REPEAT,
            DueKind.BASELINE_REPEAT,
            DueKind.BASELINE,
            DueKind.VITALS,
            DueKind.SEDATION,
            DueKind.DISSOCIATION,
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
) -> tuple[Due, ...]:
    """Return everything due at the chair, the earliest first.

    Parameters
    ----------
    watch : Watch                what the rules say now; it decides what must be repeated sooner
    repeat_due_at : datetime     when the repeat of the baseline is due, from the same-day check
    """
    if state.phase in BEFORE_DOSE:
        due = _before_dose(state, limits, repeat_due_at)
    elif state.phase in _WATCHED:
        due = _while_watched(state, watch, limits)
    else:
        due = []
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


def most_overdue(dues: tuple[Due, ...], *, now: datetime) -> Due | None:
    """Return the first reading or rating that nobody took for so long that others are told, or None."""
    unseen = [each for each in dues if each.kind is not DueKind.INFUSION_END]
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


def _while_watched(state: DosingSessionState, watch: Watch, limits: LimitsInForce) -> list[Due]:
    started = state.infusion.started_at
    if started is None:
        return []
    interval = _interval(state, limits)
    due = [
        _due(DueKind.VITALS, _last_vitals(state, started) + interval, limits),
        _due(DueKind.SEDATION, _last(state, SedationRated, started) + interval, limits),
        _due(
            DueKind.DISSOCIATION,
            _last(state, DissociationRated, started) + limits.span("monitoring.interval_dissociation"),
            limits,
        ),
    ]
    runs_out = state.infusion.runs_out_at() if state.phase is Phase.INFUSING else None
    if runs_out is not None:
        due.append(_due(DueKind.INFUSION_END, runs_out, limits))
    return due + _repeats(state, watch, limits)


def _interval(state: DosingSessionState, limits: LimitsInForce) -> timedelta:
    is_running = state.phase in (Phase.INFUSING, Phase.PAUSED)
    return limits.span("monitoring.interval_infusion" if is_running else "monitoring.interval_after")


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


def _last_vitals(state: DosingSessionState, started: datetime) -> datetime:
    full = [each.true_at for each in state.readings if each.has_pressure]
    return max([started, *full])


def _last(
    state: DosingSessionState,
    kind: type[SedationRated] | type[DissociationRated] | type[VitalsRecorded],
    started: datetime,
) -> datetime:
    return max([started, *(seen.true_at for seen in state.seen(kind))])


def _due(kind: DueKind, due_at: datetime, limits: LimitsInForce) -> Due:
    return Due(
        kind=kind,
        due_at=due_at,
        late_at=due_at + limits.span("monitoring.grace"),
        overdue_at=due_at + limits.span("monitoring.overdue"),
    )
