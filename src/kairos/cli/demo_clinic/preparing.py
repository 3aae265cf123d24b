"""What the demonstration's patient set out to do: two goals with their ratings."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from kairos.actions.keep_goal import keep_goal
from kairos.actions.rate_goals import rate_goals
from kairos.domain.integration.goals import Rated
from kairos.vocab.people import Actor

_GOALS = (
    ("Cook for friends again", "I was good at it", "One evening with guests each month", (2, 4, 5)),
    ("Walk in the morning", "It clears my head", "Three mornings a week", (3, 3, 6)),
)
_LEVELS = (-2, -1, 0)
_EVERY = timedelta(days=14)


def set_goals(by: Actor, *, now: datetime) -> list[UUID]:
    """Set two goals some weeks ago, and rate them from then on; return their ids."""
    begun = now - _EVERY * len(_LEVELS)
    ids: list[UUID] = []
    for what, why, sign, _near in _GOALS:
        ids.append(
            keep_goal(goal_id=None, what=what, why=why, sign=sign, command_id=uuid4(), by=by, now=begun)
        )
    for step, level in enumerate(_LEVELS):
        rated = [Rated(goal, near[step], level) for goal, (*_words, near) in zip(ids, _GOALS, strict=True)]
        rate_goals(ratings=rated, command_id=uuid4(), by=by, now=begun + step * _EVERY)
    return ids
