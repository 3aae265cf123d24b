"""Habits that a patient keeps up for a goal: days on which it was done, and nothing about the others.

A day without it is not counted, not shown as missed and breaks nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import InvalidInput, Problem

LONGEST = 200
"""How many characters the name of a habit may have."""


class HabitState(StrEnum):
    """Where a habit stands."""

    KEPT = "kept"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit. ``goal_id`` is the goal it serves; ``days`` are those on which it was done."""

    id: UUID
    words: str
    goal_id: UUID | None
    state: HabitState
    is_shared: bool
    days: frozenset[date]


@dataclass(frozen=True, slots=True)
class HabitWeeks:
    """A habit under the chart of its goal: on how many days of each week it was done, by the first day."""

    words: str
    weeks: tuple[tuple[date, int], ...]


def for_goal(habits: Iterable[Habit], goal_id: UUID, *, today: date) -> tuple[HabitWeeks, ...]:
    """Return the habits of a goal that were done at least once, week by week since the first time."""
    return tuple(
        HabitWeeks(habit.words, weeks_done(habit.days, since=min(habit.days), today=today))
        for habit in habits
        if habit.goal_id == goal_id and habit.days
    )


def days_done(said: Iterable[tuple[date, bool]]) -> frozenset[date]:
    """Return the days on which a habit was done; of each day the last word holds."""
    return frozenset(day for day, is_done in dict(said).items() if is_done)


def last_days(today: date, count: int) -> tuple[date, ...]:
    """Return so many days up to today, the earliest first."""
    return tuple(today - timedelta(days=back) for back in reversed(range(count)))


def days_in_a_row(days: frozenset[date], today: date) -> int:
    """Return how many days in a row it was done, up to today or yesterday: today is not over yet."""
    day = today if today in days else today - timedelta(days=1)
    run = 0
    while day in days:
        run, day = run + 1, day - timedelta(days=1)
    return run


def weeks_done(days: frozenset[date], *, since: date, today: date) -> tuple[tuple[date, int], ...]:
    """Return how many days of each week it was done, by the week's first day: the line under a goal's chart.

    Parameters
    ----------
    since : date    the day on which the habit began; its week is the first
    """
    first = since - timedelta(days=since.weekday())
    weeks = max(0, (today - first).days // 7 + 1)
    starts = [first + timedelta(days=7 * number) for number in range(weeks)]
    return tuple((start, sum(start <= day < start + timedelta(days=7) for day in days)) for start in starts)


def check_habit(words: str) -> str:
    """Return the name of a habit.

    Raises
    ------
    InvalidInput    nothing was written, or too much
    """
    said = words.strip()
    if not 0 < len(said) <= LONGEST:
        raise InvalidInput(
            Problem("habit", f"write a few words, {LONGEST} characters at most; {len(said)} stand there")
        )
    return said


def check_day(day: date, *, today: date, shown: int) -> date:
    """Return the day of a habit.

    Raises
    ------
    InvalidInput    to come, or longer ago than is drawn
    """
    if not today - timedelta(days=shown) < day <= today:
        raise InvalidInput(Problem("day", f"must be today or one of the {shown} days before; choose one"))
    return day
