"""A clock for journeys over days: what the screens take for now is set by hand.

The database keeps its own clock, by which deadlines are due. So a journey lies in the past: whatever it
sets for later has come due when the journey gets there.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest


class JourneyClock:
    """Now, for everything that asks Django."""

    def __init__(self, patch: pytest.MonkeyPatch, settings: Any, *, starts: datetime) -> None:
        self.now = starts
        patch.setattr("django.utils.timezone.now", lambda: self.now)
        settings.KAIROS_IDLE_LOCK = timedelta(days=30)
        settings.KAIROS_SIGN_IN_LASTS = timedelta(days=30)
        settings.SESSION_COOKIE_AGE = int(timedelta(days=60).total_seconds())

    def go_on(self, **span: float) -> None:
        """Let time pass, as ``minutes=10``."""
        self.now += timedelta(**span)

    def go_to(self, day: datetime, at: str) -> None:
        """Go to a time of day."""
        hour, minute = map(int, at.split(":"))
        self.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def weekday_before(moment: datetime, *, least: timedelta) -> datetime:
    """Return a weekday that lies at least so long before a moment."""
    day = moment - least
    while day.isoweekday() > 5:
        day -= timedelta(days=1)
    return day
