"""Scores over time, and the change they show. What was missed stays in the series."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kairos.domain.outcomes.change import Change


@dataclass(frozen=True, slots=True)
class TimedScore:
    """One time of asking. ``total`` is None where it was not answered in full."""

    at: datetime
    total: int | None


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The scores of one scale in order of time, and when the course began."""

    scores: tuple[TimedScore, ...]
    course_began_at: datetime | None = None

    @property
    def known(self) -> tuple[TimedScore, ...]:
        """The times that have a total."""
        return tuple(score for score in self.scores if score.total is not None)

    @property
    def baseline(self) -> TimedScore | None:
        """The last score before the course began; without a course, the first of all."""
        if self.course_began_at is None:
            return self.known[0] if self.known else None
        before = [score for score in self.known if score.at <= self.course_began_at]
        return before[-1] if before else None

    @property
    def since_baseline(self) -> tuple[TimedScore, ...]:
        """The known scores after the baseline; all of them where there is no baseline."""
        start = self.baseline
        return tuple(score for score in self.known if start is None or score.at > start.at)

    @property
    def change(self) -> Change:
        """The change from the baseline to the newest score, with the best score between."""
        later = self.since_baseline
        return Change(
            baseline=self.baseline.total if self.baseline else None,
            current=later[-1].total if later else None,
            best=min((score.total for score in later if score.total is not None), default=None),
        )

    @property
    def missed(self) -> int:
        """How many times of asking have no total."""
        return len(self.scores) - len(self.known)


def trajectory(scores: Iterable[TimedScore], *, course_began_at: datetime | None = None) -> Trajectory:
    """Return scores put in order of time."""
    return Trajectory(tuple(sorted(scores, key=lambda score: score.at)), course_began_at)
