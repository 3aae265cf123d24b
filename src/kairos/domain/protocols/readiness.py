"""A programme's readiness (S-132): each item looked at, shown by a file, in date; then it may go live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.verdict import Verdict

LIVE = "live"
"""Under this name stands that a programme went live, beside the items of the list."""


class ItemState(StrEnum):
    """What was found when an item was looked at last, or said of going live."""

    HOLDS = "holds"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ReadinessItem:
    """One item of the list, as the content has it."""

    id: str
    ref: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What was said of an item last: until when it holds, and whether a file shows it."""

    state: ItemState
    until: date | None
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """How a programme stands: each item, and whether somebody said that it is live."""

    verdicts: Mapping[str, Verdict]
    went_live: bool

    @property
    def lacking(self) -> tuple[str, ...]:
        """The items that are missing, ended or out of date."""
        return tuple(item for item, verdict in self.verdicts.items() if verdict is not Verdict.MET)

    @property
    def score(self) -> tuple[int, int]:
        """How many items hold, of how many."""
        return len(self.verdicts) - len(self.lacking), len(self.verdicts)

    @property
    def is_live(self) -> bool:
        """Whether doses may be planned: said to be live, and every item still holds."""
        return self.went_live and not self.lacking


def readiness(items: Sequence[ReadinessItem], stated: Mapping[str, Stated], *, today: date) -> Readiness:
    """Return how a programme stands on a day."""
    live = stated.get(LIVE)
    return Readiness(
        {item.id: _verdict(stated.get(item.id), today) for item in items},
        went_live=live is not None and live.state is ItemState.HOLDS,
    )


def _verdict(said: Stated | None, today: date) -> Verdict:
    if said is None:
        return Verdict.UNKNOWN
    is_in_date = said.until is not None and said.until >= today
    holds = said.state is ItemState.HOLDS and said.has_evidence and is_in_date
    return Verdict.MET if holds else Verdict.NOT_MET


def check_stated(said: Stated, *, today: date, limits: LimitsInForce) -> None:
    """Refuse a check without a file, or one that is to hold too long or not at all.

    Raises
    ------
    InvalidInput
    """
    if said.state is ItemState.ENDED:
        return
    problems, most = [], today + timedelta(days=limits.span("readiness.holds_for").days)
    if not said.has_evidence:
        problems.append(Problem("evidence", "is missing; add the file that shows it"))
    if said.until is None or not today <= said.until <= most:
        problems.append(
            Problem("until", f"must be a day from {today} to {most}; choose when it is looked at again")
        )
    if problems:
        raise InvalidInput(*problems)


def check_may_go_live(standing: Readiness) -> None:
    """Refuse to go live with an item missing. Raises NotAllowed, naming each."""
    if standing.lacking:
        named = ", ".join(item.replace("_", " ") for item in standing.lacking)
        raise NotAllowed(f"the programme cannot go live: {named}; check each with its file first")


def check_is_live(standing: Readiness) -> None:
    """Refuse to plan or open a dosing session of a programme that is not live. Raises NotAllowed."""
    if not standing.went_live:
        raise NotAllowed("this programme is not live; go through its readiness on the Programme page first")
    if standing.lacking:
        named = ", ".join(item.replace("_", " ") for item in standing.lacking)
        raise NotAllowed(
            f"this programme's readiness has lapsed: {named}; check it again on the Programme page"
        )
