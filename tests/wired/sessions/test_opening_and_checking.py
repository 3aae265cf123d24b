"""Opening a session, who is at the chair, the check, the order, the call."""

from typing import Any

import pytest

from kairos.actions.answer_check import answer_check
from kairos.actions.bind_order import bind_order
from kairos.actions.cancel_session import cancel_session
from kairos.actions.confirm_identity import confirm_identity
from kairos.actions.decide_go import decide_go
from kairos.actions.give_reason import give_reason
from kairos.actions.open_session import open_session
from kairos.actions.start_infusion import start_infusion
from kairos.actions.vital_signs import VitalSigns
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.sessions.events import CancelReason
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, consents, courses, orders, session_entries
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from tests.support.clinic import make_person
from tests.support.dosing_sessions import CHECK_ANSWERS
from tests.support.running_session import (
    BORN,
    NAME,
    Floor,
    checked,
    give_consent,
    make_floor,
    opened,
    place_order,
    place_verified_order,
    plan_session,
    sign_eligible,
)

pytestmark = pytest.mark.django_db


def types_of(floor: Floor, session_id: Any) -> list[str]:
    with scoped(floor.clinic.scope):
        return [e.event.act for e in session_entries.entries_of(floor.clinic.scope, session_id)]


def planned_of(floor: Floor) -> courses.PlannedSession:
    with scoped(floor.clinic.scope):
        return courses.find_planned_session(floor.clinic.scope, floor.planned_id)


def test_opening_asks_for_consent_decision_and_a_free_chair() -> None:
    floor = make_floor()
    clinic = floor.clinic
    with scoped(clinic.scope):
        stranger = make_person(clinic)
        planned = plan_session(clinic, stranger, floor.start)
    here = {"planned_session_id": planned.id, "place_id": floor.places[0]}
    with pytest.raises(NotAllowed, match="no current consent"):
        floor.do(open_session, 0, **here)
    with scoped(clinic.scope):
        give_consent(clinic, stranger, floor.start)
    with pytest.raises(NotAllowed, match="no signed decision"):
        floor.do(open_session, 0, **here)
    with scoped(clinic.scope):
        sign_eligible(clinic, stranger, floor.prescriber.id, floor.start)
    opened(floor)
    with pytest.raises(NotAllowed, match="at this place"):
        floor.do(open_session, 0, **here)
    assert floor.do(open_session, 0, planned_session_id=planned.id, place_id=floor.places[1])


def test_one_session_of_a_person_at_a_time_and_an_appointment_opens_once() -> None:
    floor = make_floor()
    opened(floor)
    with scoped(floor.clinic.scope):
        second = plan_session(floor.clinic, floor.person_id, floor.start)
    with pytest.raises(NotAllowed, match="of this person"):
        floor.do(open_session, 0, planned_session_id=second.id, place_id=floor.places[1])
    with pytest.raises(NotAllowed, match="this appointment is open"):
        opened(floor)
    with pytest.raises(Missing):
        floor.do(open_session, 0, planned_session_id=new_id(), place_id=floor.places[1])


def test_a_session_opens_at_a_place_that_exists() -> None:
    floor = make_floor()
    with pytest.raises(Missing, match="place"):
        floor.do(open_session, 0, planned_session_id=floor.planned_id, place_id=new_id())


def test_opened_twice_with_one_command_it_is_open_once() -> None:
    floor = make_floor()
    given = {"planned_session_id": floor.planned_id, "place_id": floor.places[0], "command_id": new_id()}
    first, again = (open_session(by=floor.nurse, now=floor.start, **given) for _ in "12")
    assert first == again
    assert types_of(floor, first) == ["opened", "check_answered", "check_answered"]
    assert (planned_of(floor).status, planned_of(floor).stream) == (PlannedStatus.OPEN, first)


@pytest.mark.parametrize(
    "said",
    [
        {"name": NAME, "born_on": BORN},
        {"name": NAME.upper(), "record_number": " kr-0042 "},
        {"born_on": BORN, "record_number": "KR-0042", "name": ""},
    ],
)
def test_two_identifiers_confirm_who_is_at_the_chair(said: dict[str, str]) -> None:
    floor = make_floor()
    session_id = opened(floor)
    assert floor.do(confirm_identity, -15, session_id=session_id, said=said).phase == "checking"
    assert types_of(floor, session_id)[-1] == "identity_confirmed"


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"name": NAME}, {""}),
        ({"name": "Someone Else", "born_on": BORN}, {"name"}),
        ({"name": NAME, "born_on": "1981-04-15"}, {"born_on"}),
        ({"record_number": "KR-1", "shoe_size": "44"}, {"record_number", "shoe_size"}),
    ],
)
def test_one_identifier_or_a_wrong_one_is_refused(said: dict[str, str], fields: set[str]) -> None:
    floor = make_floor()
    session_id = opened(floor)
    with pytest.raises(InvalidInput) as refused:
        floor.do(confirm_identity, -15, session_id=session_id, said=said)
    assert {problem.field for problem in refused.value.problems} == fields
    assert "identity_confirmed" not in types_of(floor, session_id)


