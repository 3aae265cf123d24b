"""A price list: exact amounts, one list for each day, nothing that is not on it taken for nought."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kairos.domain.evidence.price_list import (
    PriceItem,
    PriceLine,
    PriceList,
    Provider,
    check_price_list,
    from_details,
    list_on,
    to_details,
)
from kairos.vocab.errors import InvalidInput

TODAY = date(2026, 3, 2)
PROTOCOLS = ("iv_racemic_clinic",)
LINES = (
    PriceLine(PriceItem.EVALUATION, Decimal("250.00"), "90792", "an hour with a psychiatrist"),
    PriceLine("visit.iv_racemic_clinic", Decimal("485.50")),
)
LIST = PriceList("USD", TODAY, LINES, Provider("Lindenhof", "1 Main Street", "1234567893", "12-3456789"), 3)


def faults(prices):
    with pytest.raises(InvalidInput) as found:
        check_price_list(prices, protocols=PROTOCOLS, today=TODAY)
    return {problem.field: problem.message for problem in found.value.problems}


def test_a_list_in_order_is_not_refused():
    check_price_list(LIST, protocols=PROTOCOLS, today=TODAY)


def test_what_is_on_the_list_and_what_is_not():
    assert LIST.price("visit.iv_racemic_clinic") == Decimal("485.50")
    assert LIST.price(PriceItem.TESTS) is None
    assert list(LIST.visits) == ["iv_racemic_clinic"]


def test_a_list_comes_back_as_it_was_kept():
    assert from_details(to_details(LIST), version=3, from_day=TODAY) == LIST


def test_an_amount_that_is_no_number_is_refused():
    told = to_details(LIST)
    told["lines"][0]["amount"] = "much"
    with pytest.raises(InvalidInput, match="no number"):
        from_details(told, version=1, from_day=TODAY)


@pytest.mark.parametrize(
    ("prices", "field", "says"),
    [
        (replace(LIST, currency="dollar"), "currency", "three capital letters"),
        (replace(LIST, from_day=date(2026, 3, 1)), "from_day", "2026-03-02 or later"),
        (replace(LIST, lines=()), "", "no price"),
        (replace(LIST, lines=(LINES[0], LINES[0])), "", "twice"),
        (replace(LIST, lines=(PriceLine("visit.by_post", Decimal(1)),)), "visit.by_post", "nothing that"),
        (replace(LIST, lines=(PriceLine("tests", Decimal(-1)),)), "tests", "nought or more"),
        (replace(LIST, lines=(PriceLine("tests", Decimal("NaN")),)), "tests", "nought or more"),
        (replace(LIST, lines=(PriceLine("tests", Decimal("1.005")),)), "tests", "two places"),
    ],
)
def test_what_is_refused_is_said_beside_its_field(prices, field, says):
    assert says in faults(prices)[field]


def test_all_faults_are_told_at_once():
    assert len(faults(replace(LIST, currency="x", from_day=date(2020, 1, 1), lines=()))) == 3


def test_the_list_of_a_day_is_the_newest_of_those_that_began():
    first = replace(LIST, from_day=date(2026, 1, 1), version=1)
    again = replace(LIST, from_day=date(2026, 1, 1), version=2)
    later = replace(LIST, from_day=date(2026, 6, 1), version=3)
    assert list_on([later, again, first], date(2025, 12, 31)) is None
    assert list_on([later, again, first], date(2026, 5, 31)) == again
    assert list_on([later, again, first], date(2026, 6, 1)) == later
