"""The list of the day: what somebody lacks, what is asked at the chair, who is late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kairos.content.release import load_release
from kairos.domain.protocols.clinic_day import Arrival
from kairos.domain.protocols.day_list import (
    Arranged,
    Awaited,
    Lack,
    asked_at_the_chair,
    awaited,
    ends_too_late,
    is_missed,
    lack_of_item,
    lacks_before_arrival,
    minutes_late,
)
from kairos.vocab.verdict import Verdict
from tests.support.dosing_sessions import limits

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
READY = Arranged(
    consent=Verdict.MET,
    decision=Verdict.MET,
    medicines=Verdict.MET,
    has_order=True,
    is_checked=True,
    has_chair=True,
    has_watcher=True,
)


def test_who_has_everything_lacks_nothing():
    assert lacks_before_arrival(READY) == ()
    assert lacks_before_arrival(replace(READY, certified=Verdict.MET, enrolled=Verdict.MET)) == ()


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"consent": Verdict.NOT_MET}, Lack.CONSENT),
        ({"consent": Verdict.UNKNOWN}, Lack.CONSENT),
        ({"decision": Verdict.UNKNOWN}, Lack.DECISION),
        ({"certified": Verdict.UNKNOWN}, Lack.CERTIFICATION),
        ({"enrolled": Verdict.NOT_MET}, Lack.ENROLMENT),
        ({"enrolled": Verdict.UNKNOWN}, Lack.ENROLMENT),
        ({"medicines": Verdict.UNKNOWN}, Lack.MEDICINES),
        ({"has_order": False, "is_checked": False}, Lack.ORDER),
        ({"is_checked": False}, Lack.ORDER_CHECK),
        ({"has_chair": False}, Lack.CHAIR),
        ({"has_watcher": False}, Lack.WATCHER),
        ({"owes_form": True}, Lack.FORM),
    ],
)
def test_each_thing_that_is_not_there_is_lacking_by_its_name(changes, lack):
    assert lacks_before_arrival(replace(READY, **changes)) == (lack,)


def test_a_watcher_and_an_earlier_form_are_arranged_beside_the_dose():
    beside = [lack for lack in Lack if not lack.stops_the_dose]
    assert beside == [Lack.WATCHER, Lack.FORM]


def test_food_drink_and_the_way_home_stand_under_their_own_names():
    checks = {item.id: item for item in load_release().protocols["esketamine_clinic"].checks}
    assert lack_of_item(checks["nasal_food"]) is Lack.FASTING
    assert lack_of_item(checks["escort"]) is Lack.ESCORT
    assert lack_of_item(checks["nasal_spray"]) is Lack.ANSWERS
    assert asked_at_the_chair(checks.values()) == (Lack.FASTING, Lack.ESCORT, Lack.ANSWERS)


def test_late_is_by_the_minutes_of_the_content():
    late, long = limits().span("day.late_after"), limits().span("day.no_show_after")
    minute = timedelta(minutes=1)

    def at(now, noted=None):
        return awaited(TEN, noted, now=now, limits=limits())

    assert at(TEN + late - minute) is Awaited.EXPECTED
    assert at(TEN + late) is Awaited.LATE
    assert at(TEN - minute, Arrival.LATE) is Awaited.LATE
    assert at(TEN + long) is Awaited.VERY_LATE
    assert at(TEN + long, Arrival.ARRIVED) is Awaited.HERE
    assert at(TEN, Arrival.NO_SHOW) is Awaited.NO_SHOW


def test_minutes_late_are_counted_from_the_appointment_on():
    assert minutes_late(TEN, TEN + timedelta(minutes=17, seconds=30)) == 17
    assert minutes_late(TEN, TEN - timedelta(minutes=5)) == 0


def test_who_comes_late_on_the_day_has_not_missed_it():
    assert not is_missed(TEN, None, now=TEN + timedelta(hours=3))
    assert is_missed(TEN, Arrival.NO_SHOW, now=TEN)
    assert is_missed(TEN, None, now=TEN + timedelta(days=1))
    assert not is_missed(TEN, Arrival.ARRIVED, now=TEN + timedelta(days=1))


def test_a_visit_that_outlasts_the_hours_of_the_site_is_seen_before_it_begins():
    last = limits().span("course.iv_visit_last_end")
    length = timedelta(hours=2)
    begins = TEN.replace(hour=0, minute=0) + last - length
    assert not ends_too_late(begins, length, limits=limits())
    assert ends_too_late(begins + timedelta(minutes=1), length, limits=limits())
