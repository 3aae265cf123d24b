"""What is mine: who looked, taking the record away, what is not right, what is shared, being forgotten."""

import io
import json
import pkgutil
import re
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

import kairos.actions
from kairos.actions.name_support_person import name_support_person
from kairos.actions.record_access import record_access
from kairos.actions.withdraw_links import withdraw_links
from kairos.store.command import ACTIONS
from kairos.store.ids import new_id
from kairos.store.repositories import facts, files, links, people
from kairos.store.repositories.people import Identity
from kairos.store.scope import scoped
from kairos.vocab.people import Actor, Role, Scope
from kairos.web.portal.mine.words import LOOKED, WORDS
from tests.support import canaries
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import NOW, make_clinic, make_person, staff
from tests.support.clinic import jobs as jobs_of
from tests.support.facts import every_answer_no, yes
from tests.support.screened import keep, sign

pytestmark = pytest.mark.django_db
PAGE = "/my/record/"


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    return make_person(clinic)


def logged_in(clinic, role, person_id=None, username=""):
    client = Client()
    account = make_login(clinic, role, person_id=person_id, username=username)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    return client


@pytest.fixture
def patient(clinic, person_id):
    return logged_in(clinic, Role.PATIENT, person_id)


def text_of(page):
    return re.sub(r"\s+", " ", page.content.decode())


def look(person_id, by, what="chart"):
    record_access(person_id=person_id, what=what, command_id=new_id(), by=by, now=NOW)


def test_who_looked_stands_there_by_name_role_what_and_when(patient, clinic, person_id):
    nurse = logged_in(clinic, Role.NURSE, username="florence")
    assert "Nobody has opened it yet" in text_of(patient.get(PAGE))
    nurse.get(f"/people/{person_id}/")
    page = text_of(patient.get(f"{PAGE}looks/"))
    assert "<b>Florence</b>" in page and "(Nurse)" in page and "Opened your chart" in page
    assert "Florence" in text_of(patient.get(PAGE))


def test_nobody_reads_who_looked_at_somebody_else(patient, clinic):
    look(make_person(clinic), staff(clinic))
    assert "Nobody has opened it yet" in text_of(patient.get(f"{PAGE}looks/"))


def test_what_has_no_words_of_its_own_says_the_least(patient, clinic, person_id):
    look(person_id, staff(clinic), what="something_new")
    page = text_of(patient.get(f"{PAGE}looks/"))
    assert "Looked at your record" in page and "Somebody whose log-in has no name" in page


def test_the_log_goes_on_page_by_page(patient, clinic, person_id):
    doctor = staff(clinic)
    for number in range(26):
        look(person_id, doctor, what="chart" if number else "therapy")
    first = patient.get(f"{PAGE}looks/").content.decode()
    assert first.count("Opened your chart") == 25 and "therapy pages" not in first
    older = re.search(r'href="(\?before=[^"]+)">Older', first)[1]
    second = text_of(patient.get(f"{PAGE}looks/{older}"))
    assert "Looked at your therapy pages" in second and ">Newest first</a>" in second
    assert patient.get(f"{PAGE}looks/?before=nonsense").status_code == 200


def test_all_that_was_done_names_me_and_kairos_itself(patient, clinic, person_id):
    withdraw_links(person_id=person_id, command_id=new_id(), by=jobs_of(clinic), now=NOW)
    page = text_of(patient.get(f"{PAGE}looks/?all=1"))
    assert "Kairos itself" in page and "Closed links that were sent to you" in page


def test_each_word_is_for_an_action_that_there_is():
    for module in pkgutil.iter_modules(kairos.actions.__path__):
        import_module(f"kairos.actions.{module.name}")
    assert set(WORDS) <= set(ACTIONS)
    assert len(set(map(str, LOOKED.values()))) == len(LOOKED)


def taken(patient, form):
    command = re.search(r'name="command_id" value="([^"]+)"', patient.get(f"{PAGE}copy/").content.decode())[1]
    return patient.post(f"{PAGE}copy/{form}/", {"command_id": command})


def test_the_whole_record_as_tables_holds_words_names_and_files(patient, clinic, person_id):
    keep(clinic, person_id, every_answer_no())
    doctor = make_login(clinic, Role.CLINICIAN, username="ada")
    sign(replace(staff(clinic), id=doctor.id), person_id)
    file = files.StoredFile(
        new_id(), clinic.programme_id, "../letter.txt", "text/plain", b"Dear Dr", new_id(), person_id
    )
    with scoped(clinic.scope):
        files.keep_file(clinic.scope, file)
    reply = taken(patient, "csv")
    assert reply["Content-Disposition"] == 'attachment; filename="record.zip"'
    packed = ZipFile(io.BytesIO(reply.content))
    assert packed.read("files/001--letter.txt") == b"Dear Dr"
    decided = packed.read("tables/EligibilityDecision.csv").decode("utf-8-sig")
    assert "Ada" in decided and "signed_at" in decided
    assert "aneurysm_or_malformation" in packed.read("tables/Fact.csv").decode()
    assert canaries.FAMILY in packed.read("tables/PersonIdentity.csv").decode()
    assert "take_record_away" in packed.read("tables/AuditEvent.csv").decode()
    assert "Fact: What is known about your health" in packed.read("READ-ME.txt").decode()


