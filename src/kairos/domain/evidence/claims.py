"""Claims people make about ketamine: what we found when we checked them, and what may be said instead."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.grades import Direction, Grade


class ClaimVerdict(StrEnum):
    """What the check of a claim came to."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    OVERSTATED = "overstated"
    UNSUPPORTED = "unsupported"
    WRONG_CITATION = "wrong_citation"


@dataclass(frozen=True, slots=True)
class GradedClaim:
    """One claim. ``idea`` is what is claimed, in our words; ``better`` is the statement that holds.

    ``grade`` and ``direction`` are of the better statement: how sure anyone is, and which way it points.
    """

    id: str
    idea: str
    verdict: ClaimVerdict
    better: str
    grade: Grade
    direction: Direction
    sources: tuple[str, ...]
    certainty: Certainty
    owner: str
    checked_on: date
    review_by: date

    @property
    def may_be_repeated(self) -> bool:
        """Whether the claim itself may stand on a page; of every other one only the better statement may."""
        return self.verdict is ClaimVerdict.SUPPORTED

    def is_stale(self, on: date) -> bool:
        """Whether the day by which it should have been checked again has passed."""
        return on > self.review_by
