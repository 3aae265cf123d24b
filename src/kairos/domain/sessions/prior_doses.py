"""One dose that was given, as the next order looks back at it: how much, and what it did in the session."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kairos.domain.protocols.readings import Reading
from kairos.domain.sessions.events import DissociationRated, DissociationScale
from kairos.domain.sessions.state import DosingSessionState

GRAVE = frozenset({"urgent", "emergency"})


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest rating of detachment from the dose on, on the scale it was rated by, and when."""

    scale: DissociationScale
    score: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PriorDose:
    """What was given, and the peaks. Pressures in mm[Hg]; what was not measured is None."""

    started_at: datetime
    protocol: str
    given_mg: Decimal
    ordered_mg: Decimal
    dissociation: Peak | None
    before: tuple[float | None, float | None]
    highest: tuple[float | None, float | None]
    had_alarm: bool
    ended_as: str

    @property
    def was_cut_short(self) -> bool:
        """Whether less was given than was ordered."""
        return self.given_mg < self.ordered_mg


def prior_dose(state: DosingSessionState) -> PriorDose | None:
    """Return the dose of a session; None where nothing was given."""
    began = state.dose.started_at
    if began is None or state.opened is None:
        return None
    seen_last = max((reading.true_at for reading in state.readings), default=began)
    ended = state.ended_at or state.dose.ended_at or seen_last
    since = [reading for reading in state.readings if reading.true_at >= began]
    raised = (alarm for alarm in state.alarms.values() if alarm.raised_at >= began)
    return PriorDose(
        started_at=began,
        protocol=state.opened.protocol,
        given_mg=state.dose.given_mg(ended),
        ordered_mg=state.dose.ordered_mg,
        dissociation=_peak(state, began),
        before=(state.baseline.systolic, state.baseline.diastolic) if state.baseline else (None, None),
        highest=(_highest(since, "systolic"), _highest(since, "diastolic")),
        had_alarm=any(alarm.raised.level in GRAVE for alarm in raised),
        ended_as=state.phase.value,
    )


def _peak(state: DosingSessionState, began: datetime) -> Peak | None:
    """Return the highest rating since the dose; on the fullest scale that was used."""
    rated = [
        Peak(seen.event.scale, seen.event.score, seen.true_at)
        for seen in state.seen(DissociationRated)
        if isinstance(seen.event, DissociationRated) and seen.true_at >= began
    ]
    fullest = max((peak.scale for peak in rated), key=_FULLER.index, default=None)
    return max((peak for peak in rated if peak.scale is fullest), key=lambda peak: peak.score, default=None)


_FULLER = (DissociationScale.NOUGHT_TO_TEN, DissociationScale.CADSS6, DissociationScale.CADSS)


def _highest(readings: list[Reading], component: str) -> float | None:
    values = [getattr(reading, component) for reading in readings]
    return max((value for value in values if value is not None), default=None)
