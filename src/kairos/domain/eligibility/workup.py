"""Baseline work-up: what a clinic gathers before a course, and what of it is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kairos.domain.eligibility.body import recent_entries
from kairos.domain.rules.case import Case
from kairos.domain.rules.evaluation import Binding, Evaluator
from kairos.domain.rules.expression import Expression
from kairos.vocab.verdict import NOT_MET


class WorkupGapKind(StrEnum):
    """Whether an item was never seen here, or is too old."""

    MISSING = "missing"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class WorkupItem:
    """One item: any of these concepts, not older than ``max_age`` (a parameter), on so many days.

    ``needed_if`` says for whom; where it is not known to be not so, the item is needed.
    """

    id: str
    concepts: tuple[str, ...]
    max_age: str
    sources: tuple[str, ...]
    days: int = 1
    not_for_male: bool = False
    needed_if: Expression | None = None


@dataclass(frozen=True, slots=True)
class WorkupGap:
    """An item that is not there. Its wording is the text of the item's id."""

    item: str
    kind: WorkupGapKind
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundItem:
    """An item with its greatest age, the gaps it can leave, and what says whether it is needed."""

    item: WorkupItem
    max_age: timedelta
    missing: WorkupGap
    too_old: WorkupGap
    is_needed: Evaluator | None = None


def bind_workup(items: Iterable[WorkupItem], binding: Binding) -> tuple[BoundItem, ...]:
    """Bind items to the parameters of a day."""
    return tuple(
        BoundItem(
            item,
            binding.duration(item.max_age),
            WorkupGap(item.id, WorkupGapKind.MISSING, item.sources),
            WorkupGap(item.id, WorkupGapKind.TOO_OLD, item.sources),
            binding.plan(item.needed_if).evaluate if item.needed_if is not None else None,
        )
        for item in items
    )


def missing_workup(case: Case, items: Iterable[BoundItem]) -> tuple[WorkupGap, ...]:
    """Return the items that are needed and missing or too old."""
    is_male = {f.value for f in case.all_of("sex")} == {"male"}
    gaps = [(bound, _gap(case, bound)) for bound in items]
    return tuple([gap for b, gap in gaps if gap is not None and _is_needed(b, case, is_male=is_male)])


def _is_needed(bound: BoundItem, case: Case, *, is_male: bool) -> bool:
    if bound.item.not_for_male and is_male:
        return False
    return bound.is_needed is None or bound.is_needed(case).verdict is not NOT_MET


def _gap(case: Case, bound: BoundItem) -> WorkupGap | None:
    if case.concepts.isdisjoint(bound.item.concepts):
        return bound.missing
    days: set[date] = set()
    for concept in bound.item.concepts:
        for entry in recent_entries(case, concept, bound.max_age):
            days.add(entry.last)
            if len(days) >= bound.item.days:
                return None
    is_old = not days and any([case.entries(concept) for concept in bound.item.concepts])
    return bound.too_old if is_old else bound.missing
