"""The programme in counts: what is known, out of how many, and what was not measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kairos.queries.reading import reading
from kairos.store.repositories import organisations, programme_counts
from kairos.store.repositories.programme_counts import Askings, Waiting
from kairos.vocab.people import Actor, Permission
from kairos.vocab.stages import Stage

SMALLEST_SHOWN = 5
"""A smaller count could tell who it is; it is hidden from whoever may not see people."""
LOOKS_BACK = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class StageCount:
    """People at one stage; ``count`` is ``None`` where it is hidden, ``is_small`` says why."""

    stage: str
    count: int | None
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Programme:
    """The numbers of one page. Weeks and days are those of the first site's clock."""

    names: tuple[str, ...]
    people: int
    stages: tuple[StageCount, ...]
    week_from: datetime
    week_to: datetime
    sessions: Mapping[str, int]
    running: int
    alarms: Waiting
    tasks: Waiting
    askings: Askings
    looks_back_days: int


@reading(Permission.SEE_PROGRAMME)
def programme(*, by: Actor, now: datetime) -> Programme:
    """Return the numbers of the actor's programmes."""
    scope = by.scope
    sites = organisations.list_sites(scope)
    monday, next_monday = _week(now, ZoneInfo(sites[0].time_zone if sites else "UTC"))
    counts = programme_counts.people_by_stage(scope)
    return Programme(
        names=tuple(each.name for each in organisations.list_programmes(scope)),
        people=sum(counts.values()),
        stages=stage_counts(counts, hides_small=not by.may(Permission.SEE_PEOPLE)),
        week_from=monday,
        week_to=next_monday - timedelta(days=1),
        sessions=programme_counts.sessions_by_status(scope, monday, next_monday),
        running=programme_counts.sessions_running(scope),
        alarms=programme_counts.alarms_waiting(scope),
        tasks=programme_counts.tasks_waiting(scope, now=now),
        askings=programme_counts.askings(scope, now=now, within_last=LOOKS_BACK),
        looks_back_days=LOOKS_BACK.days,
    )


def stage_counts(counts: Mapping[str, int], *, hides_small: bool) -> tuple[StageCount, ...]:
    """Return the counts in the order of stages.

    Where small ones are hidden and only one is, the next smallest is hidden too: the total would tell it.
    """
    stages = [stage.value for stage in Stage] + sorted(set(counts) - {stage.value for stage in Stage})
    whole = {stage: counts.get(stage, 0) for stage in stages}
    small = {stage for stage, count in whole.items() if hides_small and 0 < count < SMALLEST_SHOWN}
    hidden = set(small)
    if len(small) == 1:
        others = sorted((count, stage) for stage, count in whole.items() if count and stage not in small)
        hidden |= {stage for _, stage in others[:1]}
    return tuple(
        StageCount(stage, None if stage in hidden else count, stage in small)
        for stage, count in whole.items()
    )


def _week(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    first = datetime.combine(monday, time(), zone)
    return first, datetime.combine(monday + timedelta(days=7), time(), zone)
