"""When questionnaires are asked around a session: before it, and one, three and seven days after."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from kairos.domain.evidence.parameters import ParameterBook
from kairos.vocab.instants import check_aware
from kairos.vocab.quantities import HOUR


class Moment(StrEnum):
    """The times of asking around one session, and the one that the team chooses by hand."""

    BEFORE_SESSION = "before_session"
    HOUR_24 = "hour_24"
    HOUR_72 = "hour_72"
    DAY_7 = "day_7"
    ASKED_NOW = "asked_now"


AFTER = (Moment.HOUR_24, Moment.HOUR_72, Moment.DAY_7)
MEASURED = ("phq9", "gad7")
"""The questionnaires of every asking, in the order in which they are asked."""


def kind_of(timepoint: str) -> str:
    """Return the kind of the deadline that asks at a time point."""
    return f"measure.{timepoint}"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One time of asking, in UTC. It can be answered from ``opens_at`` until ``closes_at``."""

    moment: Moment
    opens_at: datetime
    due_at: datetime
    closes_at: datetime

    def is_open(self, *, now: datetime) -> bool:
        """Whether it can be answered now."""
        return self.opens_at <= now < self.closes_at


def before_session(starts_at: datetime, *, book: ParameterBook) -> Measurement:
    """Return the asking before a planned session; it closes when the session starts.

    Raises
    ------
    ValueError    an instant without a time zone
    """
    start = check_aware(starts_at, name="starts_at").astimezone(UTC)
    opens = start - _hours(book, "measures.before_session.opens", start)
    return Measurement(Moment.BEFORE_SESSION, opens, start, start)


def after_session(ended_at: datetime, *, book: ParameterBook) -> tuple[Measurement, ...]:
    """Return the askings after a session that ended; elapsed hours, whatever the clocks do meanwhile.

    Raises
    ------
    ValueError    an instant without a time zone
    """
    end = check_aware(ended_at, name="ended_at").astimezone(UTC)
    return tuple(_after(moment, end, book) for moment in AFTER)


def asked_now(now: datetime, *, book: ParameterBook) -> Measurement:
    """Return the asking that somebody of the team starts by hand.

    Raises
    ------
    ValueError    an instant without a time zone
    """
    opens = check_aware(now, name="now").astimezone(UTC)
    closes = opens + _hours(book, "measures.asked_now.closes", opens)
    return Measurement(Moment.ASKED_NOW, opens, opens, closes)


def remind_at(sent_at: datetime, *, closes_at: datetime, book: ParameterBook) -> datetime | None:
    """Return when an unanswered asking is sent once more; None where it closes before that."""
    at = sent_at + _hours(book, "measures.reminder_after", sent_at)
    return at if at < closes_at else None


def _after(moment: Moment, end: datetime, book: ParameterBook) -> Measurement:
    due = end + _hours(book, f"measures.{moment}.due", end)
    return Measurement(moment, due, due, end + _hours(book, f"measures.{moment}.closes", end))


def _hours(book: ParameterBook, name: str, on: datetime) -> timedelta:
    return timedelta(hours=book.quantity(name, on=on.date()).value_in(HOUR))
