"""An estimate: planned items at the prices of a list, by hand; a price that is not on it stays unknown."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from kairos.domain.evidence.estimate import Expected, estimate
from kairos.domain.evidence.price_list import PriceItem, PriceLine, PriceList

START = datetime(2026, 3, 9, 9, tzinfo=UTC)
SIX = tuple(START + timedelta(days=3 * n) for n in range(6))
PRICES = PriceList(
    "USD",
    date(2026, 1, 1),
    (PriceLine("visit.iv", Decimal("485.50")), PriceLine(PriceItem.PREPARATION, Decimal("90.25"))),
)


def test_six_sessions_and_two_meetings_by_hand():
    """6 x 485.50 = 2913.00; 2 x 90.25 = 180.50; nothing after."""
    found = estimate(
        PRICES,
        [
            Expected("visit.iv", SIX),
            Expected(PriceItem.PREPARATION, SIX[:2]),
            Expected(PriceItem.INTEGRATION, ()),
        ],
    )
    assert [(line.count, line.amount) for line in found.lines] == [(6, 2913), (2, Decimal("180.50"))]
    assert (found.known, found.is_whole) == (Decimal("3093.50"), True)


def test_an_item_without_a_price_is_not_free():
    found = estimate(PRICES, [Expected("visit.iv", SIX[:1]), Expected(PriceItem.INTEGRATION, SIX)])
    assert found.lines[1].amount is None
    assert (found.known, found.is_whole) == (Decimal("485.50"), False)
