"""The pages from the list of people to a signature: what they show, keep, refuse and forget to nobody."""

import gzip
import json
import re

import pytest

from kairos.content.release import load_release
from kairos.queries.audit import newest_events
from kairos.store.ids import new_id
from kairos.store.repositories import facts as fact_rows
from kairos.store.repositories import people, screenings
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from kairos.vocab.stages import Stage
from kairos.web.clinic.eligibility.results import ResultsForm
from tests.support.accounts import PASSWORD, make_login
from tests.support.canaries import FAMILY, FREE_TEXT
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.facts import condition, unread, yes
from tests.support.questionnaires import form_of, response_of
from tests.support.screened import keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    return make_person(clinic)


@pytest.fixture
def as_role(client, clinic):
    def log_in(role):
        client.post("/log-in/", {"login": make_login(clinic, role).username, "password": PASSWORD})
        return client

    return log_in


@pytest.fixture
def prescriber(as_role):
    return as_role(Role.CLINICIAN)


def text_of(page):
    return re.sub(r"\s+", " ", page.content.decode())


def command_of(page):
    return re.search(r'name="command_id" value="([^"]+)"', page.content.decode())[1]


def bundle(*resources):
    entries = [
        {"resource": one, "request": {"method": "POST", "url": one["resourceType"]}} for one in resources
    ]
    return json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries}).encode()


PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [{"family": FAMILY, "given": ["Quillon"]}],
    "birthDate": "1974-02-09",
    "gender": "female",
    "identifier": [{"system": "urn:clinic", "value": "4711"}],
}
CONDITION = {
    "resourceType": "Condition",
    "id": "c1",
    "subject": {"reference": "Patient/p1"},
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "no-such-code"}]},
}


