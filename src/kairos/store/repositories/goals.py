"""Goals and their ratings; of a goal the newest words hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.domain.integration.goals import Goal, Rating
from kairos.store.records.preparation import Goal as GoalRecord
from kairos.store.records.preparation import GoalRating as RatingRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.scope import within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class GoalSaid:
    """A goal as its words stand; ``goal`` is its own id."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    goal: UUID
    is_on: bool
    details: Mapping[str, Any]
    words: Mapping[str, Any]
    by: UUID
    true_at: datetime


@dataclass(frozen=True, slots=True)
class GoalRated:
    """How near a goal was at one time."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    goal: UUID
    details: Mapping[str, Any]
    by: UUID
    true_at: datetime


def say_of_goal(scope: Scope, said: GoalSaid) -> None:
    """Keep a goal as it stands from now on."""
    add(GoalRecord, scope, said, details=dict(said.details))


def rate_goal(scope: Scope, rated: GoalRated) -> None:
    """Keep how near a goal is."""
    add(RatingRecord, scope, rated, details=dict(rated.details))


def goals_of(scope: Scope, person_id: UUID) -> tuple[Goal, ...]:
    """Return a person's goals in the order they were first set, with their ratings."""
    rows = within(GoalRecord.objects.filter(person_id=person_id), scope).order_by("recorded_at", "id")
    newest: dict[UUID, GoalSaid] = {}
    for said in values_of(GoalSaid, rows):
        newest[said.goal] = said
    rated: dict[UUID, list[Rating]] = {}
    found = within(RatingRecord.objects.filter(person_id=person_id), scope).order_by("true_at", "id")
    for each in values_of(GoalRated, found):
        rating = Rating(each.true_at, each.details.get("near"), each.details.get("level"))
        rated.setdefault(each.goal, []).append(rating)
    return tuple(_goal(said, rated.get(goal, ())) for goal, said in newest.items())


def _goal(said: GoalSaid, ratings: "list[Rating] | tuple[()]") -> Goal:
    words = said.words
    return Goal(
        id=said.goal,
        what=str(words.get("what", "")),
        why=str(words.get("why", "")),
        sign=str(words.get("sign", "")),
        is_on=said.is_on,
        ratings=tuple(ratings),
    )
