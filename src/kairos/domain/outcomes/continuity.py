"""Continuity: how many of a course's sessions one and the same person was with the patient."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Continuity:
    """Who was there most often, at how many of how many sessions."""

    who: UUID
    count: int
    of: int


def continuity(held_by: Sequence[UUID]) -> Continuity | None:
    """Return the continuity of the sessions that were held; None before the first.

    Of two who were there equally often the first to be there is named.
    """
    if not held_by:
        return None
    who, count = Counter(held_by).most_common(1)[0]
    return Continuity(who, count, len(held_by))