def upload(client, name, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = client.get("/records/new/")
    files = SimpleUploadedFile(name, content, "application/json")
    return client.post("/records/new/", {"command_id": command_of(page), "files": files})


def test_a_gzipped_record_ends_in_a_report_that_names_what_was_not_understood(prescriber, clinic):
    reply = upload(prescriber, "record.json.gz", gzip.compress(bundle(PATIENT, CONDITION)))
    page = text_of(prescriber.get(reply["Location"]))
    assert f"May Quillon {FAMILY} start?" in page
    assert "One code was not understood" in page
    assert "no-such-code" in page
    again = upload(prescriber, "record.json.gz", gzip.compress(bundle(PATIENT, CONDITION)))
    assert "nothing changed" in text_of(prescriber.get(again["Location"]))
    with scoped(clinic.scope):
        assert len(people.list_enrolments(clinic.scope)) == 1


def test_a_response_waits_for_its_questionnaire_and_what_is_odd_is_told(prescriber):
    phq9 = load_release().instruments["phq9"]
    stated = {**response_of(phq9, [1] * 9), "subject": {"reference": "Patient/p1"}, "authored": ""}
    refused = upload(prescriber, "answers.json", bundle(PATIENT, stated))
    assert refused.status_code == 400 and "carries linkIds only" in text_of(refused)
    upload(prescriber, "questionnaire.json", json.dumps(form_of(phq9)).encode())
    reply = upload(prescriber, "answers.json", bundle(PATIENT, stated))
    page = text_of(prescriber.get(reply["Location"]))
    assert "does not say when it was answered" in page and "(once, at entry 1)" in page


@pytest.mark.parametrize(
    "content", [b"no json", b'{"resourceType": "Bundle", "type": "collection"}', b"\x1f\x8bbroken"]
)
def test_a_file_that_cannot_be_read_is_refused_with_its_cause_and_imports_nothing(
    prescriber, clinic, content
):
    reply = upload(prescriber, "odd.json", content)
    assert reply.status_code == 400
    assert "Nothing was imported" in text_of(reply)
    assert "odd.json" in text_of(reply)
    with scoped(clinic.scope):
        assert people.list_enrolments(clinic.scope) == ()


def test_an_empty_choice_is_said_at_its_field(prescriber):
    page = prescriber.post("/records/new/", {"command_id": command_of(prescriber.get("/records/new/"))})
    assert page.status_code == 400
    assert "Choose at least one file" in text_of(page)


def test_the_report_of_another_programme_shows_nothing(prescriber):
    page = prescriber.get("/records/report/?run=01890000-0000-7000-8000-000000000000&run=odd")
    assert "There is no report here." in text_of(page)


@pytest.mark.parametrize("search", ["canary", "quillon canary", "CANARYFIELD"])
def test_people_are_found_by_parts_of_their_name(prescriber, person_id, search):
    assert str(person_id) in text_of(prescriber.get("/people/", {"q": search}))


def test_people_are_found_by_birth_date_identifier_and_own_id(prescriber):
    upload(prescriber, "record.json", bundle(PATIENT))
    for search in ("1974-02-09", "1974", "4711"):
        assert FAMILY in text_of(prescriber.get("/people/", {"q": search}))
    assert FAMILY not in text_of(prescriber.get("/people/", {"q": "47"}))
    assert "Nobody here fits that." in text_of(prescriber.get("/people/", {"stage": Stage.FINISHED}))


def test_nobody_here_yet(prescriber):
    assert "Nobody is here yet." in text_of(prescriber.get("/people/"))


def test_opening_a_chart_is_recorded_before_it_is_shown(prescriber, clinic, person_id):
    for address in ("", "facts/condition/", "eligibility/", "results/", "treatments/"):
        prescriber.get(f"/people/{person_id}/{address}")
    events = newest_events(by=staff(clinic, Role.AUDITOR), person_id=person_id)
    seen = [event.details["what"] for event in events if event.action == "record_access"]
    assert sorted(seen) == ["chart", "eligibility", "facts", "results", "results"]


def test_each_fact_leads_to_the_original_word_for_word(prescriber):
    reply = upload(prescriber, "record.json", bundle(PATIENT, CONDITION))
    report = text_of(prescriber.get(reply["Location"]))
    person_id = re.search(r"/people/([0-9a-f-]{36})/", report)[1]
    chart = prescriber.get(f"/people/{person_id}/").content.decode()
    entry = re.search(r'href="(/people/[^"]+/entry/\?fact=Condition[^"]+)"', chart)[1]
    page = text_of(prescriber.get(entry.replace("&amp;", "&")))
    assert "no-such-code" in page
    assert "not understood" in page
    assert prescriber.get(f"/people/{person_id}/entry/?fact=nothing").status_code == 404


def test_a_nurse_answers_and_enters_but_does_not_sign(as_role, clinic, person_id):
    nurse = as_role(Role.NURSE)
    page = nurse.get(f"/people/{person_id}/eligibility/")
    assert "A prescriber decides and signs." in text_of(page)
    answers = {"command_id": command_of(page), "question.ketamine_allergy": "no"}
    after = nurse.post(f"/people/{person_id}/eligibility/answers/", answers, follow=True)
    assert "question-ketamine_allergy" not in text_of(after)
    assert nurse.post(f"/people/{person_id}/eligibility/sign/", {}).status_code == 403


def test_a_sheet_without_an_answer_says_so(prescriber, person_id):
    page = prescriber.get(f"/people/{person_id}/eligibility/")
    given = {"command_id": command_of(page)}
    after = prescriber.post(f"/people/{person_id}/eligibility/answers/", given, follow=True)
    assert "no question was answered" in text_of(after)


def test_not_sure_is_kept_and_asked_again(prescriber, clinic, person_id):
    page = prescriber.get(f"/people/{person_id}/eligibility/")
    given = {"command_id": command_of(page), "question.ketamine_allergy": "not_sure"}
    after = prescriber.post(f"/people/{person_id}/eligibility/answers/", given, follow=True)
    assert "question-ketamine_allergy" in text_of(after)


def test_results_are_saved_with_their_units_and_refused_with_their_range(prescriber, clinic, person_id):
    address = f"/people/{person_id}/results/"
    page = prescriber.get(address)
    given = {"command_id": command_of(page), "body_weight": "7200"}
    refused = prescriber.post(address, given)
    assert refused.status_code == 400
    assert "7200 kg cannot be" in text_of(refused)
    saved = prescriber.post(
        address, given | {"body_weight": "72", "pregnancy_test": "negative", "sex": "female"}
    )
    assert saved["Location"].endswith("/eligibility/")
    with scoped(clinic.scope):
        kept = {f.concept: f for f in fact_rows.facts_of(clinic.scope, person_id)}
    assert str(kept["body_weight"].value) == "72 kg"
    assert kept["pregnancy_test"].value is False
    assert kept["sex"].value == "female"


def test_a_treatment_is_added_and_corrected(prescriber, clinic, person_id):
    address = f"/people/{person_id}/treatments/"
    given = {"command_id": command_of(prescriber.get(address)), "treatment": "sertraline"}
    assert "the end lies before" in text_of(
        prescriber.post(address, given | {"started": "2020", "ended": "2019"})
    )
    prescriber.post(address, given | {"daily_dose_mg": "150", "started": "2020-01", "in_episode": "yes"})
    page = text_of(prescriber.get(f"/people/{person_id}/eligibility/"))
    assert "150 mg a day" in page
    about = re.search(r"/treatments/\?about=([^\"]+)\"", page)[1]
    form = prescriber.get(f"{address}?about={about}")
    assert 'value="150"' in form.content.decode()
    replaces = re.search(r'name="replaces" value="([^"]+)"', form.content.decode())[1]
    corrected = {"command_id": command_of(form), "treatment": "sertraline", "daily_dose_mg": "50"}
    prescriber.post(address, corrected | {"replaces": replaces})
    page = text_of(prescriber.get(f"/people/{person_id}/eligibility/"))
    assert "50 mg a day" in page
    assert "150 mg a day" not in page


def test_lists_and_what_the_course_is_for(prescriber, clinic, person_id):
    base = f"/people/{person_id}/eligibility/"
    given = {"command_id": command_of(prescriber.get(base)), "kind": "condition"}
    assert "Confirmed as complete" in text_of(prescriber.post(f"{base}lists/", given, follow=True))
    asked = {"command_id": command_of(prescriber.get(base)), "indication": "anxiety", "definition": ""}
    assert "Eligibility. Anxiety" in text_of(prescriber.post(f"{base}asked-for/", asked, follow=True))
    odd = asked | {"indication": "everything", "command_id": command_of(prescriber.get(base))}
    assert "Eligibility. Anxiety" in text_of(prescriber.post(f"{base}asked-for/", odd, follow=True))


def test_an_unread_entry_is_shown_and_set_aside_with_a_reason(prescriber, clinic, person_id):
    keep(clinic, person_id, [unread(), condition("heart_failure", id="Condition/1#0")])
    base = f"/people/{person_id}/eligibility/"
    page = prescriber.get(base)
    assert "1 entries" not in text_of(page)
    given = {"command_id": command_of(page), "fact": "Condition/1#0"}
    assert "say why" in text_of(prescriber.post(f"{base}aside/", given, follow=True))
    after = prescriber.post(f"{base}aside/", given | {"reason": FREE_TEXT}, follow=True)
    assert "Set aside under your name" in text_of(after)


def test_a_signature_too_early_keeps_what_was_typed_and_says_what_is_left(prescriber, clinic, person_id):
    keep(clinic, person_id, [yes("heart_disease")])
    base = f"/people/{person_id}/eligibility/"
    page = prescriber.get(base).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    given = {
        "command_id": command_of(prescriber.get(base)),
        "seen": seen,
        "decision": "start",
        "why": "typed already",
    }
    refused = prescriber.post(f"{base}sign/", given)
    assert refused.status_code == 400
    assert "This is not ready to sign." in text_of(refused)
    assert "typed already" in text_of(refused)
    assert prescriber.post(f"{base}sign/", given | {"decision": ""}).status_code == 400


def test_gates_follow_what_is_typed(prescriber, clinic, person_id):
    keep(clinic, person_id, [yes("heart_disease")])
    base = f"/people/{person_id}/eligibility/"
    seen = re.search(r'name="seen" value="([^"]+)"', prescriber.get(base).content.decode())[1]
    given = {"decision": "start", "reason_eligibility_stable_heart_disease": "cleared", "seen": seen}
    assert "Reason: Heart disease" in text_of(prescriber.post(f"{base}gates/", given))
    chosen = {"decision": "no", "why": "so", "seen": seen}
    assert "Nothing is left" in text_of(prescriber.post(f"{base}gates/", chosen))
    keep(clinic, person_id, [yes("heart_disease"), yes("past_stroke")])
    assert "New answers came in" in text_of(prescriber.post(f"{base}gates/", chosen))


def test_another_decision_is_signed_and_shown_with_who_and_why(prescriber, clinic, person_id):
    base = f"/people/{person_id}/eligibility/"
    page = prescriber.get(base)
    seen = re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]
    given = {"command_id": command_of(page), "seen": seen, "decision": "not_now", "why": FREE_TEXT}
    after = text_of(prescriber.post(f"{base}sign/", given, follow=True))
    assert "Decided before" in after
    assert FREE_TEXT in after
    with scoped(clinic.scope):
        assert people.enrolments_of(clinic.scope, person_id)[0].stage == Stage.NOT_NOW
        assert len(screenings.decisions_of(clinic.scope, person_id)) == 1
    assert FREE_TEXT in text_of(prescriber.get(f"/people/{person_id}/"))


