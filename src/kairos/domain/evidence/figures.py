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
class Point:
    """How many of 100 people still had something a number of days after ``Course.since``."""

    day: float
    of_100: int


@dataclass(frozen=True, slots=True)
class Course:
    """How many of 100 people still had something as time went by, at the days that a study tells.

    ``says`` names what they still had, ``since`` from when the days count, ``people`` who was counted.
    """

    says: str
    since: str
    people: str
    points: tuple[Point, ...]

    @property
    def half_gone_by(self) -> Point | None:
        """The first day that a study tells on which no more than half still had it."""
        half = self.points[0].of_100 / 2
        return next((point for point in self.points if point.of_100 <= half), None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``states`` is what a sentence says of it."""

    id: str
    states: str
    count: Count | None
    course: Course | None
    sources: tuple[str, ...]
    certainty: Certainty
    owner: str
    checked_on: date
    review_by: date

    def is_stale(self, on: date) -> bool:
        """Whether the day by which it should have been checked again has passed."""
        return on > self.review_by
