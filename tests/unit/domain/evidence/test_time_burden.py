"""The hours of a course: sums by hand, for a clinic and for home."""

from decimal import Decimal

import pytest

from kairos.domain.evidence.time_burden import TimeAsked, time_over

ASKED = TimeAsked(6, Decimal(1), Decimal("1.5"), Decimal(3))


@pytest.mark.parametrize(
    ("least_h", "is_at_home", "months", "visits", "own_h", "escort_h"),
    [
        (2, False, 0, 6, 39, 21),  # 6 x (2 + 1.5 + 3); 6 x (2 + 1.5)
        (2, True, 0, 6, 30, 12),  # 6 x (2 + 3); 6 x 2
        (1, False, 12, 18, 99, 45),  # 18 x (1 + 1.5 + 3); 18 x (1 + 1.5)
    ],
)
def test_the_sum_matches(least_h, is_at_home, months, visits, own_h, escort_h):
    taken = time_over(ASKED, least_h=Decimal(least_h), is_at_home=is_at_home, months=months)
    assert (taken.visits, taken.own_h, taken.escort_h) == (visits, own_h, escort_h)


def test_what_is_not_known_stays_so():
    two = Decimal(2)
    assert time_over(TimeAsked(), least_h=two, is_at_home=True, months=0).visits is None
    assert time_over(TimeAsked(6), least_h=two, is_at_home=False, months=0).own_h is None
    assert time_over(TimeAsked(6), least_h=two, is_at_home=False, months=12).visits is None
    without_rest = time_over(TimeAsked(6), least_h=two, is_at_home=True, months=0)
    assert (without_rest.own_h, without_rest.escort_h) == (None, 12)
