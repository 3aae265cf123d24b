"""Numbers keep their unit; nothing converts in silence."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.vocab.quantities import KILOGRAM, MILLIGRAM, MMHG, ONE, Quantity


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_a_value_that_is_not_finite_is_refused(value):
    with pytest.raises(ValueError, match="finite"):
        Quantity(value, MMHG)


def test_a_missing_unit_is_refused():
    with pytest.raises(ValueError, match="needs its unit"):
        Quantity(1, "")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_number_comes_back_in_its_own_unit(value):
    assert Quantity(value, KILOGRAM).value_in(KILOGRAM) == value


def test_another_unit_is_refused_naming_both():
    with pytest.raises(ValueError, match="expected a quantity in kg, got one in mg"):
        Quantity(2, MILLIGRAM).value_in(KILOGRAM)


@pytest.mark.parametrize(
    ("quantity", "text"),
    [(Quantity(120.0, MMHG), "120 mm[Hg]"), (Quantity(0.5, ONE), "0.5"), (Quantity(3, ONE), "3")],
)
def test_text_has_the_unit_and_no_trailing_zero(quantity, text):
    assert str(quantity) == text
