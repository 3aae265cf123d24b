"""Readings that no living person has are refused; alarming ones never."""

import pytest

from kairos.domain.protocols.predose import CheckAnswer, check_finding
from kairos.domain.protocols.readings import Reading, check_reading
from kairos.vocab.errors import InvalidInput, Missing
from tests.support.dosing_sessions import at, limits, protocol


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "needs at least one value"),
        ({"systolic": 879}, "systolic: must be 40 to 300"),
        ({"diastolic": 5}, "diastolic: must be 20 to 200"),
        ({"oxygen": 101}, "oxygen: must be 40 to 100"),
        ({"systolic": 80, "diastolic": 120}, "check whether the two numbers were swapped"),
    ],
)
def test_an_impossible_reading_is_refused_with_its_range(values, said):
    with pytest.raises(InvalidInput, match=said):
        check_reading(Reading("1", at(0), **values), now=at(0), limits=limits())


@pytest.mark.parametrize("values", [{"systolic": 250, "diastolic": 150}, {"breathing": 0}, {"oxygen": 55}])
def test_an_alarming_reading_is_taken(values):
    reading = Reading("1", at(0), **values)
    assert check_reading(reading, now=at(0), limits=limits()) is reading


def test_a_reading_from_the_future_is_refused_beyond_the_tolerance():
    check_reading(Reading("1", at(2), oxygen=98), now=at(0), limits=limits())
    with pytest.raises(InvalidInput, match="more than 2 min ahead"):
        check_reading(Reading("1", at(2.1), oxygen=98), now=at(0), limits=limits())


def test_a_protocol_without_a_rule_says_so():
    with pytest.raises(Missing, match=r"has no alarm for monitoring\.nothing"):
        protocol().alarm_rule("monitoring.nothing")


def test_times_of_eating_that_cannot_be_are_asked_again():
    item = next(each for each in protocol().checks if each.id == "alcohol")
    for answer, verdict in (
        ("never", "met"),
        ("yesterday", "unknown"),
        (at(5), "unknown"),
        (at(-24 * 60), "met"),
    ):
        given = CheckAnswer("alcohol", answer)
        assert check_finding(item, given, now=at(0), limits=limits()).verdict == verdict
    assert (
        check_finding(item, CheckAnswer("alcohol", at(-1)), now=at(0), limits=limits()).verdict == "not_met"
    )
