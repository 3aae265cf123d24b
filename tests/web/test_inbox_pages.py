"""The inbox and the screener: who sees which task, takes it, ends it, and what a tier starts."""

import pytest

from kairos.store.ids import new_id
from kairos.store.repositories import people, tasks
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support import canaries
from tests.support.asking import answer_all, make_link, phq9_of, real_now
from tests.support.clinic import make_clinic, make_person
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    clinic = make_clinic()
    contacts = ({"kind": "phone", "value": canaries.PHONE}, {"kind": "email", "value": canaries.EMAIL})
    person = people.Identity(canaries.FAMILY, canaries.GIVEN, contacts=contacts)
    found = make_link(clinic, make_person(clinic, person))
    answer_all(found, {"phq9": phq9_of(26), "gad7": {}}, now=real_now())
    return found


def task_of(asked, kind):
    with scoped(asked.clinic.scope):
        return next(t for t in tasks.tasks_of(asked.clinic.scope, asked.person_id) if t.kind == kind)


def test_alarming_tasks_stand_first_and_say_by_when(asked):
    text = signed_in(asked.clinic, Role.CLINICIAN).get("/inbox/").content.decode()
    assert text.index("I am calling") < text.index("Read the answers and decide")
    assert "Nobody has it yet. For a prescriber, by the end of today." in text
    assert "2 tasks for you" in text
    assert "For others on the team" in text


def test_the_front_desk_sees_no_clinical_task(asked):
    text = signed_in(asked.clinic, Role.COORDINATOR).get("/inbox/").content.decode()
    assert "Nothing waits for you" in text
    assert canaries.found_in(text) == []
    reply = signed_in(asked.clinic, Role.COORDINATOR).get(f"/inbox/{task_of(asked, 'clinician_call').id}/")
    assert reply.status_code == 403


def test_a_task_is_taken_called_and_finished(asked):
    clinician = signed_in(asked.clinic, Role.CLINICIAN, username="ana-vale")
    call = task_of(asked, "clinician_call")
    page = clinician.get(f"/inbox/{call.id}/").content.decode()
    assert canaries.PHONE in page
    assert "A clinician calls today" in page
    reply = clinician.post(f"/inbox/{call.id}/take/", {"command_id": new_id()})
    assert reply["Location"] == f"/inbox/{call.id}/"
    assert "Ana-Vale has it" in clinician.get("/inbox/").content.decode()
    nothing = clinician.post(f"/inbox/{call.id}/done/", {"command_id": new_id()})
    assert "Choose how it ended" in nothing.content.decode()
    given = {"command_id": new_id(), "outcome": "safety_plan_made"}
    assert clinician.post(f"/inbox/{call.id}/done/", given)["Location"] == "/inbox/"
    assert task_of(asked, "clinician_call").details["outcome"] == "safety_plan_made"
    assert "This task is done" in clinician.get(f"/inbox/{call.id}/").content.decode()


def test_a_nurse_reads_a_prescribers_task_but_cannot_take_it(asked):
    nurse = signed_in(asked.clinic, Role.NURSE)
    call = task_of(asked, "clinician_call")
    assert "for another role" in nurse.get(f"/inbox/{call.id}/").content.decode()
    reply = nurse.post(f"/inbox/{call.id}/take/", {"command_id": new_id()})
    assert reply.status_code == 403
    assert task_of(asked, "clinician_call").owner is None


def test_a_form_without_its_command_changes_nothing(asked):
    call = task_of(asked, "clinician_call")
    signed_in(asked.clinic, Role.CLINICIAN).post(f"/inbox/{call.id}/take/")
    assert task_of(asked, "clinician_call").owner is None


def yes(*items):
    asked = dict.fromkeys(("cssrs_1", "cssrs_2", "cssrs_6"), "0")
    return {**asked, **dict.fromkeys(items, "1"), "command_id": new_id()}


def screen(client, asked, answers):
    return client.post(f"/inbox/{task_of(asked, 'cssrs_screener').id}/screener/", answers)


def test_the_screener_asks_what_the_answers_open(asked):
    nurse = signed_in(asked.clinic, Role.NURSE)
    page = nurse.get(f"/inbox/{task_of(asked, 'cssrs_screener').id}/").content.decode()
    assert "Ask the screener" in page
    page = nurse.get(f"/inbox/{task_of(asked, 'cssrs_screener').id}/screener/").content.decode()
    assert "Have you wished you were dead" in page
    assert "Research Foundation for Mental Hygiene" in page
    reply = screen(nurse, asked, yes("cssrs_2"))
    assert reply.status_code == 400
    assert reply.content.decode().count("the answers above open this question") == 6  # three, said twice


def test_nothing_answered_is_no_tier(asked):
    reply = screen(signed_in(asked.clinic, Role.NURSE), asked, {"command_id": new_id()})
    assert reply.status_code == 400
    assert task_of(asked, "cssrs_screener").done_at is None


def test_all_no_ends_the_task_and_starts_nothing(asked):
    reply = screen(signed_in(asked.clinic, Role.NURSE), asked, yes())
    assert reply["Location"] == "/inbox/"
    assert task_of(asked, "cssrs_screener").details["outcome"] == "tier_none"


def test_a_plan_is_an_emergency_with_the_numbers_at_hand(asked):
    answers = yes("cssrs_2", "cssrs_5") | {"cssrs_3": "0", "cssrs_4": "0"}
    text = screen(signed_in(asked.clinic, Role.NURSE), asked, answers).content.decode()
    assert "Numbers for the person" in text
    assert "I am with them" in text
    assert (
        "Do not leave the person alone"
        in signed_in(asked.clinic, Role.CLINICIAN)
        .get(f"/inbox/{task_of(asked, 'stay_with_person').id}/")
        .content.decode()
    )
    assert task_of(asked, "cssrs_screener").details["outcome"] == "tier_high"


def test_behaviour_of_unsaid_time_counts_as_recent(asked):
    screen(signed_in(asked.clinic, Role.NURSE), asked, yes("cssrs_6"))
    assert task_of(asked, "cssrs_screener").details["outcome"] == "tier_high"


def test_the_open_page_fetches_its_list_alone(asked):
    text = signed_in(asked.clinic, Role.NURSE).get("/inbox/list/").content.decode()
    assert text.lstrip().startswith('<div id="inbox-list" data-live-topic="inbox"')
    assert "<html" not in text
