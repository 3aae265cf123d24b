"""What was given of a dose, whatever its form: when the first of it, when the last, how much by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kairos.domain.sessions.events import Event, PortionGiven
from kairos.domain.sessions.infusion import InfusionLog


@dataclass(frozen=True, slots=True)
class Portion:
    """One portion as it was given, and the entry that says so."""

    at: datetime
    mg: Decimal
    number: int
    is_last: bool
    lot: str
    expires_on: date | None
    ref: str


@dataclass(frozen=True, slots=True)
class DoseLog:
    """The dose of one session: an infusion, or portions in the order in which they were true.

    ``settled_at`` is when somebody said that nothing more is given: dosing stopped, or the mouth emptied.
    """

    ordered_mg: Decimal
    infusion: InfusionLog
    portions: tuple[Portion, ...] = ()
    settled_at: datetime | None = None
    is_held: bool = False

    @property
    def started_at(self) -> datetime | None:
        """When the first of it was given."""
        return self.portions[0].at if self.portions else self.infusion.started_at

    @property
    def ended_at(self) -> datetime | None:
        """When the last of it was given, or it was ended before; None while more may come."""
        if not self.portions:
            return self.infusion.ended_at
        if self.settled_at is not None or self.is_held:
            return self.settled_at
        last = self.portions[-1]
        return last.at if any(each.is_last for each in self.portions) else None

    def given_mg(self, at: datetime) -> Decimal:
        """Return the mg given by a moment."""
        if not self.portions:
            return self.infusion.given_mg(at)
        return sum((each.mg for each in self.portions if each.at <= at), Decimal(0))


def portion_of(event: Event, at: datetime, ref: str) -> Portion | None:
    """Return the portion that an event says was given, or None where it says none."""
    if not isinstance(event, PortionGiven):
        return None
    return Portion(at, event.mg, event.number, event.is_last, event.lot, event.expires_on, ref)


def in_order(portions: Iterable[Portion]) -> tuple[Portion, ...]:
    """Return portions by when they were true."""
    return tuple(sorted(portions, key=lambda each: (each.at, each.number)))
