"""UUID version 7, as RFC 9562 draws it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.vocab.identifiers import RANDOM_BYTES, uuid7

seconds_since_1970 = st.integers(0, 2**33)
instants = seconds_since_1970.map(lambda seconds: datetime.fromtimestamp(seconds, tz=UTC))
random_bytes = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)


def test_the_example_of_the_rfc():
    """RFC 9562, appendix A.6: 2022-02-22T19:22:22.00Z gives 017F22E2-79B0-7CC3-98C4-DC0C0C07398F."""
    now = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    tail = bytes.fromhex("0CC398C4DC0C0C07398F")
    assert str(uuid7(now=now, randomness=tail)) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@given(instants, random_bytes)
def test_version_and_variant_hold(now, randomness):
    made = uuid7(now=now, randomness=randomness)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


@given(instants, random_bytes, random_bytes)
def test_later_sorts_later(now, first, second):
    later = now + timedelta(milliseconds=2)
    assert uuid7(now=now, randomness=first) < uuid7(now=later, randomness=second)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        uuid7(now=datetime(2026, 1, 1), randomness=bytes(RANDOM_BYTES))  # noqa: DTZ001 - the naive one is the case


@pytest.mark.parametrize("count", [0, RANDOM_BYTES - 1, RANDOM_BYTES + 1])
def test_another_number_of_bytes_is_refused(count):
    with pytest.raises(ValueError, match=f"has {count} bytes"):
        uuid7(now=datetime(2026, 1, 1, tzinfo=UTC), randomness=bytes(count))
