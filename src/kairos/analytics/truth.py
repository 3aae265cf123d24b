"""Three-valued logic over bits: a truth is two conditions, when it is so and when it is not; else unknown.

Leaves that stand side by side under *any* or *all* are asked with one mask, so a rule of thirty leaves costs
a person a few operations on whole numbers.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from kairos.analytics.fact_days import Table
from kairos.analytics.leaf_table import LeafSlot, words_of

Condition = Callable[[Table], Any]


@dataclass(frozen=True, slots=True)
class Truth:
    """When something is so and when it is not, of one row a person."""

    is_so: Condition
    is_not: Condition
    leaves: tuple[LeafSlot, ...] = ()

    def negated(self) -> "Truth":
        """Return when it is not so, and when it is."""
        return Truth(self.is_not, self.is_so)

    def unless_so(self) -> "Truth":
        """Return so unless this is known to be so."""
        return Truth(lambda person: ~self.is_so(person), self.is_so)


def leaf_truth(*slots: LeafSlot) -> Truth:
    """Return whether one of several leaves is so."""
    masks = words_of(slots)
    return Truth(
        lambda person: _met(or_, [(person[f"so_{w}"] & m) != 0 for w, m in masks.items()]),
        lambda person: _met(and_, [(person[f"no_{w}"] & m) == m for w, m in masks.items()]),
        slots,
    )


def any_truth(parts: Sequence[Truth]) -> Truth:
    """Return so where one part is so, not so where none of them is."""
    parts = _merged(parts, leaf_truth)
    return Truth(
        lambda person: _met(or_, [part.is_so(person) for part in parts]),
        lambda person: _met(and_, [part.is_not(person) for part in parts]),
    )


def all_truth(parts: Sequence[Truth]) -> Truth:
    """Return so where every part is so, not so where one of them is not."""
    parts = _merged(parts, _all_leaves)
    return Truth(
        lambda person: _met(and_, [part.is_so(person) for part in parts]),
        lambda person: _met(or_, [part.is_not(person) for part in parts]),
    )


def _all_leaves(*slots: LeafSlot) -> Truth:
    masks = words_of(slots)
    return Truth(
        lambda person: _met(and_, [(person[f"so_{w}"] & m) == m for w, m in masks.items()]),
        lambda person: _met(or_, [(person[f"no_{w}"] & m) != 0 for w, m in masks.items()]),
    )


def lacking(slots: Sequence[LeafSlot]) -> Truth:
    """Return so where one of several leaves has nothing at all, not so where each of them is so."""
    masks = words_of(slots)
    return Truth(
        lambda person: _met(
            or_, [((person[f"so_{w}"] | person[f"open_{w}"]) & m) != m for w, m in masks.items()]
        ),
        lambda person: _met(and_, [(person[f"so_{w}"] & m) == m for w, m in masks.items()]),
    )


def shown_bit(slot: LeafSlot) -> Condition:
    """Return whether a leaf is so; where it is not, nothing follows."""
    return lambda person: (person[f"so_{slot.word}"] & slot.bit) != 0


def column_truth(column: Condition) -> Truth:
    """Return the truth of a column whose NULL is unknown."""
    return Truth(
        lambda person: column(person).fill_null(False), lambda person: ~column(person).fill_null(True)
    )


def _merged(parts: Sequence[Truth], join: Callable[..., Truth]) -> list[Truth]:
    leaves = [slot for part in parts for slot in part.leaves]
    others = [part for part in parts if not part.leaves]
    return [join(*leaves), *others] if leaves else others


def _met(operator: Callable[[Any, Any], Any], conditions: Iterable[Any]) -> Any:
    return reduce(operator, conditions)
