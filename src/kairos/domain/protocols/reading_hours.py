"""When the team reads messages, and by when whoever writes has an answer, told before it is written.

The hours are the clinic's, on its own clock. A message outside them waits for the next opening. The answer
is due when the hours end, a number of working days after the day on which it is read. Row S-123.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kairos.domain.protocols.limits import LimitsInForce

_DAY = timedelta(days=1)
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class ReadingHours:
    """Hours of a day, the first and last weekday (1 is Monday), and how many working days an answer takes."""

    opens: time
    closes: time
    first_weekday: int
    last_weekday: int
    answer_days: int
    zone: ZoneInfo

    def is_open(self, at: datetime) -> bool:
        """Whether somebody reads at this instant."""
        local = at.astimezone(self.zone)
        return self._works_on(local.date()) and self.opens <= local.time() < self.closes

    def read_at(self, at: datetime) -> datetime:
        """Return when a message of this instant is read: now, or when the hours begin again; in UTC."""
        if self.is_open(at):
            return at.astimezone(UTC)
        local = at.astimezone(self.zone)
        day = local.date() if local.time() < self.opens else local.date() + _DAY
        return self._instant(self._working(day), self.opens)

    def closes_after(self, at: datetime) -> datetime:
        """Return the end of the hours of the day on which a message of this instant is read."""
        return self._instant(self.read_at(at).astimezone(self.zone).date(), self.closes)

    def answer_due(self, at: datetime) -> datetime:
        """Return by when a message of this instant is answered, in UTC."""
        day = self.read_at(at).astimezone(self.zone).date()
        for _ in range(self.answer_days):
            day = self._working(day + _DAY)
        return self._instant(day, self.closes)

    def _works_on(self, day: date) -> bool:
        return self.first_weekday <= day.isoweekday() <= self.last_weekday

    def _working(self, day: date) -> date:
        """Return this day, or the next on which somebody reads."""
        while not self._works_on(day):
            day += _DAY
        return day

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)


def reading_hours(limits: LimitsInForce, zone: ZoneInfo) -> ReadingHours:
    """Return the hours that a programme keeps, as its content says them."""
    return ReadingHours(
        opens=_time_of(limits, "messages.read_from"),
        closes=_time_of(limits, "messages.read_until"),
        first_weekday=limits.count("messages.first_weekday"),
        last_weekday=limits.count("messages.last_weekday"),
        answer_days=limits.count("messages.answer_days"),
        zone=zone,
    )


def _time_of(limits: LimitsInForce, parameter: str) -> time:
    minutes = int(limits.span(parameter) / timedelta(minutes=1))
    return time(minutes // _MINUTES, minutes % _MINUTES)
