"""A written estimate of what is expected: a planned course at the prices of one list, item by item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kairos.domain.evidence.price_list import PriceLine, PriceList


@dataclass(frozen=True, slots=True)
class Expected:
    """One item that is expected, and when; how often is how many times there are."""

    item: str
    at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """One item at its price; ``price`` is None where the list does not name it."""

    expected: Expected
    price: PriceLine | None

    @property
    def count(self) -> int:
        """How often it is expected."""
        return len(self.expected.at)

    @property
    def amount(self) -> Decimal | None:
        """What it comes to, or None where its price is not known."""
        return None if self.price is None else self.price.amount * self.count


@dataclass(frozen=True, slots=True)
class Estimate:
    """All expected items at the prices of a list."""

    prices: PriceList
    lines: tuple[EstimateLine, ...]

    @property
    def known(self) -> Decimal:
        """What the items with a price come to."""
        return sum((line.amount for line in self.lines if line.amount is not None), Decimal(0))

    @property
    def is_whole(self) -> bool:
        """Whether every expected item has a price."""
        return all(line.amount is not None for line in self.lines)


def estimate(prices: PriceList, expected: Sequence[Expected]) -> Estimate:
    """Return what is expected at the prices of a list; an item that never comes is left out."""
    lines = tuple(EstimateLine(each, prices.line(each.item)) for each in expected if each.at)
    return Estimate(prices, lines)