def test_nothing_of_somebody_else_is_in_it(patient, clinic):
    keep(clinic, make_person(clinic, Identity("Somebody", "Else")), [yes("aneurysm_or_malformation")])
    packed = ZipFile(io.BytesIO(taken(patient, "csv").content))
    assert not any("Somebody" in packed.read(name).decode() for name in packed.namelist())
    assert "tables/Fact.csv" not in packed.namelist()


def test_the_whole_record_as_a_document(patient, clinic, person_id):
    keep(clinic, person_id, [yes("aneurysm_or_malformation")])
    read = PdfReader(io.BytesIO(taken(patient, "pdf").content))
    text = " ".join(page.extract_text() for page in read.pages)
    assert "What is known about your health" in text and "aneurysm or malformation" in text.replace("\n", " ")


def test_what_maps_is_read_again_by_another_system(patient, clinic, person_id, tmp_path):
    keep(clinic, person_id, [yes("aneurysm_or_malformation")])
    held = json.loads(taken(patient, "fhir").content)
    assert held["resourceType"] == "Bundle" and held["type"] == "collection"
    assert held["entry"][0]["resource"]["resourceType"] == "Patient"
    assert "Took a copy of the whole record" in text_of(patient.get(f"{PAGE}looks/?all=1"))


def test_no_other_form_and_nothing_without_a_command(patient):
    assert patient.post(f"{PAGE}copy/xml/").status_code == 404
    assert patient.post(f"{PAGE}copy/pdf/").status_code == 302


def command_of(page):
    return re.search(r'name="command_id" value="([^"]+)"', page.content.decode())[1]


def say_not_right(patient, entry, words):
    address = f"{PAGE}known/not-right/?" + urlencode({"entry": entry})
    return patient.post(
        address, {"command_id": command_of(patient.get(address)), "words": words}, follow=True
    )


def answered(client, words, **more):
    listed = text_of(client.get("/inbox/"))
    task = re.search(r'href="/inbox/([0-9a-f-]{36})/">Answer a person who says', listed)[1]
    assert "Read it and answer" in text_of(client.get(f"/inbox/{task}/"))
    address = f"/inbox/{task}/answer/"
    sent = {"command_id": command_of(client.get(address)), "words": words, **more}
    return client.post(address, sent, follow=True)


def test_not_right_on_a_fact_is_answered_by_name_and_both_versions_are_kept(patient, clinic, person_id):
    wrong = yes("aneurysm_or_malformation")
    keep(clinic, person_id, [wrong])
    page = text_of(patient.get(f"{PAGE}known/?kind={wrong.kind}"))
    assert "Aneurysm or malformation" in page and "within 3 days" in page
    assert (
        patient.post(
            f"{PAGE}known/not-right/?entry={wrong.id}", {"command_id": new_id(), "words": " "}
        ).status_code
        == 400
    )
    assert "Somebody answers you by" in text_of(say_not_right(patient, wrong.id, "That was my brother"))
    assert "has this already" in text_of(say_not_right(patient, wrong.id, "again"))
    doctor = logged_in(clinic, Role.CLINICIAN, username="ada")
    assert "no answer was written" in text_of(answered(doctor, "", outcome="record_corrected"))
    assert "The person reads it" in text_of(
        answered(doctor, "You are right, it is gone", outcome="record_corrected")
    )
    page = text_of(patient.get(f"{PAGE}known/?kind={wrong.kind}"))
    assert "<b>Corrected</b>: You are right, it is gone" in page and "Ada, " in page
    assert "That was my brother" in page and "Aneurysm or malformation" in page
    with scoped(clinic.scope):
        known = facts.facts_of(clinic.scope, person_id)
    assert any(fact.details.get("refutes") == wrong.id for fact in known)


def test_an_entry_that_stands_says_why(patient, clinic, person_id):
    entry = yes("aneurysm_or_malformation")
    keep(clinic, person_id, [entry])
    say_not_right(patient, entry.id, "no")
    answered(logged_in(clinic, Role.MEDICAL_DIRECTOR), "The scan shows it", outcome="entry_stands")
    assert "<b>It stays as it is</b>: The scan shows it" in text_of(patient.get(f"{PAGE}known/"))
    say_not_right(patient, entry.id, "look again")


def test_a_name_is_corrected_and_the_one_before_is_kept(patient, clinic, person_id):
    assert "Family name" in text_of(patient.get(f"{PAGE}known/not-right/?entry=identity.family_name"))
    say_not_right(patient, "identity.family_name", "I married")
    doctor = logged_in(clinic, Role.CLINICIAN)
    assert "nothing was written" in text_of(answered(doctor, "Done", outcome="record_corrected"))
    answered(doctor, "Done", outcome="record_corrected", corrected="Newname")
    assert "<b>Family name</b>: Newname" in text_of(patient.get(f"{PAGE}known/"))
    before = (
        ZipFile(io.BytesIO(taken(patient, "csv").content)).read("tables/PersonIdentityEvent.csv").decode()
    )
    assert canaries.FAMILY in before


