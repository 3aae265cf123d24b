"""Instants and partial dates. A date keeps the precision its source gave it."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

REMEMBERED_DAYS = 4096
_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(T.+)?)?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day, as far as its source knew.

    ``first`` and ``last`` are the earliest and latest day it can mean; a comparison that needs more
    precision than there is must answer UNKNOWN, never guess.
    """

    year: int
    month: int | None = None
    day: int | None = None
    first: date = field(init=False, repr=False, compare=False)
    last: date = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse impossible dates, and a day without its month; work out the days it can mean, once."""
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        first = last = date(self.year, self.month or 1, self.day or 1)
        if self.day is None:
            month = self.month or 12
            last = date(self.year, month, calendar.monthrange(self.year, month)[1])
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "last", last)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or an ISO instant, whose own day is kept.

        Raises
        ------
        ValueError    any other shape, or a day that no calendar has
        """
        match = _SHAPE.fullmatch(text.strip())
        if match is None:
            raise ValueError("not a date; expected YYYY, YYYY-MM, YYYY-MM-DD or an ISO 8601 instant")
        if match[4] is not None:
            datetime.fromisoformat(text.strip())
        return cls(int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)

    @classmethod
    @lru_cache(maxsize=REMEMBERED_DAYS)
    def of(cls, day: date) -> "PartialDate":
        """Return the full-precision value of a calendar day; the days of a record come again and again."""
        return cls(day.year, day.month, day.day)

    @property
    def is_full(self) -> bool:
        """Whether the day is known."""
        return self.day is not None

    def __str__(self) -> str:
        """Return the ISO form, as short as the precision."""
        parts = [f"{self.year:04d}", *(f"{p:02d}" for p in (self.month, self.day) if p is not None)]
        return "-".join(parts)


def check_aware(instant: datetime, *, name: str) -> datetime:
    """Return the instant, or refuse one without a time zone.

    Raises
    ------
    ValueError    names the argument
    """
    if instant.tzinfo is None:
        raise ValueError(f"{name} has no time zone; give an aware instant")
    return instant
