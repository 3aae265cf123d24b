"""Partial dates keep their precision; instants have a time zone."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.vocab.instants import PartialDate, check_aware

READINGS = (
    ("2019", PartialDate(2019), date(2019, 1, 1), date(2019, 12, 31), False),
    ("2020-02", PartialDate(2020, 2), date(2020, 2, 1), date(2020, 2, 29), False),
    (" 2019-05-04 ", PartialDate(2019, 5, 4), date(2019, 5, 4), date(2019, 5, 4), True),
    ("2019-05-04T23:30:00-05:00", PartialDate(2019, 5, 4), date(2019, 5, 4), date(2019, 5, 4), True),
    ("2180-07-23T14:00:00Z", PartialDate(2180, 7, 23), date(2180, 7, 23), date(2180, 7, 23), True),
)


@pytest.mark.parametrize(("text", "expected", "first", "last", "is_full"), READINGS)
def test_a_date_is_read_in_its_own_precision(text, expected, first, last, is_full):
    read = PartialDate.parse(text)
    assert (read, read.first, read.last, read.is_full) == (expected, first, last, is_full)


@pytest.mark.parametrize(
    "text", ["", "19", "05/04/2019", "2019-5-4", "2019-05-04 10:00", "soon", "2019-05-04Tx"]
)
def test_another_shape_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["2019-13", "2019-02-30", "0000"])
def test_a_day_that_no_calendar_has_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


def test_a_day_needs_its_month():
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(2019, None, 4)


@given(st.dates())
def test_a_calendar_day_survives_text_and_back(day):
    whole = PartialDate.of(day)
    assert PartialDate.parse(str(whole)) == whole
    assert whole.first == whole.last == day


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_lies_within_its_year(year, month):
    inner, outer = PartialDate(year, month), PartialDate(year)
    assert outer.first <= inner.first <= inner.last <= outer.last
    assert PartialDate.parse(str(inner)) == inner


def test_an_aware_instant_passes_through():
    now = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert check_aware(now, name="taken_at") is now


def test_a_naive_instant_is_refused_by_name():
    with pytest.raises(ValueError, match="taken_at has no time zone"):
        check_aware(datetime(2026, 3, 1, 9), name="taken_at")  # noqa: DTZ001 - the naive one is the case
