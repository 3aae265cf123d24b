"""Touch during a dosing session: agreed before the dose in the patient's own words, never widened in it.

The statements are folded in the order they were recorded. From the dose on, whatever is said can only take
away. Nothing agreed is no touch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem

MOST_ITEMS = 8
"""How many lines one agreement may have: what nobody can keep in mind at the chair is no agreement."""


class TouchState(StrEnum):
    """What a statement says."""

    AGREED = "agreed"
    NARROWED = "narrowed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class TouchItem:
    """One thing that is agreed, in the words the patient chose. ``id`` is made with it."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class TouchStatement:
    """What was said of touch: everything agreed, or what is left of it. ``recorded_at`` by our own clock."""

    state: TouchState
    items: tuple[TouchItem, ...]
    recorded_at: datetime


def touch_in_force(
    statements: Sequence[TouchStatement], *, dosed_at: datetime | None
) -> tuple[TouchItem, ...]:
    """Return what may be done now; empty is no touch.

    Parameters
    ----------
    statements : sequence    of one dosing session, in the order they were recorded
    dosed_at : datetime      when the dose began; None before it
    """
    standing: tuple[TouchItem, ...] = ()
    for each in statements:
        is_before = dosed_at is None or each.recorded_at < dosed_at
        if each.state is TouchState.AGREED and is_before:
            standing = each.items
        else:
            kept = {item.words for item in each.items}
            standing = tuple(item for item in standing if item.words in kept)
    return standing


def check_agreement(lines: Sequence[str], name: str, *, dosed_at: datetime | None) -> tuple[str, ...]:
    """Return the lines of an agreement without blanks, or refuse it.

    Raises
    ------
    NotAllowed      the dose has begun: from now on touch is only narrowed
    InvalidInput    nothing written, too much, or no name
    """
    if dosed_at is not None:
        raise NotAllowed("the dose has begun; from now on touch can be narrowed or ended, not agreed anew")
    words = tuple(line.strip() for line in lines if line.strip())
    problems = []
    if not words:
        problems.append(Problem("lines", "write what you agree to, one thing a line, in your own words"))
    if len(words) > MOST_ITEMS:
        problems.append(
            Problem("lines", f"has {len(words)} lines; {MOST_ITEMS} at most, so that all are kept")
        )
    if not name.strip():
        problems.append(Problem("name", "write your full name; that is the signature"))
    if problems:
        raise InvalidInput(*problems)
    return words


def narrowed(standing: Sequence[TouchItem], kept: Sequence[str]) -> tuple[TouchItem, ...]:
    """Return what is left, or refuse a statement that would add something.

    Raises
    ------
    NotAllowed    something named is not agreed now: touch is never widened this way
    """
    foreign = set(kept) - {item.id for item in standing}
    if foreign:
        raise NotAllowed("this names touch that is not agreed now; it can only be narrowed or ended here")
    return tuple(item for item in standing if item.id in kept)
