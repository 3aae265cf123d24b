"""The monitoring form of an esketamine session: filled, signed once, sent, corrected by a new one."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kairos.actions.give_portion import give_portion
from kairos.actions.leave_against_advice import leave_against_advice
from kairos.actions.record_form_sending import record_form_sending
from kairos.actions.record_release_criterion import record_release_criterion
from kairos.actions.release_patient import release_patient
from kairos.actions.sign_monitoring_form import sign_monitoring_form
from kairos.actions.stop_dosing import stop_dosing
from kairos.actions.transfer_patient import transfer_patient
from kairos.domain.sessions.events import StopReason
from kairos.domain.sessions.monitoring_form import FormStanding, SendingProof, SendingWay
from kairos.queries.monitoring_forms import form_page
from kairos.store.repositories import deadlines, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from tests.support.route_sessions import protocol_of
from tests.support.running_session import Floor, make_floor
from tests.wired.sessions.test_esketamine_session import (
    ESKETAMINE,
    EXPIRES,
    checked,
    ordered,
    planned,
    seen_well,
    signed_for_esketamine,
)

pytestmark = pytest.mark.django_db
ANSWERS = {
    "sex": "female",
    "hcp_phone": "0100 200",
    "setting_address": "1 Harbour Road",
    "serious_adverse_event": "no",
}
PROOF = SendingProof(SendingWay.FAX, date(2026, 3, 3), "FX-1")


@pytest.fixture
def floor() -> Floor:
    return signed_for_esketamine(make_floor())


def dosed(floor: Floor, starts=None):
    session = planned(floor, starts=starts)[0]
    session_id = checked(floor, session, ordered(floor, session))
    for minute in (0, 5):
        floor.do(give_portion, minute, session_id=session_id, lot="L1", expires_on=EXPIRES)
    seen_well(floor, session_id, 40)
    return session_id


def went_home(floor: Floor):
    session_id = dosed(floor)
    seen_well(floor, session_id, 118)
    for item in protocol_of(ESKETAMINE).release:
        answer = next(word for word, meets in item.answers.items() if meets)
        floor.do(record_release_criterion, 118, session_id=session_id, criterion=item.id, answer=answer)
    floor.do(release_patient, 120, session_id=session_id)
    return session_id


def page_of(floor: Floor, session_id, minute: float = 130):
    return form_page(session_id=session_id, by=floor.nurse, now=floor.at(minute))


def sign(floor: Floor, session_id, minute: float = 130, **given):
    told = {"answers": ANSWERS, "seen_seq": page_of(floor, session_id).seq} | given
    return floor.do(sign_monitoring_form, minute, session_id=session_id, **told)


def tasks_of(floor: Floor, *, is_open: bool = True):
    with scoped(floor.clinic.scope):
        held = tasks.tasks_of(floor.clinic.scope, floor.person_id)
    return [each for each in held if each.kind == "monitoring_form" and (each.done_at is None) is is_open]


def values_of(form) -> dict[str, str]:
    return {each["id"]: each["value"] for each in form.words["fields"]}


def test_rems_01_a_form_is_signed_once_sent_and_its_task_ends(floor):
    session_id = went_home(floor)
    (task,) = tasks_of(floor)
    assert task.details["due_on"] == "2026-03-09"
    with pytest.raises(InvalidInput) as refused:
        sign(floor, session_id, answers={})
    named = [problem.field for problem in refused.value.problems]
    assert named == ["sex", "hcp_phone", "setting_address", "serious_adverse_event"]
    with pytest.raises(NotAllowed, match="new entries since"):
        sign(floor, session_id, seen_seq=1)
    form_id = sign(floor, session_id)
    page = page_of(floor, session_id)
    assert page.signed is not None
    kept = values_of(page.signed)
    assert (kept["dose_mg"], kept["lot_number"], kept["total_time_min"]) == ("56", "L1", "120")
    assert (kept["outcome"], kept["sedation"], kept["pressure_at_peak"]) == ("released", "no", "120/80")
    assert (page.signed.seq, page.has_moved_on) == (page.seq, False)
    with pytest.raises(InvalidInput, match="reference"):
        proof = SendingProof(SendingWay.FAX, date(2026, 3, 3), " ")
        floor.do(record_form_sending, 24 * 60, session_id=session_id, form_id=form_id, proof=proof)
    floor.do(record_form_sending, 24 * 60, session_id=session_id, form_id=form_id, proof=PROOF)
    after = page_of(floor, session_id, 24 * 60)
    assert after.standing.standing is FormStanding.SENT
    assert [(each.way, each.words["reference"], each.recorded_by) for each in after.sendings] == [
        ("fax", "FX-1", floor.nurse.id)
    ]
    assert tasks_of(floor) == []


def test_a_signed_form_is_replaced_with_a_reason_and_sent_again(floor):
    session_id = went_home(floor)
    first = sign(floor, session_id)
    floor.do(record_form_sending, 24 * 60, session_id=session_id, form_id=first, proof=PROOF)
    with pytest.raises(InvalidInput, match="signed already"):
        sign(floor, session_id)
    second = sign(floor, session_id, 24 * 60, reason="sex was wrong", answers=ANSWERS | {"sex": "male"})
    page = page_of(floor, session_id, 24 * 60)
    assert page.signed is not None
    assert (page.signed.id, page.signed.supersedes_id) == (second, first)
    assert [values_of(each)["sex"] for each in page.earlier] == ["female"]
    assert page.standing.standing is FormStanding.DUE
    assert len(tasks_of(floor)) == 1
    with pytest.raises(NotAllowed, match="not the signed form"):
        floor.do(record_form_sending, 24 * 60, session_id=session_id, form_id=first, proof=PROOF)


@pytest.mark.parametrize("table", ["store_monitoringform", "store_formsending"])
def test_nobody_changes_a_signed_form_or_its_proof(floor, table):
    session_id = went_home(floor)
    form_id = sign(floor, session_id)
    floor.do(record_form_sending, 24 * 60, session_id=session_id, form_id=form_id, proof=PROOF)
    with (
        scoped(floor.clinic.scope),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")


def test_leaving_against_advice_and_an_ambulance_stand_on_the_form(floor):
    session_id = dosed(floor)
    with pytest.raises(NotAllowed, match="not over"):
        sign(floor, session_id)
    floor.do(leave_against_advice, 60, session_id=session_id, reason="has to go")
    found = {each.shape.id: each for each in page_of(floor, session_id).fields}
    assert (found["outcome"].value, found["total_time_min"].value) == ("left_against_advice", "60")
    assert not found["ready_to_leave_min"].is_required


def test_an_ambulance_leaves_a_form_to_send_and_an_order_before_any_dose_none(floor):
    session = planned(floor)[0]
    session_id = checked(floor, session, ordered(floor, session))
    page = page_of(floor, session_id)
    assert (page.is_owed, page.standing.standing) == (False, FormStanding.NOT_REQUIRED)
    with pytest.raises(NotAllowed, match="owes no monitoring form"):
        sign(floor, session_id)
    floor.do(give_portion, 0, session_id=session_id, lot="L1", expires_on=EXPIRES)
    floor.do(stop_dosing, 3, session_id=session_id, reason=StopReason.DISTRESS)
    floor.do(transfer_patient, 10, session_id=session_id, to="the hospital")
    (task,) = tasks_of(floor)
    assert page_of(floor, session_id, 20).standing.due_on == date(2026, 3, 9)
    with scoped(floor.clinic.scope):
        kinds = {each.kind: each.due_at for each in deadlines.deadlines_of(floor.clinic.scope, task.id)}
    assert kinds["task_reminder"] < kinds["task_overdue"] == task.due_at
