"""Baseline work-up: what a clinic gathers before a course, and what of it is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kairos.domain.eligibility.body import recent_entries
from kairos.domain.rules.case import Case


class WorkupGapKind(StrEnum):
    """Whether an item was never seen here, or is too old."""

    MISSING = "missing"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class WorkupItem:
    """One item: any of these concepts, not older than ``max_age`` (a parameter), on so many days."""

    id: str
    concepts: tuple[str, ...]
    max_age: str
    sources: tuple[str, ...]
    days: int = 1
    not_for_male: bool = False


@dataclass(frozen=True, slots=True)
class WorkupGap:
    """An item that is not there. Its wording is the text of the item's id."""

    item: str
    kind: WorkupGapKind
    sources: tuple[str, ...]


def missing_workup(case: Case, items: Iterable[tuple[WorkupItem, timedelta]]) -> tuple[WorkupGap, ...]:
    """Return the items that are missing or too old; ``items`` come with their greatest age."""
    is_male = {f.value for f in case.all_of("sex")} == {"male"}
    gaps = (
        _gap(case, item, age) for item, age in items if not (item.not_for_male and is_male)
    )
    return tuple(gap for gap in gaps if gap is not None)


def _gap(case: Case, item: WorkupItem, max_age: timedelta) -> WorkupGap | None:
    days: set[date] = set()
    for concept in item.concepts:
        for entry in recent_entries(case, concept, max_age):
            days.add(entry.last)
            if len(days) >= item.days:
                return None
    is_old = not days and any(case.entries(c) for c in item.concepts if c in case.concepts)
    return WorkupGap(item.id, WorkupGapKind.TOO_OLD if is_old else WorkupGapKind.MISSING, item.sources)