@pytest.mark.parametrize(
    "given",
    [
        {"item": "sleep", "answer": "wonderful"},
        {"item": "shoes", "answer": "none"},
        {"item": "alcohol"},
        {"item": "alcohol", "answer": "sometimes"},
    ],
)
def test_an_answer_the_item_does_not_know_is_refused(given: dict[str, str]) -> None:
    floor = make_floor()
    session_id = opened(floor)
    with pytest.raises(InvalidInput):
        floor.do(answer_check, -15, session_id=session_id, **given)


def test_a_moment_ahead_is_no_answer_but_never_and_not_sure_are() -> None:
    floor = make_floor()
    session_id = opened(floor)
    with pytest.raises(InvalidInput, match="ahead of now"):
        floor.do(answer_check, -15, session_id=session_id, item="alcohol", answered_at=floor.at(60))
    for word in ("never", "not_sure"):
        floor.do(answer_check, -15, session_id=session_id, item="alcohol", answer=word)


def test_the_call_is_computed_and_a_go_lets_the_infusion_start() -> None:
    floor = make_floor()
    session_id = checked(floor)
    assert types_of(floor, session_id)[-1] == "go_decided_go"
    assert floor.do(start_infusion, 0, session_id=session_id).phase == "infusing"


def test_consent_withdrawn_since_opening_means_no_dose_today() -> None:
    floor = make_floor()
    session_id = checked(floor)
    floor.do(answer_check, -7, session_id=session_id, item="sleep", answer="rested")
    with scoped(floor.clinic.scope):
        (consent,) = consents.consents_of(floor.clinic.scope, floor.person_id)
        ended = consents.ConsentWithdrawal(
            new_id(),
            floor.clinic.programme_id,
            floor.person_id,
            consent.signature.id,
            {},
            floor.person_id,
            floor.at(-6),
        )
        consents.withdraw(floor.clinic.scope, ended)
    assert floor.do(decide_go, -5, session_id=session_id).phase == "not_today"
    assert types_of(floor, session_id)[-2:] == ["check_answered", "go_decided_stop"]


def test_a_caution_wants_a_prescribers_written_reason() -> None:
    floor = make_floor()
    session_id = checked(
        floor, values=VitalSigns(systolic=120, diastolic=80, heart_rate=70, oxygen=98, breathing=14)
    )
    floor.do(answer_check, -7, session_id=session_id, item="sleep", answer="poor")
    assert floor.do(decide_go, -6, session_id=session_id).phase == "held"
    with pytest.raises(NotAllowed, match="override release is done by"):
        floor.do(give_reason, -5, session_id=session_id, rule="predose.sleep", reason="slept later")
    as_prescriber = {"by": floor.prescriber, "session_id": session_id}
    with pytest.raises(InvalidInput, match="say in a few words why"):
        floor.do(give_reason, -5, rule="predose.sleep", reason="  ", **as_prescriber)
    with pytest.raises(NotAllowed, match="wants no reason"):
        floor.do(give_reason, -5, rule="predose.mood", reason="for the better", **as_prescriber)
    floor.do(give_reason, -5, rule="predose.sleep", reason="slept later", **as_prescriber)
    assert floor.do(decide_go, -4, session_id=session_id).phase == "ready"


def test_only_a_verified_order_of_this_session_is_bound() -> None:
    floor = make_floor()
    session_id = opened(floor)
    clinic = floor.clinic
    with scoped(clinic.scope):
        planned = courses.find_planned_session(clinic.scope, floor.planned_id)
        unchecked = place_order(clinic, planned, floor.prescriber.id, floor.start)
        other = plan_session(clinic, floor.person_id, floor.start)
        elsewhere = place_verified_order(clinic, other, floor.prescriber.id, floor.nurse.id, floor.start)
        withdrawn = place_verified_order(clinic, planned, floor.prescriber.id, floor.nurse.id, floor.start)
        end = orders.DoseOrderInvalidation(
            new_id(),
            clinic.programme_id,
            floor.person_id,
            withdrawn,
            "weight",
            floor.prescriber.id,
            floor.start,
        )
        orders.invalidate(clinic.scope, end)
        alone = place_verified_order(clinic, planned, floor.prescriber.id, floor.prescriber.id, floor.start)
    for order_id, said in {
        unchecked: "second check",
        elsewhere: "not for this session",
        withdrawn: "withdrawn",
        alone: "someone other than who placed it",
    }.items():
        with pytest.raises(NotAllowed, match=said):
            floor.do(bind_order, -15, session_id=session_id, order_id=order_id)


def test_a_session_that_ends_before_a_dose_frees_the_chair() -> None:
    floor = make_floor()
    session_id = opened(floor)
    assert (
        floor.do(cancel_session, -10, session_id=session_id, reason=CancelReason.CLINIC).phase == "cancelled"
    )
    assert planned_of(floor).status == PlannedStatus.CANCELLED
    with scoped(floor.clinic.scope):
        assert alarms.summaries(floor.clinic.scope) == ()
    with pytest.raises(NotAllowed, match="not possible while cancelled"):
        floor.do(answer_check, -9, session_id=session_id, item="sleep", answer=CHECK_ANSWERS["sleep"])
