"""Symptoms as they went: from when to when each was there, how strong, and what came of it.

One episode begins where a symptom is noted and was not there before, and ends where it is noted as gone or as
absent. Nobody saying that it is gone leaves it open: its length is then known only until the last look.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from kairos.domain.sessions.events import SymptomGrade, SymptomNoted, SymptomState
from kairos.domain.sessions.state import DosingSessionState, Seen

_WEIGHT: Mapping[SymptomGrade | None, int] = {None: 0, **{each: n for n, each in enumerate(SymptomGrade, 1)}}


@dataclass(frozen=True, slots=True)
class SymptomEpisode:
    """One symptom from its first note to its end. ``until`` is None while nobody has said that it is gone.

    ``grade`` is the newest strength that was said, ``worst`` the gravest. ``refs`` name the entries.
    """

    code: str
    since: datetime
    until: datetime | None
    grade: SymptomGrade | None
    worst: SymptomGrade | None
    noted_by: UUID
    refs: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is still there as far as anybody said."""
        return self.until is None

    def lasted(self, now: datetime) -> timedelta:
        """Return how long it lasted, or has lasted until now."""
        return (self.until or now) - self.since


def symptom_episodes(state: DosingSessionState) -> tuple[SymptomEpisode, ...]:
    """Return every episode of a session, in the order in which they began."""
    open_ones: dict[str, SymptomEpisode] = {}
    ended: list[SymptomEpisode] = []
    noted = [(seen, seen.event) for seen in state.observed if isinstance(seen.event, SymptomNoted)]
    for seen, event in noted:
        for code in event.codes:
            before = open_ones.pop(code, None)
            if event.state is SymptomState.PRESENT:
                open_ones[code] = _noted(code, before, seen, event.grade)
            elif before is not None:
                ended.append(replace(before, until=seen.true_at, refs=(*before.refs, seen.ref)))
    return tuple(sorted([*ended, *open_ones.values()], key=lambda each: (each.since, each.code)))


def _noted(
    code: str, before: SymptomEpisode | None, seen: Seen, grade: SymptomGrade | None
) -> SymptomEpisode:
    if before is None:
        return SymptomEpisode(code, seen.true_at, None, grade, grade, seen.by, (seen.ref,))
    worst = max(before.worst, grade, key=lambda each: _WEIGHT[each])
    return replace(before, grade=grade or before.grade, worst=worst, refs=(*before.refs, seen.ref))
