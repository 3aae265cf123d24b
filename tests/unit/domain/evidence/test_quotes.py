"""Two quotes compared over a whole course: sums by hand; what nobody told stays unknown."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kairos.domain.evidence.quotes import Offered, OfferedItem, Quote, QuoteItem, total_over

IN, OUT = OfferedItem(Offered.INCLUDED), OfferedItem(Offered.EXCLUDED)
ALL_IN = Quote("All in", Decimal(600), 6, Decimal(1), dict.fromkeys(QuoteItem, IN))
EXTRAS = Quote(
    "Extras",
    Decimal("399.50"),
    6,
    Decimal(1),
    dict.fromkeys(QuoteItem, OUT)
    | {
        QuoteItem.EVALUATION: OfferedItem(Offered.EXTRA, Decimal(250)),
        QuoteItem.WATCHING: OfferedItem(Offered.EXTRA, Decimal(80)),
        QuoteItem.CALLS: OfferedItem(),
    },
)


def test_two_quotes_by_hand():
    """6 at 600. 6 at 399.50, 250 once, 6 at 80; nobody said what calls cost."""
    one, other = total_over(ALL_IN, 0), total_over(EXTRAS, 0)
    assert (one.known, one.is_whole, one.sessions) == (3600, True, 6)
    assert other.known == Decimal("2397.00") + 250 + 480 == Decimal("3127.00")
    assert (other.is_whole, other.missing) == (False, (QuoteItem.CALLS,))
    assert QuoteItem.MEDICINE in other.excluded


def test_a_year_of_going_on_by_hand():
    """18 sessions: at 600; at 399.50 and 80 each, and 250 once."""
    assert total_over(ALL_IN, 12).known == 10800
    assert total_over(EXTRAS, 12).known == 18 * Decimal("479.50") + 250 == 8881


def test_what_nobody_told_is_not_nothing():
    bare = total_over(Quote("Bare"), 0)
    assert (bare.known, bare.sessions, bare.is_price_missing) == (0, None, True)
    assert bare.missing == tuple(QuoteItem)
    extra = OfferedItem(Offered.EXTRA)
    assert QuoteItem.TESTS in total_over(Quote("x", items={QuoteItem.TESTS: extra}), 0).missing
    each = {QuoteItem.MEDICINE: OfferedItem(Offered.EXTRA, Decimal(5))}
    assert QuoteItem.MEDICINE in total_over(Quote("x", items=each), 0).missing
    assert total_over(Quote("x", Decimal(1), 2), 12).is_price_missing


@given(st.sampled_from(list(QuoteItem)), st.integers(0, 24))
def test_not_knowing_one_item_never_adds_to_what_is_known(item, months):
    left_out = Quote(
        "x", EXTRAS.price, EXTRAS.visits, EXTRAS.later_a_month, {**EXTRAS.items, item: OfferedItem()}
    )
    assert total_over(left_out, months).known <= total_over(EXTRAS, months).known
    assert item in total_over(left_out, months).missing
