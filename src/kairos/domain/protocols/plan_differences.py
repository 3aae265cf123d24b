"""How a planned course differs from what its protocol proposes for the same first day (S-157)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from kairos.domain.protocols.course import CourseTemplate, propose_open_days

KEPT = "differs"
"""The name under which a course keeps its differences."""


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """One session that lies otherwise. ``None``: the protocol proposes none there, or none was planned."""

    number: int
    proposed: date | None
    planned: date | None


def plan_differences(template: CourseTemplate, planned: Sequence[date]) -> tuple[PlanDifference, ...]:
    """Return each session of a plan that lies on another day than proposed, was added or was left out.

    Parameters
    ----------
    planned : sequence of date    the days of the sessions, in order; at least one
    """
    proposed = [session.on for session in propose_open_days(template, first_on=planned[0])]
    pairs = enumerate(zip_longest(proposed, planned), start=1)
    return tuple(PlanDifference(number, *pair) for number, pair in pairs if pair[0] != pair[1])


def to_details(differences: Sequence[PlanDifference]) -> dict[str, Any]:
    """Return what a course keeps of them; nothing differs is kept too."""
    told = [[each.number, _told(each.proposed), _told(each.planned)] for each in differences]
    return {KEPT: told}


def from_details(details: Mapping[str, Any]) -> tuple[PlanDifference, ...] | None:
    """Return what a course kept; None for one that was planned before differences were."""
    if KEPT not in details:
        return None
    return tuple(PlanDifference(number, _day(was), _day(now)) for number, was, now in details[KEPT])


def _told(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)
