"""What an answer can start, as values that content fills: level, tasks, owners, due rules."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from kairos.vocab.instants import check_aware
from kairos.vocab.people import Role
from kairos.vocab.verdict import Severity


class SafetyLevel(StrEnum):
    """How soon a person must act. The order of the words is the order of weight, lightest first."""

    ROUTINE_PLUS = "routine_plus"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def weight(self) -> int:
        """The place in the order; a larger number outranks a smaller one."""
        return list(SafetyLevel).index(self)


class DueRule(StrEnum):
    """By when. ``SAME_DAY`` ends with the site's calendar day, hence always within 24 hours."""

    NOW = "now"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True)
class SafetyTask:
    """One thing somebody on the team must do. ``kind`` is also the id of its text."""

    kind: str
    level: SafetyLevel
    owner: Role
    due: DueRule

    def due_at(self, *, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the instant by which it must be done, in UTC.

        Parameters
        ----------
        now : datetime    aware, when the answer arrived
        zone : ZoneInfo   the site's time zone, whose midnight ends the day
        """
        check_aware(now, name="now")
        if self.due is DueRule.NOW:
            return now.astimezone(UTC)
        tomorrow = now.astimezone(zone).date() + timedelta(days=1)
        midnight = datetime.combine(tomorrow, time(), tzinfo=zone).astimezone(UTC)
        return min(midnight, now.astimezone(UTC) + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class SafetyStep:
    """What starts when an item is answered at or above a value, or when a tier is reached.

    ``at_least`` is unused (0) for tiers. ``ref`` is the row of the fact base, ``message`` the text.
    """

    rule: str
    ref: str
    message: str
    severity: Severity
    tasks: tuple[SafetyTask, ...]
    crisis_card: str
    sources: tuple[str, ...]
    at_least: int = 0
