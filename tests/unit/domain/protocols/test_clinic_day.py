"""The day at a site: opened by a whole check, closed with nothing open."""

from datetime import date
from uuid import UUID

import pytest

from kairos.domain.protocols.clinic_day import (
    DayState,
    Duty,
    LeftOpen,
    RescueLine,
    RoomCheck,
    RoomItem,
    check_may_close,
    check_may_do,
    check_may_dose_today,
    check_room,
)
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Role

ALL = dict.fromkeys(RoomItem, True)
SOMEBODY = UUID(int=1)


def test_a_day_opens_on_a_whole_check_with_both_people_named() -> None:
    check_room(RoomCheck(ALL, SOMEBODY, SOMEBODY))


@pytest.mark.parametrize("item", list(RoomItem))
def test_each_item_that_is_not_ready_or_not_looked_at_keeps_it_shut(item: RoomItem) -> None:
    with pytest.raises(InvalidInput, match="is not ready"):
        check_room(RoomCheck(ALL | {item: False}, SOMEBODY, SOMEBODY))
    unseen = {key: True for key in RoomItem if key is not item}
    with pytest.raises(InvalidInput, match="was not looked at"):
        check_room(RoomCheck(unseen, SOMEBODY, SOMEBODY))


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_room(RoomCheck({}, None, None))
    assert {p.field for p in refused.value.problems} == {*RoomItem, "prescriber", "resuscitator"}


def test_a_dose_wants_an_open_day() -> None:
    check_may_dose_today(DayState.OPEN)
    with pytest.raises(NotAllowed, match="not opened"):
        check_may_dose_today(DayState.NOT_OPENED)
    with pytest.raises(NotAllowed, match="is closed"):
        check_may_dose_today(DayState.CLOSED)


def test_a_day_closes_with_nothing_open() -> None:
    check_may_close(DayState.OPEN, LeftOpen(0, 0, 0))
    with pytest.raises(NotAllowed, match="2 sessions still open; 1 expected"):
        check_may_close(DayState.OPEN, LeftOpen(2, 1, 0))
    with pytest.raises(NotAllowed, match="3 doses"):
        check_may_close(DayState.OPEN, LeftOpen(0, 0, 3))
    with pytest.raises(NotAllowed, match="nothing to close"):
        check_may_close(DayState.CLOSED, LeftOpen(0, 0, 0))


BOX = (RescueLine("anaphylaxis", ("adrenaline",), ()), RescueLine("seizure", ("midazolam", "lorazepam"), ()))
TODAY = date(2026, 3, 2)


def box_with(**dates: date) -> RoomCheck:
    return RoomCheck(ALL, SOMEBODY, SOMEBODY, dates)


def test_every_rescue_medicine_is_there_and_in_date_to_the_end_of_its_last_day() -> None:
    check_room(box_with(anaphylaxis=TODAY, seizure=TODAY), box=BOX, on=TODAY)
    with pytest.raises(
        InvalidInput, match="anaphylaxis could be used until 2026-03-01; replace it"
    ) as refused:
        check_room(box_with(anaphylaxis=date(2026, 3, 1)), box=BOX, on=TODAY)
    assert [p.field for p in refused.value.problems] == ["rescue.anaphylaxis", "rescue.seizure"]
    assert "midazolam or lorazepam" in refused.value.problems[1].message


def test_a_duty_goes_to_somebody_whose_role_allows_it() -> None:
    check_may_do(Duty.WATCHER, frozenset({Role.NURSE}))
    check_may_do(Duty.THERAPIST, frozenset({Role.THERAPIST}))
    with pytest.raises(InvalidInput, match="must be one of: clinician, medical director"):
        check_may_do(Duty.PRESCRIBER, frozenset({Role.NURSE}))


def test_forms_and_hand_overs_keep_a_day_open() -> None:
    with pytest.raises(NotAllowed, match="1 monitoring forms of today not signed; 2 hand-overs offered"):
        check_may_close(DayState.OPEN, LeftOpen(0, 0, 0, forms=1, handovers=2))
