"""A course: how many infusions, how far apart, and where it is looked at again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem

_DAYS_IN_WEEK = 7
OPEN_DAYS = frozenset({1, 2, 3, 4, 5})
"""ISO weekdays on which infusions are proposed; a person may plan another."""


class CourseStatus(StrEnum):
    """Where a course stands."""

    ACTIVE = "active"
    ENDED = "ended"


class SinceMissed(StrEnum):
    """How somebody is since a session of theirs was missed."""

    NO_WORSE = "no_worse"
    WORSE = "worse"


class PlannedStatus(StrEnum):
    """Where one appointment of a course stands."""

    PLANNED = "planned"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class WeeklyMost:
    """How many sessions a course week may have (a parameter), up to this week; 0 for every later one."""

    until: int
    most: str


@dataclass(frozen=True, slots=True)
class CourseTemplate:
    """A course as the content draws it. ``days`` counts from the first session; reviews name sessions."""

    id: str
    days: tuple[int, ...]
    reviews_after: tuple[int, ...]
    spacing_least: str
    span_most: str
    text: str
    sources: tuple[str, ...] = ()
    weeks: tuple[WeeklyMost, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One infusion of a course: its number from 1, its day, and whether a review follows it."""

    number: int
    on: date
    is_reviewed: bool


def propose_course(template: CourseTemplate, *, first_on: date) -> tuple[PlannedSession, ...]:
    """Return the template laid on the calendar from the first day on."""
    return planned(template, [first_on + timedelta(days=day) for day in template.days])


def propose_open_days(
    template: CourseTemplate, *, first_on: date, open_days: frozenset[int] = OPEN_DAYS
) -> tuple[PlannedSession, ...]:
    """Return the template on the calendar, each session moved on to the next day that is open."""
    return planned(template, [_next_open(first_on + timedelta(days=day), open_days) for day in template.days])


def check_hours(
    starts: Sequence[datetime], *, limits: LimitsInForce, numbers: Sequence[int] = ()
) -> timedelta:
    """Return the length of a visit, or refuse starts outside the hours in which infusions are planned.

    Parameters
    ----------
    starts : sequence of datetime    in the site's own zone
    numbers : sequence of int        the session of each start; counted from 1 where not given

    Raises
    ------
    InvalidInput    naming each session that starts too early or would end too late
    """
    length = limits.span("course.iv_visit")
    first, last = limits.span("course.iv_visit_first_start"), limits.span("course.iv_visit_last_end") - length
    problems = [
        Problem(f"dates.{number}", f"starts at {at:%H:%M}; choose {_clock(first)} to {_clock(last)}")
        for number, at in zip(numbers or range(1, len(starts) + 1), starts, strict=True)
        if not first <= timedelta(hours=at.hour, minutes=at.minute) <= last
    ]
    if problems:
        raise InvalidInput(*problems)
    return length


def _clock(since_midnight: timedelta) -> str:
    hours, minutes = divmod(since_midnight // timedelta(minutes=1), 60)
    return f"{hours:02d}:{minutes:02d}"


def _next_open(day: date, open_days: frozenset[int]) -> date:
    while day.isoweekday() not in open_days:
        day += timedelta(days=1)
    return day


def planned(template: CourseTemplate, dates: Sequence[date]) -> tuple[PlannedSession, ...]:
    """Return these dates as numbered sessions with the template's reviews."""
    return tuple(
        PlannedSession(number, on, number in template.reviews_after)
        for number, on in enumerate(dates, start=1)
    )


def check_course(
    template: CourseTemplate, dates: Sequence[date], *, limits: LimitsInForce, steps_back: bool = False
) -> tuple[PlannedSession, ...]:
    """Return the dates as a plan, or refuse them with every limit they break.

    Parameters
    ----------
    dates : sequence of date      in the order of the infusions; already given ones included
    steps_back : bool             whether a prescriber returns to the schedule before, which is more frequent

    Raises
    ------
    InvalidInput    too many, too close together, or spread over too long a time
    """
    problems = (
        *_count_problems(template, dates),
        *_spacing_problems(dates, limits.span(template.spacing_least)),
        *_span_problems(dates, limits.span(template.span_most)),
        *_week_problems(template, dates, limits, steps_back=steps_back),
    )
    if problems:
        raise InvalidInput(*problems)
    return planned(template, dates)


def _count_problems(template: CourseTemplate, dates: Sequence[date]) -> tuple[Problem, ...]:
    most = len(template.days)
    if 0 < len(dates) <= most:
        return ()
    return (Problem("dates", f"{len(dates)} sessions given; this course has 1 to {most}; plan a new course"),)


def _spacing_problems(dates: Sequence[date], least: timedelta) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            f"dates.{number}",
            f"is {(later - earlier).days} d after the session before; the least is {least.days} d; "
            f"choose {(earlier + least).isoformat()} or later",
        )
        for number, (earlier, later) in enumerate(pairwise(dates), start=2)
        if later - earlier < least
    )


def check_after_missed(since: SinceMissed | None, *, may_prescribe: bool) -> bool:
    """Return whether a course steps back to its more frequent schedule after a missed session.

    Nobody worse: the schedule is kept. Worse: it may step back, and a prescriber decides that.

    Raises
    ------
    InvalidInput    nobody said how the person is since
    NotAllowed      worse, and whoever asks does not prescribe

    Source
    ------
    The label's words on missed sessions (clinical.md 1.2).
    """
    if since is None:
        raise InvalidInput(
            Problem("since", "must be said: the session was missed; ask whether the symptoms are worse since")
        )
    if since is SinceMissed.WORSE and not may_prescribe:
        raise NotAllowed(
            "the symptoms are worse since the missed session; a prescriber moves it, and may return to the "
            "more frequent schedule before"
        )
    return since is SinceMissed.WORSE


def _week_problems(
    template: CourseTemplate, dates: Sequence[date], limits: LimitsInForce, *, steps_back: bool
) -> tuple[Problem, ...]:
    """Return which sessions are too many for their course week, counted in sevens from the first day."""
    problems, taken = [], Counter[int]()
    for number, on in enumerate(dates, start=1):
        week = (on - dates[0]).days // _DAYS_IN_WEEK + 1
        taken[week] += 1
        rule = _most_of(template, week, steps_back)
        if rule is not None and taken[week] > limits.count(rule.most):
            said = f"is number {taken[week]} in course week {week}; the most is {limits.count(rule.most)}"
            opens = (dates[0] + timedelta(days=week * _DAYS_IN_WEEK)).isoformat()
            problems.append(Problem(f"dates.{number}", f"{said}; choose {opens} or later"))
    return tuple(problems)


def _most_of(template: CourseTemplate, week: int, steps_back: bool) -> WeeklyMost | None:
    fitting = [n for n, each in enumerate(template.weeks) if each.until == 0 or week <= each.until]
    if not fitting:
        return None
    return template.weeks[max(0, fitting[0] - 1) if steps_back else fitting[0]]


def _span_problems(dates: Sequence[date], most: timedelta) -> tuple[Problem, ...]:
    if not dates or dates[-1] - dates[0] <= most:
        return ()
    days = (dates[-1] - dates[0]).days
    return (
        Problem("dates", f"last over {days} d; this course is done within {most.days} d; move the last ones"),
    )
