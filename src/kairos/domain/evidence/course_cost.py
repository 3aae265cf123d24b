"""What a whole course may cost one person: their own numbers, added up in the open. Nothing is assumed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_WHOLE = Decimal(1)
_HUNDRED = Decimal(100)


class CostItem(StrEnum):
    """What is paid for, or lost."""

    VISITS = "visits"
    LATER_VISITS = "later_visits"
    TESTS = "tests"
    COACHING = "coaching"
    TRAVEL = "travel"
    ESCORT = "escort"
    LOST_WORK = "lost_work"


@dataclass(frozen=True, slots=True)
class CostAsked:
    """What somebody filled in; None is not known, and is never taken for nothing.

    ``price`` (a visit), ``tests`` (the whole work-up), ``coaching`` (a meeting), ``travel`` (there and back)
    and ``escort`` (a visit) are amounts of one currency. ``hours`` are lost at a visit, ``pay`` is
    what one of them earns. ``insurer`` is the share of the price of a visit that an insurer pays, in percent.
    """

    first_visits: int | None = None
    later_a_month: Decimal | None = None
    price: Decimal | None = None
    insurer: Decimal | None = None
    tests: Decimal | None = None
    meetings: int | None = None
    coaching: Decimal | None = None
    travel: Decimal | None = None
    escort: Decimal | None = None
    hours: Decimal | None = None
    pay: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of the sum: None where something needed for it is not known."""

    item: CostItem
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class CostOfSpan:
    """The sum over some months: lines, what they come to, the visits and the hours that go with them."""

    months: int
    visits: Decimal | None
    hours: Decimal | None
    lines: tuple[CostLine, ...]

    @property
    def total(self) -> Decimal:
        """What the known lines come to; less than the whole while anything is missing."""
        return sum((line.amount for line in self.lines if line.amount is not None), Decimal(0))

    @property
    def missing(self) -> tuple[CostItem, ...]:
        """What is not counted, because something of it is not known."""
        return tuple(line.item for line in self.lines if line.amount is None)


def cost_over(asked: CostAsked, months: int) -> CostOfSpan:
    """Return what a course and what follows it costs within some months after its first visits.

    Parameters
    ----------
    months      0 for the first visits alone; later visits go on month by month, for they may not end
    """
    first = _amount(asked.first_visits)
    later = _times(asked.later_a_month, Decimal(months)) if months else Decimal(0)
    visits = _plus(first, later)
    own_share = _own_share(asked)
    return CostOfSpan(
        months=months,
        visits=visits,
        hours=_times(visits, asked.hours),
        lines=(
            CostLine(CostItem.VISITS, _times(first, own_share)),
            CostLine(CostItem.LATER_VISITS, _times(later, own_share)),
            CostLine(CostItem.TESTS, asked.tests),
            CostLine(CostItem.COACHING, _times(_amount(asked.meetings), asked.coaching)),
            CostLine(CostItem.TRAVEL, _times(visits, asked.travel)),
            CostLine(CostItem.ESCORT, _times(visits, asked.escort)),
            CostLine(CostItem.LOST_WORK, _product((visits, asked.hours, asked.pay))),
        ),
    )


def _own_share(asked: CostAsked) -> Decimal | None:
    """Return what one visit costs oneself; an unknown insurer is unknown, not nought."""
    if asked.price is None or asked.insurer is None:
        return None
    return asked.price * (_WHOLE - asked.insurer / _HUNDRED)


def _amount(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _times(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return _product((one, other))


def _product(factors: Iterable[Decimal | None]) -> Decimal | None:
    """Return the product. Nothing of something unknown is nothing: no visit costs no price."""
    known = list(factors)
    if any(factor == 0 for factor in known):
        return Decimal(0)
    product = _WHOLE
    for factor in known:
        if factor is None:
            return None
        product *= factor
    return product
