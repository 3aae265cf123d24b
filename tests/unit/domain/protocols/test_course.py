"""A course on the calendar: proposed, checked, refused with the limit."""

from datetime import date, timedelta

import pytest

from kairos.domain.protocols.course import check_course, propose_course
from kairos.vocab.errors import InvalidInput
from tests.support.dosing_sessions import limits, protocol

FIRST = date(2026, 11, 24)


def days(*numbers: int) -> list[date]:
    return [FIRST + timedelta(days=number) for number in numbers]


def test_a_proposed_course_passes_its_own_check():
    proposed = propose_course(protocol().course, first_on=FIRST)
    assert [each.number for each in proposed] == [1, 2, 3, 4, 5, 6]
    assert [each.number for each in proposed if each.is_reviewed] == [3, 6]
    assert check_course(protocol().course, [each.on for each in proposed], limits=limits()) == proposed


def test_three_a_week_is_allowed():
    assert len(check_course(protocol().course, days(0, 2, 4, 7, 9, 11), limits=limits())) == 6


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (
            days(0, 1),
            "dates.2: is 1 d after the session before; the least is 2 d; choose 2026-11-26",
        ),
        (days(3, 0), "dates.2: is -3 d after"),
        (days(0, 7, 14, 22), "last over 22 d; this course is done within 21 d"),
        (days(0, 2, 4, 7, 9, 11, 14), "7 sessions given; this course has 1 to 6"),
        ([], "0 sessions given"),
    ],
)
def test_a_course_against_the_limits_is_refused(dates, said):
    with pytest.raises(InvalidInput, match=said):
        check_course(protocol().course, dates, limits=limits())
