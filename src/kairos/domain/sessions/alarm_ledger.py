"""The life of each alarm, from its entries: raised, who was told, taken, acted on, escalated, closed.

Acted on means: while the alarm stood, somebody recorded a step that changes something for the person. The
dose was paused, slowed or stopped, or not begun; a medicine was given; emergency services took over; the
watch was taken. Where the alarm is about something missing, the missing reading or check-in is that step.
Looking again and changing nothing is not counted as acting.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kairos.domain.sessions.alarms import CHECK_IN_MISSED, OVERDUE
from kairos.domain.sessions.events import (
    AlarmClosed,
    AlarmEnd,
    AlarmEscalated,
    AlarmRaised,
    AlarmTaken,
    SessionEntry,
)
from kairos.domain.sessions.watch_rules import RULES as WATCH_RULES

_CHANGES = frozenset(
    {"infusion_paused", "infusion_stopped", "rate_changed", "dosing_stopped", "mouth_emptied"}
    | {"medicine_given", "transferred", "cancelled", "go_decided_hold", "go_decided_stop"}
)
_READINGS = frozenset({"vitals_recorded", "sedation_rated", "dissociation_rated"})
_MISSING = {
    OVERDUE: _READINGS,
    CHECK_IN_MISSED: frozenset({"checked_in"}),
    **dict.fromkeys(WATCH_RULES, frozenset({"handed_over", "watch_found"})),
}


class AlarmMoment(StrEnum):
    """What can happen in the life of an alarm."""

    RAISED = "raised"
    TOLD = "told"
    TAKEN = "taken"
    ACTED_ON = "acted_on"
    ESCALATED = "escalated"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One moment: what, when, by whom; ``to`` the role that was told; ``act`` the step that was recorded."""

    moment: AlarmMoment
    at: datetime
    by: UUID
    seq: int
    to: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class AlarmLife:
    """One alarm with all that became of it. ``end`` is None while it stands."""

    raised: AlarmRaised
    steps: tuple[LifeStep, ...]
    end: AlarmEnd | None

    def has(self, moment: AlarmMoment) -> bool:
        """Whether a moment is in its life."""
        return any(step.moment is moment for step in self.steps)

    @property
    def is_acted_on(self) -> bool:
        """Whether somebody changed something for the person while it stood."""
        return self.has(AlarmMoment.ACTED_ON)


def alarm_lives(entries: Iterable[SessionEntry]) -> tuple[AlarmLife, ...]:
    """Return the life of every alarm of a session, in the order they were raised."""
    ordered = sorted(entries, key=lambda entry: entry.seq)
    return tuple(_life(entry.event, ordered) for entry in ordered if isinstance(entry.event, AlarmRaised))


def _life(raised: AlarmRaised, entries: Sequence[SessionEntry]) -> AlarmLife:
    own = tuple(_steps(raised, entries))
    closed = next((e.event for e in entries if _is_of(e, AlarmClosed, raised)), None)
    return AlarmLife(raised, own, closed.end if isinstance(closed, AlarmClosed) else None)


def _steps(raised: AlarmRaised, entries: Sequence[SessionEntry]) -> Iterator[LifeStep]:
    """Yield the moments between raising and closing, both among them."""
    stands = False
    for entry in entries:
        stands = stands or entry.event is raised
        if not stands:
            continue
        yield from _moments(raised, entry)
        if _is_of(entry, AlarmClosed, raised):
            return


def _moments(raised: AlarmRaised, entry: SessionEntry) -> Iterator[LifeStep]:
    event, place = entry.event, (entry.recorded_at, entry.by, entry.seq)
    if event is raised:
        yield LifeStep(AlarmMoment.RAISED, *place)
        yield LifeStep(AlarmMoment.TOLD, *place, to=raised.call[0])
    elif _is_of(entry, AlarmTaken, raised):
        yield LifeStep(AlarmMoment.TAKEN, *place)
    elif isinstance(event, AlarmEscalated) and event.alarm_id == raised.alarm_id:
        yield LifeStep(AlarmMoment.ESCALATED, *place, to=event.to)
        yield LifeStep(AlarmMoment.TOLD, *place, to=event.to)
    elif _is_of(entry, AlarmClosed, raised):
        yield LifeStep(AlarmMoment.CLOSED, *place)
    elif event.act in _CHANGES | _MISSING.get(raised.rule, frozenset()):
        yield LifeStep(AlarmMoment.ACTED_ON, *place, act=event.act)


def _is_of(entry: SessionEntry, kind: type[AlarmTaken | AlarmClosed], raised: AlarmRaised) -> bool:
    return isinstance(entry.event, kind) and entry.event.alarm_id == raised.alarm_id
