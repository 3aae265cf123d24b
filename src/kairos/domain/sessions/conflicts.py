"""Entries made without sight of one another that say different things of the same matter.

Whoever made the second one had not seen the first: it was made on another device, or by another person,
while the first was not yet on that screen. Nothing is merged: both stand, side by side, until a person has
settled it, by answering again or by amending one of the two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kairos.domain.sessions.events import CheckAnswered, Corrected, SessionEntry, VitalsRecorded
from kairos.domain.sessions.infusion import CONTROLS

_VALUES = ("systolic", "diastolic", "heart_rate", "oxygen", "breathing")


class ConflictKind(StrEnum):
    """What two entries disagree about."""

    CHECK = "check"
    READING = "reading"
    PUMP = "pump"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries, in the order in which they arrived."""

    kind: ConflictKind
    first: SessionEntry
    second: SessionEntry


def open_conflicts(entries: Iterable[SessionEntry], *, same_due: timedelta) -> tuple[Conflict, ...]:
    """Return what a person has still to settle, in the order in which it came up.

    Parameters
    ----------
    same_due : timedelta    two readings no further apart than this answer one due time
    """
    ordered = sorted(entries, key=lambda entry: entry.seq)
    found = (
        Conflict(kind, first, second)
        for second in ordered
        if _says_what_it_saw(second)
        for first in ordered
        if is_unseen(first, second) and (kind := _disagree(first, second, same_due)) is not None
    )
    return tuple(each for each in found if not _is_settled(each, ordered))


def contested_items(entries: Sequence[SessionEntry]) -> frozenset[str]:
    """Return the items of the check that were answered differently, and by nobody since."""
    answers = [entry for entry in entries if isinstance(entry.event, CheckAnswered)]
    return frozenset(
        each.second.event.item
        for each in open_conflicts(answers, same_due=timedelta(0))
        if isinstance(each.second.event, CheckAnswered)
    )


def is_unseen(first: SessionEntry, second: SessionEntry) -> bool:
    """Whether the second entry was made without sight of the first, elsewhere or by somebody else."""
    made = second.made_on
    if made is None or made.seen is None or not made.seen < first.seq < second.seq:
        return False
    other = first.made_on
    return first.by != second.by or (other is not None and other.id != made.id)


def _says_what_it_saw(entry: SessionEntry) -> bool:
    return entry.made_on is not None and entry.made_on.seen is not None


def _disagree(first: SessionEntry, second: SessionEntry, same_due: timedelta) -> ConflictKind | None:
    match first.event, second.event:
        case CheckAnswered() as one, CheckAnswered() as other if one.item == other.item:
            is_same = (one.answer, one.answered_at) == (other.answer, other.answered_at)
            return None if is_same else ConflictKind.CHECK
        case VitalsRecorded() as one, VitalsRecorded() as other:
            is_near = abs(second.true_at - first.true_at) <= same_due
            return ConflictKind.READING if is_near and _differ(one, other) else None
    if isinstance(first.event, CONTROLS) and isinstance(second.event, CONTROLS):
        return None if first.event == second.event else ConflictKind.PUMP
    return None


def _differ(one: VitalsRecorded, other: VitalsRecorded) -> bool:
    """Whether two readings give different values of the same thing; a missing value says nothing."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in _VALUES)
    return any(None not in pair and pair[0] != pair[1] for pair in pairs)


def _is_settled(conflict: Conflict, ordered: Sequence[SessionEntry]) -> bool:
    both = (conflict.first.seq, conflict.second.seq)
    later = [entry for entry in ordered if entry.seq > conflict.second.seq]
    if any(isinstance(entry.event, Corrected) and entry.event.amends in both for entry in later):
        return True
    item = conflict.second.event.item if isinstance(conflict.second.event, CheckAnswered) else None
    return item is not None and any(
        isinstance(entry.event, CheckAnswered)
        and entry.event.item == item
        and not is_unseen(conflict.second, entry)
        for entry in later
    )
