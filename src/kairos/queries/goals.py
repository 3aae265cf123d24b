"""A patient's goals: their own page, and what those who treat see of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.integration.goals import Attained, Goal, attained
from kairos.domain.integration.habits import HabitWeeks, for_goal
from kairos.domain.protocols.limits import LimitsInForce
from kairos.queries.consents import own_person_id
from kairos.queries.content_in_force import content_of
from kairos.queries.integration import habits_of
from kairos.queries.preparation import READS_INTENTIONS
from kairos.queries.reading import reading
from kairos.store.repositories import goals, people
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.quantities import ONE

CORRELATION = "outcomes.goal_attainment.correlation"


@dataclass(frozen=True, slots=True)
class GoalsPage:
    """The goals that stand with their ratings, those set aside, and what they came to over time."""

    person_id: UUID
    standing: tuple[Goal, ...]
    aside: tuple[Goal, ...]
    attained: tuple[Attained, ...]
    every: timedelta
    zone: ZoneInfo
    habits: Mapping[UUID, tuple[HabitWeeks, ...]] = field(default_factory=dict)

    def are_due(self, now: datetime) -> bool:
        """Whether any of them is to be rated now."""
        return any(each.is_due(now, self.every) for each in self.standing)


@reading(Permission.PREPARE_SESSION)
def own_goals(*, by: Actor, now: datetime) -> GoalsPage:
    """Return a patient's own goals. Raises Missing."""
    return _page(by.scope, own_person_id(by), now)


@reading(Permission.SEE_CHART)
def goals_shown(*, person_id: UUID, by: Actor, now: datetime) -> GoalsPage | None:
    """Return a person's goals for those who treat; None for anybody else, and where none was set."""
    if by.roles.isdisjoint(READS_INTENTIONS):
        return None
    page = _page(by.scope, person_id, now)
    return page if page.standing or page.aside else None


def _habits(
    scope: Scope, person_id: UUID, found: Iterable[Goal], now: datetime
) -> dict[UUID, tuple[HabitWeeks, ...]]:
    """Return the habits of each goal week by week; of what is private, staff see nothing."""
    kept, today = habits_of(scope, person_id), now.astimezone(zone_for(scope, person_id)).date()
    return {goal.id: for_goal(kept, goal.id, today=today) for goal in found}


def _page(scope: Scope, person_id: UUID, now: datetime) -> GoalsPage:
    programme_id = people.enrolments_of(scope, person_id)[0].programme_id
    content = content_of(scope, programme_id)
    limits = LimitsInForce(content.parameters, now.date())
    found = goals.goals_of(scope, person_id)
    instrument = content.release.instruments["goal_attainment"]
    correlation = float(limits.number(CORRELATION, ONE))
    return GoalsPage(
        person_id=person_id,
        standing=tuple(each for each in found if each.is_on),
        aside=tuple(each for each in found if not each.is_on),
        attained=attained(found, instrument=instrument, correlation=correlation),
        every=limits.span("preparation.goals_every"),
        zone=zone_for(scope, person_id),
        habits=_habits(scope, person_id, found, now),
    )