def test_somebody_without_a_record_is_admitted(prescriber):
    page = prescriber.get("/people/new/")
    given = {"command_id": command_of(page), "family_name": FAMILY, "given_names": "Quillon", "sex": "female"}
    assert "Enter the date of birth" in text_of(prescriber.post("/people/new/", given))
    assert "Enter a date like" in text_of(prescriber.post("/people/new/", given | {"born_on": "soon"}))
    assert "lies ahead" in text_of(prescriber.post("/people/new/", given | {"born_on": "2999"}))
    reply = prescriber.post("/people/new/", given | {"born_on": "1974-02-09"}, follow=True)
    assert "Ask first" in text_of(reply)


def test_the_front_desk_admits_without_seeing_a_chart(as_role, person_id):
    desk = as_role(Role.COORDINATOR)
    page = desk.get("/people/new/")
    given = {"command_id": command_of(page), "family_name": "Moravec", "given_names": "Helena"}
    reply = desk.post("/people/new/", given | {"sex": "female", "born_on": "1974"})
    assert reply["Location"] == "/people/"
    assert desk.get(f"/people/{person_id}/").status_code == 403


def test_nought_is_a_result():
    form = ResultsForm({"command_id": str(new_id()), "phq9_item9": "0"})
    assert form.is_valid()
    assert form.results() == {"phq9_item9": 0.0}


def test_two_records_of_one_name_are_compared_and_joined_by_a_human(prescriber, clinic):
    upload(prescriber, "one.json", bundle(PATIENT))
    other = PATIENT | {"id": "p2", "identifier": [{"system": "urn:clinic", "value": "4712"}]}
    upload(prescriber, "two.json", bundle(other))
    assert "One pair of records may be the same person." in text_of(prescriber.get("/people/"))
    page = prescriber.get("/records/joins/")
    assert "4711" in text_of(page)
    assert "4712" in text_of(page)
    address = re.search(r'action="(/records/joins/[^"]+)"', page.content.decode())[1]
    prescriber.post(address, {"command_id": command_of(page), "decision": "perhaps"})
    after = prescriber.post(address, {"command_id": command_of(page), "decision": "join"}, follow=True)
    assert "No two records here look like one person." in text_of(after)
    assert "One person" in text_of(prescriber.get("/people/"))
