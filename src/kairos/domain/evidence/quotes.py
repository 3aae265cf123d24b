"""Quotes of several providers side by side: what is in the price, what comes on top, what nobody told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class QuoteItem(StrEnum):
    """What a price may hold, or leave out."""

    EVALUATION = "evaluation"
    TESTS = "tests"
    MEDICINE = "medicine"
    WATCHING = "watching"
    PREPARATION = "preparation"
    INTEGRATION = "integration"
    CALLS = "calls"
    TRAVEL = "travel"


AT_EACH_SESSION = frozenset(
    (
        *(QuoteItem.MEDICINE, QuoteItem.WATCHING, QuoteItem.PREPARATION),
        *(QuoteItem.INTEGRATION, QuoteItem.TRAVEL),
    )
)
"""What is paid at each session where it comes on top; the rest is paid once."""


class Offered(StrEnum):
    """How a quote has an item."""

    INCLUDED = "included"
    EXTRA = "extra"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OfferedItem:
    """How a quote has one item, and what it costs where it comes on top; ``None`` is not known."""

    offered: Offered = Offered.UNKNOWN
    extra: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What one provider offers. An item that is not named was not told."""

    name: str
    price: Decimal | None = None
    visits: int | None = None
    later_a_month: Decimal | None = None
    items: Mapping[QuoteItem, OfferedItem] = field(default_factory=dict)

    def item(self, item: QuoteItem) -> OfferedItem:
        """Return how the quote has an item."""
        return self.items.get(item, OfferedItem())


@dataclass(frozen=True, slots=True)
class QuoteTotal:
    """What is known of a quote over some months; ``sessions`` is None where nobody said how many."""

    sessions: Decimal | None
    known: Decimal
    is_price_missing: bool
    missing: tuple[QuoteItem, ...]
    excluded: tuple[QuoteItem, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing that has to be paid is unknown; what is left out of the offer is not in it."""
        return not self.is_price_missing and not self.missing


def total_over(quote: Quote, months: int) -> QuoteTotal:
    """Return what a course comes to by a quote; what is not known is named and never taken for nothing.

    Parameters
    ----------
    months      0 for the first sessions alone; later ones go on month by month
    """
    sessions = _sessions(quote, months)
    priced = None if quote.price is None or sessions is None else quote.price * sessions
    extras = {item: _extra(item, quote.item(item), sessions) for item in QuoteItem}
    return QuoteTotal(
        sessions=sessions,
        known=sum((cost for cost in (priced, *extras.values()) if cost is not None), Decimal(0)),
        is_price_missing=priced is None,
        missing=tuple(item for item, cost in extras.items() if cost is None),
        excluded=tuple(item for item in QuoteItem if quote.item(item).offered is Offered.EXCLUDED),
    )


def _sessions(quote: Quote, months: int) -> Decimal | None:
    if quote.visits is None or (months and quote.later_a_month is None):
        return None
    return quote.visits + (quote.later_a_month or Decimal(0)) * months


def _extra(item: QuoteItem, told: OfferedItem, sessions: Decimal | None) -> Decimal | None:
    if told.offered in (Offered.INCLUDED, Offered.EXCLUDED):
        return Decimal(0)
    if told.offered is Offered.UNKNOWN or told.extra is None:
        return None
    if item not in AT_EACH_SESSION:
        return told.extra
    return None if sessions is None else told.extra * sessions
