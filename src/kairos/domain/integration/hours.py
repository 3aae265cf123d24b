"""Hours that coaches and therapists offer for talking, which of them fit a window, and who may take one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem


class HourState(StrEnum):
    """What was said of an hour."""

    OFFERED = "offered"
    TAKEN = "taken"
    FREED = "freed"
    WITHDRAWN = "withdrawn"


class TalkWay(StrEnum):
    """How people meet."""

    ROOM = "room"
    VIDEO = "video"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class OfferedHour:
    """One hour as it stands. ``taken`` counts all seats ever taken, ``freed`` those given back."""

    id: UUID
    user_id: UUID
    starts_at: datetime
    ends_at: datetime
    way: TalkWay
    seats: int
    taken: int = 0
    freed: int = 0
    is_withdrawn: bool = False
    where: str = ""

    @property
    def left(self) -> int:
        """How many seats are free."""
        return 0 if self.is_withdrawn else self.seats - self.taken + self.freed

    @property
    def is_group(self) -> bool:
        """Whether several people meet."""
        return self.seats > 1

    def is_open(self, now: datetime) -> bool:
        """Whether a seat can be taken now."""
        return self.left > 0 and self.starts_at > now


@dataclass(frozen=True, slots=True)
class Proposal:
    """An hour proposed to somebody; ``is_in_window`` where it lies in the days after their session."""

    hour: OfferedHour
    is_in_window: bool


def proposals(
    hours: Iterable[OfferedHour],
    *,
    between: Sequence[tuple[datetime, datetime]],
    known: frozenset[UUID],
    now: datetime,
) -> tuple[Proposal, ...]:
    """Return the hours that can be taken: those of the window first, then with somebody known, then by time.

    Parameters
    ----------
    between : pairs of instants    the stretches in which talking is offered after the session
    known                          who has met the person before
    """
    found = [
        Proposal(hour, any(start <= hour.starts_at < end for start, end in between))
        for hour in hours
        if hour.is_open(now)
    ]
    return tuple(
        sorted(found, key=lambda p: (not p.is_in_window, p.hour.user_id not in known, p.hour.starts_at))
    )


def check_offer(
    starts_at: datetime, ends_at: datetime, way: str, seats: int, where: str, *, now: datetime
) -> TalkWay:
    """Return the way of an hour that is offered.

    Raises
    ------
    InvalidInput    in the past, ended before it starts, no such way, no seat, or a link that is none
    """
    problems = []
    if starts_at <= now:
        problems.append(Problem("starts_at", "is in the past; choose a later time"))
    if ends_at <= starts_at:
        problems.append(Problem("ends_at", "is not after the start; choose a later time"))
    if way not in set(TalkWay):
        problems.append(Problem("way", f"must be one of {', '.join(TalkWay)}"))
    if seats < 1:
        problems.append(Problem("seats", f"is {seats}; offer one or more"))
    if way == TalkWay.VIDEO and not where.startswith("https://"):
        problems.append(Problem("where", "must be a link that begins with https:// for a video meeting"))
    if problems:
        raise InvalidInput(*problems)
    return TalkWay(way)


def check_can_take(hour: OfferedHour, now: datetime) -> int:
    """Return the seat that is taken next.

    Raises
    ------
    NotAllowed    no seat is left, it was withdrawn, or it has begun
    """
    if not hour.is_open(now):
        raise NotAllowed("this hour is no longer free; choose another one")
    return hour.taken + 1
