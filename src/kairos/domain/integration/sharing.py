"""What a patient lets an outside therapist read: chosen parts, for so many days, each look logged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import InvalidInput, Problem

LONGEST = 200
"""How many characters a recipient's name may have."""


class SharePart(StrEnum):
    """What can be shared. The journal and the medical record are not among them."""

    DAYS = "days"
    MEETINGS = "meetings"
    INSIGHTS = "insights"
    HABITS = "habits"


@dataclass(frozen=True, slots=True)
class OutsideShare:
    """One link: for whom, which parts, until when; ended early where ``is_ended``. ``looks`` in order."""

    id: UUID
    recipient: str
    parts: tuple[SharePart, ...]
    expires_at: datetime
    is_ended: bool
    looks: tuple[datetime, ...] = ()

    def is_open(self, now: datetime) -> bool:
        """Whether the link still opens."""
        return not self.is_ended and now < self.expires_at


def check_share(
    recipient: str, parts: tuple[str, ...], days: int, *, longest: timedelta, now: datetime
) -> tuple[str, tuple[SharePart, ...], datetime]:
    """Return for whom, which parts and until when.

    Raises
    ------
    InvalidInput    nobody is named, nothing chosen, or longer than a link may live
    """
    problems, name = [], recipient.strip()
    if not 0 < len(name) <= LONGEST:
        problems.append(Problem("recipient", f"write who may read it, {LONGEST} characters at most"))
    if not parts or not set(parts) <= set(SharePart):
        problems.append(Problem("parts", "choose one part or more"))
    if not 1 <= days <= longest.days:
        problems.append(Problem("days", f"is {days} days; choose from 1 to {longest.days}"))
    if problems:
        raise InvalidInput(*problems)
    chosen = tuple(part for part in SharePart if part in parts)
    return name, chosen, now + timedelta(days=days)
