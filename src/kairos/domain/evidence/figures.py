"""Registered figures: every number that a text for strangers may state, and where it comes from."""

from dataclasses import dataclass
from datetime import date

from kairos.domain.evidence.citations import Certainty


@dataclass(frozen=True, slots=True)
class Count:
    """How many of 100 people had something, and how many would have had it anyway, where anyone was compared.

    ``beside`` is what the others were given; ``people`` says how many were counted.
    """

    says: str
    of_100: int
    against: int | None
    beside: str
    people: str

    @property
    def because(self) -> int:
        """How many had it because of the medicine, as far as the comparison tells."""
        return max(self.of_100 - (self.against or 0), 0)

    @property
    def anyway(self) -> int:
        """How many of those who had it would have had it anyway."""
        return self.of_100 - self.because


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``states`` is what a sentence says of it."""

    id: str
    states: str
    count: Count | None
    sources: tuple[str, ...]
    certainty: Certainty
    owner: str
    checked_on: date
    review_by: date

    def is_stale(self, on: date) -> bool:
        """Whether the day by which it should have been checked again has passed."""
        return on > self.review_by
