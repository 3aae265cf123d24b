"""Outcome definitions of the content that ships, and series of scores."""

from datetime import UTC, date, datetime, timedelta

from kairos.content.release import load_release
from kairos.domain.outcomes.definitions import OutcomeDefinitions, definitions_for
from kairos.domain.outcomes.trajectory import TimedScore, Trajectory, trajectory

TODAY = date(2026, 11, 24)
START = datetime(2026, 11, 1, 9, tzinfo=UTC)


def the_definitions(scale: str) -> OutcomeDefinitions:
    """Return the shipped definitions of a scale."""
    release = load_release()
    higher = release.instruments[scale].higher_is_better
    return definitions_for(scale, book=release.parameters, on=TODAY, higher_is_better=higher)


def weekly(*totals: int | None, course_began_at: datetime | None = None) -> Trajectory:
    """Return scores a week apart; None is one that was not answered."""
    scores = [TimedScore(START + timedelta(weeks=n), total) for n, total in enumerate(totals)]
    return trajectory(reversed(scores), course_began_at=course_began_at)
