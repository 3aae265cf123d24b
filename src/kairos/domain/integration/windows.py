"""The days after a session: when integration meetings are offered and prompts are sent.

That these days are a better time to learn is a hypothesis with indirect evidence; the times are
defaults a programme may change.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kairos.domain.evidence.parameters import ParameterBook
from kairos.vocab.instants import check_aware
from kairos.vocab.quantities import DAY, HOUR


@dataclass(frozen=True, slots=True)
class IntegrationWindow:
    """A stretch of time, in UTC, in which one meeting is offered."""

    name: str
    opens_at: datetime
    closes_at: datetime


def integration_windows(ended_at: datetime, *, book: ParameterBook) -> tuple[IntegrationWindow, ...]:
    """Return the stretches in which the first and the second meeting are offered.

    Raises
    ------
    ValueError    an instant without a time zone
    """
    end = check_aware(ended_at, name="ended_at").astimezone(UTC)
    return tuple(
        IntegrationWindow(
            name,
            end + _hours(book, f"integration.{name}.opens", end),
            end + _hours(book, f"integration.{name}.closes", end),
        )
        for name in ("first", "second")
    )


def prompt_instants(ended_at: datetime, *, book: ParameterBook) -> tuple[datetime, ...]:
    """Return when the short daily prompts are due, in UTC: one day after another.

    Raises
    ------
    ValueError    an instant without a time zone
    """
    end = check_aware(ended_at, name="ended_at").astimezone(UTC)
    days = int(book.quantity("integration.prompt_days", on=end.date()).value_in(DAY))
    return tuple(end + timedelta(days=day) for day in range(1, days + 1))


def _hours(book: ParameterBook, name: str, on: datetime) -> timedelta:
    return timedelta(hours=book.quantity(name, on=on.date()).value_in(HOUR))
