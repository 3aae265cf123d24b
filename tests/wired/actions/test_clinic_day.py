"""The clinic's day: no dose before it is opened, and no close while anything is open."""

from uuid import UUID

import pytest

from kairos.actions.cancel_planned_session import cancel_planned_session
from kairos.actions.cancel_session import cancel_session
from kairos.actions.close_clinic_day import close_clinic_day
from kairos.actions.dispense_stock import dispense_stock
from kairos.actions.note_arrival import note_arrival
from kairos.actions.open_clinic_day import open_clinic_day
from kairos.actions.start_infusion import start_infusion
from kairos.domain.protocols.clinic_day import Arrival, RoomCheck, RoomItem
from kairos.domain.sessions.events import CancelReason
from kairos.domain.stock.dose_source import Keeping
from kairos.queries.clinic_day import clinic_day, day_state
from kairos.store.ids import new_id
from kairos.store.repositories import courses, days
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import declare_keeping, make_person, staff
from tests.support.clinic_days import whole_check
from tests.support.running_session import Floor, checked, make_floor, opened, plan_session
from tests.wired.actions.test_stock_actions import receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    return make_floor()


def close(floor: Floor, minute: float = 0) -> UUID:
    closed: UUID = floor.do(close_clinic_day, minute, site_id=floor.clinic.site_id)
    return closed


def open_again(floor: Floor, minute: float = 0) -> None:
    check = whole_check(floor.prescriber.id, floor.nurse.id)
    floor.do(open_clinic_day, minute, site_id=floor.clinic.site_id, check=check)


def test_no_dose_starts_on_a_day_that_is_not_open(floor: Floor) -> None:
    session_id = checked(floor)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(days, "newest_entry", lambda scope, site_id, on: None)
        with pytest.raises(NotAllowed, match="the day is not opened"):
            floor.do(start_infusion, 0, session_id=session_id)
    with pytest.raises(InvalidInput, match="suction was not looked at"):
        check = RoomCheck({RoomItem.OXYGEN: True}, None, None)
        floor.do(open_clinic_day, 0, site_id=floor.clinic.site_id, check=check)
    floor.do(start_infusion, 0, session_id=session_id)


def test_the_day_closes_only_with_nothing_open_and_can_be_opened_again(floor: Floor) -> None:
    with pytest.raises(NotAllowed, match="1 expected"):
        close(floor)
    session_id = opened(floor)
    with pytest.raises(NotAllowed, match="1 sessions still open"):
        close(floor)
    floor.do(cancel_session, 1, session_id=session_id, reason=CancelReason.CLINIC)
    close(floor, 2)
    with pytest.raises(NotAllowed, match="nothing to close"):
        close(floor, 3)
    (day,) = clinic_day(by=floor.nurse, now=floor.at(4))
    assert (day.state, day.prescriber) == ("closed", "")
    open_again(floor, 5)
    state = day_state(site_id=floor.clinic.site_id, by=floor.nurse, now=floor.at(6))
    assert state == "open"


def test_who_does_not_come_is_noted_and_keeps_no_day_open(floor: Floor) -> None:
    desk = staff(floor.clinic, Role.COORDINATOR)
    note = {"planned_session_id": floor.planned_id, "by": desk}
    for arrival in (Arrival.LATE, Arrival.NO_SHOW):
        floor.do(note_arrival, 0, arrival=arrival, **note)
    (day,) = clinic_day(by=desk, now=floor.at(1))
    assert [(each.arrival, each.place, each.waits) for each in day.expected] == [("no_show", "Chair 1", True)]
    close(floor, 2)
    opened(floor)
    with pytest.raises(NotAllowed, match="this appointment is open"):
        floor.do(note_arrival, 3, arrival=Arrival.ARRIVED, **note)


def test_each_person_s_line_says_what_they_lack(floor: Floor) -> None:
    with scoped(floor.clinic.scope):
        stranger = make_person(floor.clinic)
        plan_session(floor.clinic, stranger, floor.at(60))
        tomorrow = plan_session(floor.clinic, stranger, floor.at(24 * 60))
        gone = plan_session(floor.clinic, stranger, floor.at(90))
        elsewhere = courses.find_planned_session(floor.clinic.scope, tomorrow.id)
    assert elsewhere.status == "planned"
    floor.do(cancel_planned_session, 0, planned_session_id=gone.id, reason="staff", by=floor.prescriber)
    (day,) = clinic_day(by=floor.nurse, now=floor.at(0))
    lacks = [[lacking.lack for lacking in each.lacks] for each in day.expected]
    assert lacks == [["watcher"], ["consent", "decision", "medicines", "order", "chair", "watcher"]]


def test_a_dose_that_is_not_accounted_for_keeps_the_day_open(floor: Floor) -> None:
    with scoped(floor.clinic.scope):
        declare_keeping(floor.clinic, Keeping.HERE)
    lot_id = receive(floor)
    floor.do(dispense_stock, 0, order_id=floor.order_id, lot_id=lot_id)
    with pytest.raises(NotAllowed, match="1 doses not accounted for"):
        close(floor)
    with pytest.raises(Missing):
        floor.do(close_clinic_day, 1, site_id=new_id())
