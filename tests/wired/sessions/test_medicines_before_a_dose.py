"""The same-day check and the plan for medicines: looked up when it opens, when asked, and when called."""

from dataclasses import replace

import pytest

from kairos.actions.answer_check import answer_check
from kairos.actions.ask_for_medicine_list import ask_for_medicine_list
from kairos.actions.confirm_list import confirm_list
from kairos.actions.confirm_medicine_list import confirm_medicine_list
from kairos.actions.decide_go import decide_go
from kairos.actions.look_up_medicine_plan import look_up_medicine_plan
from kairos.actions.medicine_list_age import LIST_OLD
from kairos.actions.sign_medicine_plan import sign_medicine_plan
from kairos.actions.tell_medicine import tell_medicine
from kairos.actions.work_deadlines import WORK
from kairos.content.release import load_release
from kairos.domain.protocols.medicine_entries import Informant, ToldMedicine
from kairos.domain.protocols.predose import Call
from kairos.queries.dosing_sessions import session_page
from kairos.queries.inbox import inbox
from kairos.queries.medicines import medicines_of
from kairos.store.repositories import deadlines, people
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.stages import Stage
from tests.support.clinic import jobs
from tests.support.medicines import line
from tests.support.running_session import checked, make_floor, opened

pytestmark = pytest.mark.django_db


def recorded(floor, session_id, minute):
    page = session_page(session_id=session_id, by=floor.nurse, now=floor.at(minute))
    return page.picture.state.answers["medicine_plan"].answer


def seen(floor, minute):
    found = medicines_of(person_id=floor.person_id, by=floor.nurse, now=floor.at(minute))
    return found.listed.fingerprint


def told(floor, minute):
    medicine = ToldMedicine("lithium", Informant.PERSON)
    floor.do(tell_medicine, minute, person_id=floor.person_id, told=medicine)


def sign(floor, minute, *lines):
    plan = {"person_id": floor.person_id, "route": "iv", "lines": lines, "seen": seen(floor, minute)}
    floor.do(sign_medicine_plan, minute, by=floor.prescriber, **plan)


def test_a_plan_signed_while_the_check_runs_is_seen_when_somebody_looks_again():
    floor = make_floor()
    told(floor, -60)
    session_id = opened(floor)
    assert recorded(floor, session_id, -15) == "missing"
    with pytest.raises(InvalidInput, match="is looked up, not answered by hand"):
        floor.do(answer_check, -15, session_id=session_id, item="medicine_plan", answer="in_place")
    sign(floor, -14, line("lithium"))
    floor.do(look_up_medicine_plan, -13, session_id=session_id)
    assert recorded(floor, session_id, -12) == "in_place"
    page = session_page(session_id=session_id, by=floor.nurse, now=floor.at(-12))
    assert [each.name for each in page.plan.lines] == ["lithium"]


def test_a_medicine_told_after_the_check_opened_holds_the_dose():
    floor = make_floor()
    session_id = checked(floor)
    told(floor, -6)
    floor.do(decide_go, -5, session_id=session_id)
    page = session_page(session_id=session_id, by=floor.nurse, now=floor.at(-4))
    assert page.picture.state.call.call is Call.HOLD
    assert recorded(floor, session_id, -4) == "missing"


def test_a_plan_is_signed_over_a_known_list_only():
    floor = make_floor()
    told(floor, -60)
    late = 60 * 24 * 40
    with pytest.raises(NotAllowed, match="not confirmed"):
        sign(floor, late, line("lithium"))
    floor.do(confirm_medicine_list, late, person_id=floor.person_id, seen=seen(floor, late))
    sign(floor, late + 1, line("lithium"))


def test_a_session_under_an_older_protocol_is_not_asked(monkeypatch):
    protocols = load_release().protocols
    now = protocols["iv_racemic_clinic"]
    older = replace(now, checks=tuple(each for each in now.checks if each.id != "medicine_plan"))
    monkeypatch.setitem(protocols, "iv_racemic_clinic", older)
    floor = make_floor()
    session_id = checked(floor)
    told(floor, -6)
    floor.do(decide_go, -5, session_id=session_id)
    page = session_page(session_id=session_id, by=floor.nurse, now=floor.at(-4))
    assert page.picture.state.call.call is Call.GO


def test_a_list_that_grows_old_is_asked_for_and_confirming_it_ends_the_task():
    floor = make_floor()
    ours = jobs(floor.clinic)
    ids = {"person_id": floor.person_id, "programme_id": floor.clinic.programme_id}
    a_day = 60 * 24
    with scoped(floor.clinic.scope):
        (enrolment,) = people.enrolments_of(floor.clinic.scope, floor.person_id)
        people.move_to_stage(floor.clinic.scope, enrolment.id, Stage.IN_COURSE)
    floor.do(confirm_medicine_list, 0, person_id=floor.person_id, seen=seen(floor, 0))
    floor.do(confirm_medicine_list, 1, person_id=floor.person_id, seen=seen(floor, 1))
    with scoped(floor.clinic.scope):
        (waiting,) = deadlines.deadlines_of_person(floor.clinic.scope, floor.person_id, [LIST_OLD])
    assert waiting.due_at == floor.at(31 * a_day + 1)
    assert floor.do(ask_for_medicine_list, 30 * a_day, by=ours, **ids) == "needs_nothing"
    late = 31 * a_day + 2
    with scoped(ours.scope):
        assert WORK[LIST_OLD](waiting, ours, floor.at(late)) == "asked"
        assert WORK[LIST_OLD](replace(waiting, person_id=None), ours, floor.at(late)) == "about_nobody"
        deadlines.mark_done(ours.scope, waiting, "asked")
    assert floor.do(ask_for_medicine_list, late, by=ours, **ids) == "needs_nothing"
    (entry,) = inbox(by=floor.nurse, now=floor.at(late)).mine
    assert "Go through the list of medicines" in entry.what
    kind = {"person_id": floor.person_id, "kind": "medication"}
    floor.do(confirm_list, late, **kind)
    assert inbox(by=floor.nurse, now=floor.at(late)).mine == ()
