"""Triads, orphans, and preparation as a gate with three answers."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.protocols.triads import (
    Dosing,
    Meeting,
    MeetingStatus,
    check_meeting_time,
    check_preparation_planned,
    preparation_of,
    triads,
)
from kairos.vocab.errors import InvalidInput
from kairos.vocab.verdict import Verdict

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DOSE = Dosing(UUID(int=1), 1, NOW)
HELD, PLANNED, CANCELLED = MeetingStatus.HELD, MeetingStatus.PLANNED, MeetingStatus.CANCELLED
PREPARATORY, INTEGRATION = SessionKind.PREPARATORY, SessionKind.INTEGRATION


def meeting(number, days, *, kind=PREPARATORY, status=HELD, dosing=DOSE):
    return Meeting(UUID(int=number), kind, dosing.id, NOW + timedelta(days=days), status)


def the_triad(*meetings):
    return triads([DOSE], meetings)[0]


def test_a_dose_with_both_sides_is_whole_and_its_meetings_are_in_order():
    late, early = meeting(11, -1), meeting(12, -3)
    whole = the_triad(late, early, meeting(13, 2, kind=INTEGRATION, status=PLANNED))
    assert whole.preparation == (early, late)
    assert not whole.is_orphan


def test_a_dose_that_lacks_a_side_is_an_orphan():
    alone = the_triad(meeting(11, -1, status=CANCELLED))
    assert (alone.is_orphan, alone.lacks) == (True, (PREPARATORY, INTEGRATION))
    assert the_triad(meeting(11, -1)).lacks == (INTEGRATION,)


def test_meetings_belong_to_their_own_dose_and_cancelled_doses_to_no_triad():
    second = Dosing(UUID(int=2), 2, NOW + timedelta(days=7))
    gone = Dosing(UUID(int=3), 3, NOW + timedelta(days=9), is_cancelled=True)
    first, other = triads([DOSE, second, gone], [meeting(11, 3, dosing=second)])
    assert (first.preparation, len(other.preparation)) == ((), 1)


@pytest.mark.parametrize(
    ("meetings", "verdict"),
    [
        ((), Verdict.NOT_MET),
        ((meeting(11, -2),), Verdict.NOT_MET),
        ((meeting(11, -2), meeting(12, -1, status=PLANNED)), Verdict.UNKNOWN),
        ((meeting(11, -2), meeting(12, 1, status=PLANNED)), Verdict.NOT_MET),
        ((meeting(11, -2), meeting(12, -1, status=CANCELLED)), Verdict.NOT_MET),
        ((meeting(11, -2), meeting(12, -1)), Verdict.MET),
        ((meeting(11, -3), meeting(12, -2), meeting(13, -1, status=PLANNED)), Verdict.MET),
    ],
)
def test_preparation_is_met_only_by_what_was_held_and_signed(meetings, verdict):
    assert preparation_of(the_triad(*meetings), needed=2, now=NOW).verdict is verdict


def test_a_course_is_not_planned_without_its_preparation_before_the_first_dose():
    dose = NOW + timedelta(days=7)
    given = {"first_dose": dose, "needed": 2, "now": NOW}
    check_preparation_planned([NOW, NOW + timedelta(days=2)], **given)
    with pytest.raises(InvalidInput, match="0 planned; this course needs 2"):
        check_preparation_planned([], **given)
    with pytest.raises(InvalidInput) as refused:
        check_preparation_planned([NOW - timedelta(days=1), dose], **given)
    assert [each.field for each in refused.value.problems] == ["preparation.1", "preparation.2"]


def test_a_meeting_stands_on_its_own_side_of_the_dose():
    given = {"dose_at": NOW + timedelta(days=7), "now": NOW}
    check_meeting_time(PREPARATORY, NOW + timedelta(days=1), **given)
    check_meeting_time(INTEGRATION, NOW + timedelta(days=8), **given)
    for kind, days in ((PREPARATORY, 8), (INTEGRATION, 1), (PREPARATORY, -1)):
        with pytest.raises(InvalidInput):
            check_meeting_time(kind, NOW + timedelta(days=days), **given)
