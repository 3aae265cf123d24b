"""A course: how many infusions, how far apart, and where it is looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class CourseTemplate:
    """A course as the content draws it. ``days`` counts from the first infusion; reviews name infusions."""

    id: str
    days: tuple[int, ...]
    reviews_after: tuple[int, ...]
    spacing_least: str
    span_most: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One infusion of a course: its number from 1, its day, and whether a review follows it."""

    number: int
    on: date
    is_reviewed: bool


def propose_course(template: CourseTemplate, *, first_on: date) -> tuple[PlannedSession, ...]:
    """Return the template laid on the calendar from the first day on."""
    return planned(template, [first_on + timedelta(days=day) for day in template.days])


def planned(template: CourseTemplate, dates: Sequence[date]) -> tuple[PlannedSession, ...]:
    """Return these dates as numbered sessions with the template's reviews."""
    return tuple(
        PlannedSession(number, on, number in template.reviews_after)
        for number, on in enumerate(dates, start=1)
    )


def check_course(
    template: CourseTemplate, dates: Sequence[date], *, limits: LimitsInForce
) -> tuple[PlannedSession, ...]:
    """Return the dates as a plan, or refuse them with every limit they break.

    Parameters
    ----------
    dates : sequence of date      in the order of the infusions; already given ones included

    Raises
    ------
    InvalidInput    too many, too close together, or spread over too long a time
    """
    problems = (
        *_count_problems(template, dates),
        *_spacing_problems(dates, limits.span(template.spacing_least)),
        *_span_problems(dates, limits.span(template.span_most)),
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


def _span_problems(dates: Sequence[date], most: timedelta) -> tuple[Problem, ...]:
    if not dates or dates[-1] - dates[0] <= most:
        return ()
    days = (dates[-1] - dates[0]).days
    return (
        Problem("dates", f"last over {days} d; this course is done within {most.days} d; move the last ones"),
    )
