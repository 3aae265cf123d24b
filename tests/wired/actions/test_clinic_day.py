"""The clinic's day: no dose before it is opened, and no close while anything is open."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from kairos.actions.assign_duty import assign_duty
from kairos.actions.cancel_planned_session import cancel_planned_session
from kairos.actions.cancel_session import cancel_session
from kairos.actions.close_clinic_day import close_clinic_day
from kairos.actions.dispense_stock import dispense_stock
from kairos.actions.move_session import move_session
from kairos.actions.note_arrival import note_arrival
from kairos.actions.offer_watch import offer_watch
from kairos.actions.open_clinic_day import open_clinic_day
from kairos.actions.start_infusion import start_infusion
from kairos.domain.protocols.clinic_day import Arrival, Duty, RoomCheck, RoomItem
from kairos.domain.protocols.course import SinceMissed
from kairos.domain.sessions.events import CancelReason
from kairos.domain.stock.dose_source import Keeping
from kairos.queries.clinic_day import clinic_day, day_state, duties, last_rescue_dates
from kairos.queries.courses import planned_session
from kairos.store.ids import new_id
from kairos.store.repositories import courses, days, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.clinic import declare_keeping, make_person, staff
from tests.support.clinic_days import BOX, whole_check
from tests.support.clinic_of_six import (
    ABSENT,
    ALONE,
    READY,
    UNENROLLED,
    UNORDERED,
    UNSIGNED,
    make_clinic_of_six,
)
from tests.support.running_session import MORNING, NAME, Floor, checked, make_floor, opened, plan_session
from tests.wired.actions.test_stock_actions import receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    return make_floor()


def close(floor: Floor, minute: float = 0) -> UUID:
    closed: UUID = floor.do(close_clinic_day, minute, site_id=floor.clinic.site_id)
    return closed


def open_again(floor: Floor, minute: float = 0) -> None:
    check = whole_check(make_login(floor.clinic, Role.CLINICIAN).id, floor.nurse.id)
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


def test_a_duty_is_given_to_somebody_who_may_and_taken_off_again(floor: Floor) -> None:
    nurse = make_login(floor.clinic, Role.NURSE)
    about = {"planned_session_id": floor.planned_id, "duty": Duty.WATCHER}
    floor.do(assign_duty, 0, who=nurse.id, **about)
    assert duties(planned_session_id=floor.planned_id, by=floor.nurse) == {"watcher": nurse.id}
    (day,) = clinic_day(by=floor.nurse, now=floor.at(1))
    assert day.expected[0].lacks == ()
    with pytest.raises(InvalidInput, match="must be one of: clinician, medical director"):
        floor.do(assign_duty, 1, **about | {"who": nurse.id, "duty": Duty.PRESCRIBER})
    floor.do(assign_duty, 2, who=None, **about)
    assert duties(planned_session_id=floor.planned_id, by=floor.nurse) == {}
    opened(floor)
    with pytest.raises(NotAllowed, match="only a planned one"):
        floor.do(assign_duty, 3, who=nurse.id, **about)


@pytest.mark.parametrize("role", [Role.NURSE, None])
def test_a_day_opens_with_somebody_on_site_who_may_prescribe(floor: Floor, role: Role | None) -> None:
    named = make_login(floor.clinic, role).id if role else floor.prescriber.id
    with pytest.raises(InvalidInput, match="only a prescriber's word counts") as refused:
        floor.do(open_clinic_day, 0, site_id=floor.clinic.site_id, check=whole_check(named, floor.nurse.id))
    assert [problem.field for problem in refused.value.problems] == ["prescriber"]


def test_a_rescue_medicine_out_of_date_keeps_the_day_shut_and_its_date_is_kept(floor: Floor) -> None:
    stale = replace(
        whole_check(floor.prescriber.id, floor.nurse.id), rescue=BOX | {"anaphylaxis": date(2026, 1, 31)}
    )
    with pytest.raises(InvalidInput, match="anaphylaxis could be used until 2026-01-31"):
        floor.do(open_clinic_day, 0, site_id=floor.clinic.site_id, check=stale)
    open_again(floor)
    assert last_rescue_dates(site_id=floor.clinic.site_id, by=floor.nurse) == BOX
    assert last_rescue_dates(site_id=new_id(), by=floor.nurse) == {}


def test_a_form_nobody_signed_and_a_hand_over_nobody_took_keep_the_day_open(floor: Floor) -> None:
    session_id = opened(floor)
    floor.do(offer_watch, 0, session_id=session_id, to=floor.prescriber.id)
    with pytest.raises(NotAllowed, match="1 hand-overs offered and not taken"):
        close(floor)
    floor.do(cancel_session, 1, session_id=session_id, reason=CancelReason.CLINIC)
    with scoped(floor.clinic.scope):
        about = (new_id(), floor.clinic.programme_id, floor.person_id, "monitoring_form", session_id)
        tasks.add_task(floor.clinic.scope, tasks.Task(*about, owner_role=Role.NURSE))
    with pytest.raises(NotAllowed, match="1 monitoring forms of today not signed"):
        close(floor, 2)
    (day,) = clinic_day(by=floor.nurse, now=floor.at(3))
    (form,) = day.open_now.forms
    assert day.open_names[form.id] == NAME


def test_a_missed_session_is_moved_once_somebody_said_how_the_person_is(floor: Floor) -> None:
    to = {"planned_session_id": floor.planned_id, "place_id": None, "starts_at": floor.at(3 * 24 * 60)}
    desk = staff(floor.clinic, Role.COORDINATOR)
    floor.do(note_arrival, 90, planned_session_id=floor.planned_id, arrival=Arrival.NO_SHOW)
    assert planned_session(planned_session_id=floor.planned_id, by=desk, now=floor.at(91)).was_missed
    with pytest.raises(InvalidInput, match="worse since"):
        floor.do(move_session, 91, by=desk, **to)
    with pytest.raises(NotAllowed, match="a prescriber moves it"):
        floor.do(move_session, 91, by=desk, since=SinceMissed.WORSE, **to)
    floor.do(move_session, 91, by=floor.prescriber, since=SinceMissed.WORSE, **to)
    with scoped(floor.clinic.scope):
        moved = courses.find_planned_session(floor.clinic.scope, floor.planned_id)
    assert moved.starts_at == floor.at(3 * 24 * 60)


def test_each_of_the_six_lacks_what_their_name_says_and_is_stopped() -> None:
    six = make_clinic_of_six(MORNING)
    lead = six.floor.nurse

    def lacks(name: str) -> list[str]:
        (day,) = clinic_day(by=lead, now=MORNING)
        (line,) = [each for each in day.expected if each.planned.id == six.planned[name].id]
        return [each.lack.value for each in line.lacks if each.lack.stops_the_dose]

    assert lacks(READY) == []
    assert lacks(UNSIGNED) == ["consent"]
    assert lacks(UNORDERED) == ["order"]
    assert lacks(UNENROLLED) == ["certification", "enrolment", "order"]
    assert lacks(ALONE) == ["order_check"]
    assert lacks(ABSENT) == ["medicines"]
    with pytest.raises(NotAllowed, match="no current consent"):
        six.opened(UNSIGNED, 1)
    six.opened(READY, 0, escort="not_confirmed")
    assert lacks(READY) == ["order_choice", "identity", "fasting", "escort", "answers", "signs"]
    six.opened(ALONE, 4)
    assert "order_choice" not in lacks(ALONE)
