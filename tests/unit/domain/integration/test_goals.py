"""Goals: their words, their ratings on schedule, and the T score of several."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kairos.content.release import load_release
from kairos.domain.integration.goals import (
    LONGEST,
    MOST_GOALS,
    Goal,
    Rated,
    Rating,
    attained,
    check_goal,
    check_one_more,
    check_ratings,
)
from kairos.vocab.errors import InvalidInput

DAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
EVERY = timedelta(days=14)


def goal(number=1, *levels, is_on=True):
    ratings = tuple(Rating(DAY + n * EVERY, 5, level) for n, level in enumerate(levels))
    return Goal(UUID(int=number), "see friends", "I miss them", "one call a week", is_on, ratings)


def scores(*goals):
    release = load_release()
    correlation = release.parameters.quantity("outcomes.goal_attainment.correlation", on=DAY.date()).value
    found = attained(goals, instrument=release.instruments["goal_attainment"], correlation=float(correlation))
    return [(each.at, each.goals, round(each.t_score, 5)) for each in found]


# T scores as the R package gasr prints them in its README (sim_trial, unweighted, correlation 0.3).
@pytest.mark.parametrize(
    ("levels", "t_score"),
    [((2, 2, 2), 77.38613), ((0, -1, 1), 50.0), ((0, 1, 1), 59.12871), ((2, 1, 2), 72.82177)],
)
def test_goals_come_to_the_score_that_gasr_computes(levels, t_score):
    assert scores(*(goal(n, level) for n, level in enumerate(levels))) == [(DAY, 3, t_score)]


def test_each_rating_day_has_its_score_of_the_goals_rated_by_then():
    found = scores(goal(1, -1, 0), goal(2, -1), goal(3), goal(4, 2, is_on=False))
    assert [(at, count) for at, count, _ in found] == [(DAY, 2), (DAY + EVERY, 2)]
    assert found[0][2] < found[1][2] < 50
    assert scores(goal(1, None)) == []


def test_a_goal_is_rated_at_once_and_then_on_schedule():
    assert goal().is_due(DAY, EVERY)
    assert goal().baseline is None
    rated = goal(1, -2)
    assert rated.baseline.level == -2
    assert not rated.is_due(DAY + EVERY - timedelta(minutes=1), EVERY)
    assert rated.is_due(DAY + EVERY, EVERY)
    assert not goal(1, -2, is_on=False).is_due(DAY + EVERY, EVERY)


def test_a_goal_has_a_name_and_a_sign_of_progress():
    assert check_goal(" a ", "", " b") == {"what": "a", "why": "", "sign": "b"}
    with pytest.raises(InvalidInput, match=r"what: is empty.*sign: is empty"):
        check_goal("", "x", " ")
    with pytest.raises(InvalidInput, match="why: has 301"):
        check_goal("a", "x" * (LONGEST + 1), "b")


def test_no_more_goals_than_can_be_kept_in_mind():
    many = [goal(n) for n in range(MOST_GOALS - 1)]
    check_one_more([*many, goal(9, is_on=False)])
    with pytest.raises(InvalidInput, match="set one aside"):
        check_one_more([*many, goal(9)])


@pytest.mark.parametrize("rated", [(11, 0), (-1, None), (5, 3), (None, -3), (None, None)])
def test_what_is_off_its_scale_or_nothing_is_refused(rated):
    with pytest.raises(InvalidInput):
        check_ratings([Rated(UUID(int=1), *rated)], [goal()])


def test_only_a_goal_that_stands_is_rated_and_what_is_left_out_stays_left_out():
    found = check_ratings([Rated(UUID(int=1), 5), Rated(UUID(int=2))], [goal(1), goal(2)])
    assert found == (Rated(UUID(int=1), 5),)
    with pytest.raises(InvalidInput):
        check_ratings([Rated(UUID(int=1), 5, 0)], [goal(1, is_on=False)])
