"""The day at a site: opened by a whole check, closed with nothing open."""

from uuid import UUID

import pytest

from kairos.domain.protocols.clinic_day import (
    DayState,
    LeftOpen,
    RoomCheck,
    RoomItem,
    check_may_close,
    check_may_dose_today,
    check_room,
)
from kairos.vocab.errors import InvalidInput, NotAllowed

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
