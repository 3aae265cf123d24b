"""What a whole course comes to: sums done by hand, and nothing unknown taken for nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.domain.evidence.course_cost import CostAsked, CostItem, cost_over

WHOLE = CostAsked(
    first_visits=6,
    later_a_month=Decimal("1.5"),
    price=Decimal(600),
    insurer=Decimal(20),
    tests=Decimal(250),
    meetings=4,
    coaching=Decimal(90),
    travel=Decimal("12.50"),
    escort=Decimal(40),
    hours=Decimal(4),
    pay=Decimal(22),
)


def test_the_first_visits_by_hand():
    """6 at 600 less a fifth; 250; 4 at 90; 6 at 12.50; 6 at 40; 24 hours at 22."""
    cost = cost_over(WHOLE, 0)
    assert [line.amount for line in cost.lines] == [2880, 0, 250, 360, 75, 240, 528]
    assert cost.total == 4333
    assert (cost.visits, cost.hours, cost.missing) == (6, 24, ())


def test_a_year_of_going_on_by_hand():
    """18 visits more."""
    cost = cost_over(WHOLE, 12)
    assert [line.amount for line in cost.lines] == [2880, 8640, 250, 360, 300, 960, 2112]
    assert (cost.visits, cost.hours) == (24, 96)


def test_nothing_filled_in_is_nothing_known():
    cost = cost_over(CostAsked(), 12)
    assert cost.total == 0
    assert set(cost.missing) == set(CostItem)
    assert cost.visits is None
    assert cost.hours is None


def test_an_insurer_nobody_asked_leaves_the_price_unknown():
    cost = cost_over(CostAsked(first_visits=6, price=Decimal(600)), 0)
    assert CostItem.VISITS in cost.missing


def test_no_visit_needs_no_price():
    cost = cost_over(CostAsked(first_visits=0, later_a_month=Decimal(0)), 12)
    assert cost.missing == (CostItem.TESTS, CostItem.COACHING)
    assert cost.visits == 0


@given(st.sampled_from([field for field in CostAsked.__slots__]), st.integers(0, 60))
def test_leaving_one_thing_out_never_adds_to_the_sum(left_out, months):
    rest = {name: getattr(WHOLE, name) for name in CostAsked.__slots__ if name != left_out}
    cost, whole = cost_over(CostAsked(**rest), months), cost_over(WHOLE, months)
    assert cost.total <= whole.total
    assert cost.missing or cost.total == whole.total


@pytest.mark.parametrize("months", [0, 1, 12, 36])
def test_going_on_longer_never_costs_less(months):
    assert cost_over(WHOLE, months + 1).total > cost_over(WHOLE, months).total
