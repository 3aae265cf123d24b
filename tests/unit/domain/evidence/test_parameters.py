"""Parameters: asked by id and day, with a programme's own values over the release's."""

from datetime import date

import pytest

from kairos.domain.evidence.citations import Basis, Certainty
from kairos.domain.evidence.parameters import AllowedRange, ParameterBook, ParameterValue
from kairos.vocab.errors import NotInForce
from kairos.vocab.quantities import Quantity

NAME = "test.limit"


def value(number, day, name=NAME, unit="mm[Hg]", sources=("kairos-default",)):
    """Return one dated value."""
    quantity = Quantity(number, unit)
    return ParameterValue(name, quantity, day, sources, Basis.DEFAULT, Certainty.DEFAULT)


BOOK = ParameterBook({NAME: (value(2, date(2027, 1, 1)), value(1, date(2026, 1, 1)))})


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 1, 1), 1), (date(2026, 12, 31), 1), (date(2027, 1, 1), 2), (date(2030, 1, 1), 2)],
)
def test_the_value_in_force_on_a_day(on, expected):
    assert BOOK.quantity(NAME, on=on) == Quantity(expected, "mm[Hg]")
    assert BOOK.entry(NAME, on=on).sources == ("kairos-default",)


def test_what_is_not_in_force_says_since_when_it_is():
    with pytest.raises(NotInForce, match="no value in force on 2019-03-01; earliest is 2026-01-01"):
        BOOK.quantity(NAME, on=date(2019, 3, 1))
    with pytest.raises(NotInForce, match="not a parameter"):
        BOOK.quantity("nothing", on=date(2026, 3, 1))


def test_a_book_lists_what_it_has():
    assert list(BOOK) == [NAME]
    assert NAME in BOOK and "nothing" not in BOOK
    assert [v.quantity.value for v in BOOK.dated(NAME)] == [1, 2]
    assert BOOK.dated("nothing") == ()


def test_own_values_stand_over_the_release_from_their_day_on():
    own = BOOK.with_overlay(value(5, date(2026, 6, 1)))
    assert own.quantity(NAME, on=date(2026, 5, 31)).value == 1
    assert own.quantity(NAME, on=date(2026, 6, 1)).value == 5
    assert own.quantity(NAME, on=date(2028, 1, 1)).value == 5
    assert BOOK.quantity(NAME, on=date(2026, 6, 1)).value == 1


def test_an_overlay_cannot_invent_a_parameter_or_change_its_unit():
    with pytest.raises(NotInForce):
        BOOK.with_overlay(value(5, date(2026, 6, 1), name="nothing"))
    with pytest.raises(ValueError, match="expected a quantity in mm"):
        BOOK.with_overlay(value(5, date(2026, 6, 1), unit="kPa"))


def test_a_value_without_a_source_is_refused():
    with pytest.raises(ValueError, match="names no source"):
        value(1, date(2026, 1, 1), sources=())


def test_a_range_holds_both_its_ends():
    allowed = AllowedRange(2, 3)
    assert 2 in allowed and 3 in allowed
    assert 1.99 not in allowed and 3.01 not in allowed


def test_a_range_is_not_upside_down():
    with pytest.raises(ValueError, match="the lowest value 3 is above the highest 2"):
        AllowedRange(3, 2)