def test_a_birth_date_must_be_one_and_a_way_to_reach_somebody_is_only_answered(patient, clinic):
    doctor = logged_in(clinic, Role.CLINICIAN)
    say_not_right(patient, "identity.born_on", "a year too early")
    assert "is no date" in text_of(answered(doctor, "Done", outcome="record_corrected", corrected="soon"))
    answered(doctor, "Done", outcome="record_corrected", corrected="1980-02")
    assert "<b>Born on</b>: 1980-02" in text_of(patient.get(f"{PAGE}known/"))
    say_not_right(patient, "identity.contacts", "another number")
    answered(doctor, "The desk has it", outcome="record_corrected")
    assert "The desk has it" in text_of(patient.get(f"{PAGE}known/"))


def test_nothing_that_is_not_there_can_be_contested_or_answered(patient, clinic, person_id):
    assert patient.get(f"{PAGE}known/not-right/").status_code == 404
    assert patient.get(f"{PAGE}known/not-right/?entry=nothing").status_code == 404
    assert patient.get(f"{PAGE}known/?kind=nothing&page=x").status_code == 200
    assert logged_in(clinic, Role.CLINICIAN).get(f"/inbox/{new_id()}/answer/").status_code == 404


def test_what_is_shared_ends_by_one_tap(patient, clinic, person_id):
    links_of = (new_id(), clinic.programme_id, person_id)
    with scoped(clinic.scope):
        links.make_link(
            clinic.scope, links.OneTapLink(*links_of, "questionnaire", timezone.now() + timedelta(days=3))
        )
    page = patient.get("/my/sharing/")
    assert "A link, open until" in text_of(page) and "Nothing is signed now" in text_of(page)
    ended = {"command_id": command_of(page)}
    assert "It opens nothing now" in text_of(
        patient.post(f"/my/sharing/links/{links_of[0]}/end/", ended, follow=True)
    )
    assert "A link, open until" not in text_of(patient.get("/my/sharing/"))
    for way in (f"links/{new_id()}", f"ways/{new_id()}", f"support/{new_id()}", "consent"):
        told = text_of(patient.post(f"/my/sharing/{way}/end/", {"command_id": new_id()}, follow=True))
        assert "It has ended already" in told, way


def test_a_support_person_and_a_way_end_by_one_tap(patient, clinic, person_id):
    me = Actor(
        new_id(),
        frozenset({Role.PATIENT}),
        Scope(clinic.organisation_id, frozenset({clinic.programme_id}), person_id),
    )
    given = {"person_id": person_id, "words": {"name": "Sam Friend", "phone": "1"}, "by": me, "now": NOW}
    subject = name_support_person(command_id=new_id(), **given)
    assert "Sam Friend may see" in text_of(patient.get("/my/sharing/"))
    patient.post(f"/my/sharing/support/{subject}/end/", {"command_id": new_id()})
    assert "Sam Friend" not in text_of(patient.get("/my/sharing/"))


def test_the_wish_to_be_forgotten_goes_to_somebody_by_name_and_is_done_by_them(patient, clinic, person_id):
    director = logged_in(clinic, Role.MEDICAL_DIRECTOR, username="grace")
    page = text_of(patient.get(f"{PAGE}forgetting/"))
    assert "It goes to: Grace" in page and "within 28 days" in page and "within 60 days" in page
    assert "Not checked against the law itself" in page
    asked = {"command_id": command_of(patient.get(f"{PAGE}forgetting/"))}
    assert "Somebody answers you by" in text_of(patient.post(f"{PAGE}forgetting/ask/", asked, follow=True))
    again = patient.post(f"{PAGE}forgetting/ask/", {"command_id": new_id()}, follow=True)
    assert "has your wish already" in text_of(again)
    task = re.search(
        r'href="(/inbox/[^"]+)">Answer a person who asks to be forgotten', text_of(director.get("/inbox/"))
    )[1]
    assert "Forget this person" in text_of(director.get(task))
    form = director.get(f"/people/{person_id}/forget/")
    assert "for good" in text_of(form)
    director.post(f"/people/{person_id}/forget/", {"command_id": command_of(form)})
    with scoped(clinic.scope):
        assert people.find_person(clinic.scope, person_id).erased_at is not None
    director.post(f"{task}done/", {"command_id": new_id(), "outcome": "erased"})
    assert patient.get(PAGE).status_code in (302, 403)


def test_an_answered_wish_says_who_answered(patient, clinic):
    director = logged_in(clinic, Role.MEDICAL_DIRECTOR, username="grace")
    patient.post(f"{PAGE}forgetting/ask/", {"command_id": new_id()})
    task = re.search(
        r'href="(/inbox/[^"]+)">Answer a person who asks to be forgotten', text_of(director.get("/inbox/"))
    )[1]
    director.post(f"{task}done/", {"command_id": new_id(), "outcome": "wish_taken_back"})
    assert "Grace answered on" in text_of(patient.get(f"{PAGE}forgetting/"))
