"""Insight cards: what came up, what it means, one thing to do, a day for it, a day to look again.

A day that has passed is no failure: the card asks whether the step still fits. The coach sees only cards
that are shared.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import InvalidInput, Problem

LONGEST = 1000
"""How many characters each part of a card may have."""


class InsightState(StrEnum):
    """Where a card stands."""

    OPEN = "open"
    DONE = "done"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True)
class Insight:
    """One card. ``do_on`` is the day for the one thing, ``review_on`` the day to look at it again."""

    id: UUID
    insight: str
    meaning: str
    action: str
    do_on: date
    review_on: date
    state: InsightState
    is_shared: bool

    def is_overdue(self, today: date) -> bool:
        """Whether the day for its one thing has passed with the card still open."""
        return self.state is InsightState.OPEN and self.do_on < today

    def wants_review(self, today: date) -> bool:
        """Whether the day to look at it again has come with the card still open."""
        return self.state is InsightState.OPEN and self.review_on <= today


def check_insight(
    insight: str, meaning: str, action: str, do_on: date, review_on: date, *, today: date
) -> dict[str, str]:
    """Return the words of a card.

    Raises
    ------
    InvalidInput    no insight or no action, a text too long, a day in the past, or a review before its day
    """
    words = {"insight": insight.strip(), "meaning": meaning.strip(), "action": action.strip()}
    problems = [
        Problem(name, "write a few words; the card is yours")
        for name in ("insight", "action")
        if not words[name]
    ]
    problems += [
        Problem(name, f"has {len(text)} characters; write at most {LONGEST}")
        for name, text in words.items()
        if len(text) > LONGEST
    ]
    if do_on < today:
        problems.append(Problem("do_on", "is in the past; choose today or a later day"))
    if review_on < do_on:
        problems.append(Problem("review_on", "is before the day of the step; choose that day or a later one"))
    if problems:
        raise InvalidInput(*problems)
    return words
