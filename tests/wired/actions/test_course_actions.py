"""Courses and dose orders in the database: gated, spaced, ordered once, checked by another, never deleted."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairos.actions.cancel_planned_session import cancel_planned_session
from kairos.actions.courses import check_place_is_free, protocol_of, zone_of
from kairos.actions.dose_orders import find_with_state
from kairos.actions.invalidate_dose_order import invalidate_dose_order
from kairos.actions.move_session import move_session
from kairos.actions.place_dose_order import place_dose_order
from kairos.actions.plan_course import plan_course
from kairos.actions.verify_dose_order import verify_dose_order
from kairos.content.in_force import shipped_content
from kairos.domain.eligibility.decision import Decision
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.dosing import DevineSex
from kairos.domain.protocols.orders import OrderStatus
from kairos.queries.courses import IV_PROTOCOL, course_page, planned_session
from kairos.queries.dose_orders import order_page, session_of_order
from kairos.store import streams
from kairos.store.ids import new_id
from kairos.store.repositories import courses, facts, orders, organisations
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from kairos.vocab.verdict import Advice
from tests.support import canaries
from tests.support.clinic import NOW, make_clinic, make_person, staff
from tests.support.courses import (
    NEXT_MONDAY,
    keep_decision,
    keep_screening,
    make_course,
    make_order,
    request_of,
    starts_from,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    return make_person(clinic)


@pytest.fixture
def doctor(clinic):
    return staff(clinic)


@pytest.fixture
def nurse(clinic):
    return staff(clinic, Role.NURSE)


@pytest.fixture
def sessions(clinic, person_id):
    return make_course(clinic, person_id)


def plan(clinic, person_id, by, **more):
    given = {"protocol": IV_PROTOCOL, "site_id": clinic.site_id, "place_id": None}
    given |= {"starts": starts_from(NEXT_MONDAY), "command_id": new_id()}
    return plan_course(person_id=person_id, **given | more, by=by, now=NOW)


def place(clinic):
    chair = organisations.Place(new_id(), clinic.programme_id, clinic.site_id, "Chair 3")
    with scoped(clinic.scope):
        organisations.add_place(clinic.scope, chair)
    return chair.id


def change(clinic, session, **parts):
    with scoped(clinic.scope):
        courses.change_planned_session(clinic.scope, replace(session, **parts))


@pytest.mark.parametrize("decision", [None, Decision.NOT_NOW, Decision.REFER, Decision.NO])
def test_no_course_without_a_decision_to_start(clinic, person_id, doctor, decision):
    if decision:
        keep_decision(clinic, person_id, decision)
    with pytest.raises(NotAllowed, match="no signed decision to start"):
        plan(clinic, person_id, doctor)


def test_a_later_screening_that_excludes_takes_the_decisions_force(clinic, person_id, sessions, doctor):
    keep_screening(clinic, person_id, Advice.EXCLUDED)
    with pytest.raises(NotAllowed, match="no signed decision to start"):
        make_order(sessions[0], doctor, NOW + timedelta(days=3650))


def test_a_course_sent_twice_is_one_and_a_second_is_refused(clinic, person_id, doctor):
    keep_decision(clinic, person_id)
    command = new_id()
    first = plan(clinic, person_id, doctor, command_id=command)
    assert plan(clinic, person_id, doctor, command_id=command) == first
    with pytest.raises(NotAllowed, match="a course is running"):
        plan(clinic, person_id, doctor)


def test_dates_of_the_past_too_close_or_at_night_are_refused(clinic, person_id, doctor):
    keep_decision(clinic, person_id)
    first, *others = starts_from(NEXT_MONDAY)
    for starts, said in (
        ([NOW - timedelta(days=1)], r"dates\.1: is in the past"),
        ([first, first + timedelta(days=1)], "the least is 2 d"),
        ([first.replace(hour=23), *others], r"dates\.1: starts at 23:00"),
    ):
        with pytest.raises(InvalidInput, match=said):
            plan(clinic, person_id, doctor, starts=starts)


def test_a_chair_is_given_to_one_at_a_time(clinic, person_id, doctor):
    chair, other = place(clinic), make_person(clinic)
    for each in (person_id, other):
        keep_decision(clinic, each)
    plan(clinic, person_id, doctor, place_id=chair)
    with pytest.raises(InvalidInput, match=r"dates\.1: the place is taken"):
        plan(clinic, other, doctor, place_id=chair)
    plan(clinic, other, doctor, place_id=chair, starts=starts_from(NEXT_MONDAY, hour=13))
    with scoped(clinic.scope):
        check_place_is_free(clinic.scope, [])


def test_what_the_content_or_the_scope_does_not_have_is_missing(clinic):
    with pytest.raises(Missing, match="no treatment protocol"):
        protocol_of(shipped_content(), "elsewhere")
    with scoped(clinic.scope), pytest.raises(Missing, match="the site"):
        zone_of(clinic.scope, new_id())


def move(session, by, days, **more):
    given = {"planned_session_id": session.id, "place_id": None, "command_id": new_id()}
    return move_session(**given | more, starts_at=session.starts_at + timedelta(days=days), by=by, now=NOW)


def test_a_session_is_moved_within_the_limits_and_its_versions_are_counted(
    clinic, person_id, sessions, doctor
):
    change(clinic, sessions[1], status=PlannedStatus.CANCELLED)
    assert move(sessions[2], doctor, -1) == sessions[2].id
    with pytest.raises(InvalidInput, match="the least is 2 d"):
        move(sessions[3], doctor, -3)
    with scoped(clinic.scope):
        revisions = courses.revisions_of(clinic.scope, person_id)
    assert (revisions[sessions[2].id], revisions[sessions[0].id]) == (1, 0)


def test_only_a_planned_session_is_moved_or_cancelled(clinic, sessions, doctor):
    change(clinic, sessions[0], status=PlannedStatus.OPEN)
    with pytest.raises(NotAllowed, match="this session is open"):
        move(sessions[0], doctor, 1)
    given = {"planned_session_id": sessions[1].id, "by": doctor, "now": NOW}
    with pytest.raises(InvalidInput, match="choose why"):
        cancel_planned_session(**given, reason="weather", command_id=new_id())
    cancel_planned_session(**given, reason="no_escort", command_id=new_id())
    with pytest.raises(NotAllowed, match="this session is cancelled"):
        cancel_planned_session(**given, reason="other", command_id=new_id())


def page(session, by, now=NOW):
    return order_page(planned_session_id=session.id, by=by, now=now)


def test_an_order_keeps_the_weight_as_a_fact_and_is_told_in_full(clinic, person_id, sessions, doctor):
    order_id = make_order(sessions[0], doctor)
    shown = page(sessions[0], doctor)
    assert shown.standing.order.plan.dose.mg == Decimal("35.0")
    assert shown.standing.is_waiting
    assert (shown.body.weight.value, shown.weight_age_d) == (Decimal("70.0"), 7)
    assert session_of_order(order_id=order_id, by=doctor) == sessions[0].id
    with scoped(clinic.scope):
        assert {f.concept for f in facts.facts_of(clinic.scope, person_id)} == {"body_weight", "body_height"}


def test_measures_that_the_record_has_already_are_not_kept_again(clinic, person_id, sessions, doctor):
    first = make_order(sessions[0], doctor)
    withdraw(first, doctor)
    make_order(sessions[0], doctor)
    with scoped(clinic.scope):
        assert len(facts.facts_of(clinic.scope, person_id)) == 2


def test_without_a_height_the_dose_is_not_worked_out(sessions, doctor):
    asked = request_of(NOW.date())
    asked = replace(asked, body=replace(asked.body, height_cm=None))
    given = {"planned_session_id": sessions[0].id, "command_id": new_id(), "by": doctor, "now": NOW}
    with pytest.raises(InvalidInput, match="height: is missing"):
        place_dose_order(**given, request=asked)


def test_a_heavy_person_is_dosed_on_the_adjusted_weight(sessions, doctor):
    make_order(sessions[0], doctor, kg="120", height="170", sex=DevineSex.FEMALE)
    assert page(sessions[0], doctor).standing.order.weight.kg == Decimal("84.9")


def test_an_order_sent_twice_is_one_and_a_second_is_refused(sessions, doctor):
    given = {
        "planned_session_id": sessions[0].id,
        "request": request_of(NOW.date()),
        "by": doctor,
        "now": NOW,
    }
    command = new_id()
    assert place_dose_order(**given, command_id=command) == place_dose_order(**given, command_id=command)
    with pytest.raises(NotAllowed, match="an order stands for this session"):
        place_dose_order(**given, command_id=new_id())


def test_the_cap_of_a_first_session_lifts_once_one_was_held(clinic, sessions, doctor):
    with pytest.raises(InvalidInput, match="56 mg is over 35 mg, the most in a first session"):
        make_order(sessions[1], doctor, NOW + timedelta(days=4), dose="0.8")
    change(clinic, sessions[0], status=PlannedStatus.DONE)
    make_order(sessions[1], doctor, NOW + timedelta(days=4), dose="0.8")


def check(order_id, by, **more):
    given = {"dose_mg": Decimal(35), "concentration_mg_per_mL": Decimal(1), "command_id": new_id()}
    return verify_dose_order(order_id=order_id, **given | more, by=by, now=NOW)


def withdraw(order_id, by, **more):
    given = {"reason": canaries.FREE_TEXT, "command_id": new_id()}
    return invalidate_dose_order(order_id=order_id, **given | more, by=by, now=NOW)


def test_an_order_is_checked_once_by_another_person_with_the_right_numbers(sessions, doctor, nurse):
    order_id = make_order(sessions[0], doctor)
    with pytest.raises(NotAllowed, match="by someone other than who placed it"):
        check(order_id, doctor)
    with pytest.raises(InvalidInput, match="53 mg is not what was ordered"):
        check(order_id, nurse, dose_mg=Decimal(53))
    command = new_id()
    assert check(order_id, nurse, command_id=command) == check(order_id, nurse, command_id=command)
    with pytest.raises(NotAllowed, match="cannot verify an order that is verified"):
        check(order_id, nurse)


def test_a_withdrawn_order_stays_and_another_can_be_placed(sessions, doctor, nurse):
    order_id = make_order(sessions[0], doctor)
    check(order_id, nurse)
    with pytest.raises(InvalidInput, match="say in a few words why"):
        withdraw(order_id, doctor, reason=" ")
    command = new_id()
    assert withdraw(order_id, doctor, command_id=command) == withdraw(order_id, doctor, command_id=command)
    with pytest.raises(NotAllowed, match="cannot verify an order that is invalidated"):
        check(order_id, nurse)
    make_order(sessions[0], doctor)
    shown = page(sessions[0], doctor)
    assert [gone.reason for gone in shown.withdrawn] == [canaries.FREE_TEXT]
    assert shown.standing.is_waiting


def bound_session(clinic, session, order_id, *types):
    stream = streams.Stream(new_id(), "session", clinic.programme_id, session.person_id)
    payload = {"order_id": str(order_id)}
    with scoped(clinic.scope):
        streams.open_stream(clinic.scope, stream)
        events = [streams.NewEvent(kind, 1, payload if kind == "order_bound" else {}, NOW) for kind in types]
        streams.append(clinic.scope, stream, 0, events, by=new_id())
    change(clinic, session, status=PlannedStatus.OPEN, stream=stream.id)


def test_an_order_that_was_started_on_is_used_and_stays_as_it_is(clinic, sessions, doctor, nurse):
    order_id = make_order(sessions[0], doctor)
    check(order_id, nurse)
    bound_session(clinic, sessions[0], order_id, "order_bound", "infusion_started")
    with pytest.raises(NotAllowed, match="cannot invalidate an order that is used"):
        withdraw(order_id, doctor)


def test_an_order_bound_but_not_started_on_can_still_be_withdrawn(clinic, sessions, doctor):
    order_id = make_order(sessions[0], doctor)
    bound_session(clinic, sessions[0], order_id, "order_bound")
    assert withdraw(order_id, doctor) == order_id


def test_an_order_without_an_appointment_is_found_too(clinic, sessions, doctor):
    order_id = make_order(sessions[0], doctor)
    with scoped(clinic.scope):
        kept = orders.find_order(clinic.scope, order_id).order
        loose = replace(kept, id=new_id(), planned_session_id=None)
        orders.place(clinic.scope, loose)
        assert find_with_state(clinic.scope, loose.id)[1].status is OrderStatus.PLACED


def test_the_course_page_tells_orders_and_places(clinic, person_id, sessions, doctor):
    chair = place(clinic)
    move(sessions[5], doctor, 1, place_id=chair)
    make_order(sessions[0], doctor)
    found = course_page(person_id=person_id, by=doctor, now=NOW)
    assert found.rows[0].order is OrderStatus.PLACED
    assert found.rows[5].place == "Chair 3"
    assert found.next_row.number == 1
    assert planned_session(planned_session_id=sessions[5].id, by=doctor, now=NOW).row.place_id == chair


def test_the_pages_ask_little_of_the_database(person_id, sessions, doctor):
    for ask in (
        lambda: course_page(person_id=person_id, by=doctor, now=NOW),
        lambda: page(sessions[0], doctor),
    ):
        with CaptureQueriesContext(connection) as asked:
            ask()
        read = [q["sql"] for q in asked if 'FROM "store_' in q["sql"]]
        assert len(read) <= 12, "\n".join(sql[:120] for sql in read)
