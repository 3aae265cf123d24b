"""After a missed session: no worse keeps the schedule, worse is a prescriber's to decide."""

from datetime import date, timedelta

import pytest

from kairos.content.release import load_release
from kairos.domain.protocols.course import CourseTemplate, SinceMissed, check_after_missed, check_course
from kairos.vocab.errors import InvalidInput, NotAllowed
from tests.support.dosing_sessions import limits

ESKETAMINE = load_release().protocols["esketamine_clinic"].course
FIRST = date(2026, 3, 2)


def days(*after_first: int) -> list[date]:
    return [FIRST + timedelta(days=day) for day in after_first]


def test_how_the_person_is_since_must_be_said():
    with pytest.raises(InvalidInput, match="ask whether the symptoms are worse since"):
        check_after_missed(None, may_prescribe=True)


def test_no_worse_keeps_the_schedule_whoever_moves_it():
    assert not check_after_missed(SinceMissed.NO_WORSE, may_prescribe=False)


def test_worse_is_a_prescriber_s_and_steps_back():
    assert check_after_missed(SinceMissed.WORSE, may_prescribe=True)
    with pytest.raises(NotAllowed, match="a prescriber moves it"):
        check_after_missed(SinceMissed.WORSE, may_prescribe=False)


def test_stepping_back_allows_what_the_schedule_before_allows_and_no_more():
    twice_in_week_five = days(0, 3, 7, 10, 14, 17, 21, 24, 28, 31)
    with pytest.raises(InvalidInput, match="number 2 in course week 5; the most is 1"):
        check_course(ESKETAMINE, twice_in_week_five, limits=limits())
    check_course(ESKETAMINE, twice_in_week_five, limits=limits(), steps_back=True)
    with pytest.raises(InvalidInput, match="number 3 in course week 5; the most is 2"):
        check_course(ESKETAMINE, [*twice_in_week_five, *days(33)], limits=limits(), steps_back=True)


def test_the_first_schedule_has_none_before_it_and_a_course_without_weeks_has_none_at_all():
    with pytest.raises(InvalidInput, match="the most is 2"):
        check_course(ESKETAMINE, days(0, 2, 4), limits=limits(), steps_back=True)
    iv: CourseTemplate = load_release().protocols["iv_racemic_clinic"].course
    check_course(iv, days(0, 2, 4), limits=limits(), steps_back=True)
