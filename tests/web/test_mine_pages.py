"""What is mine: who looked, taking the record away, what is not right, what is shared, being forgotten."""

import io
import json
import pkgutil
import re
from dataclasses import replace
from importlib import import_module
from zipfile import ZipFile

import pytest
from django.test import Client
from pypdf import PdfReader

import kairos.actions
from kairos.actions.record_access import record_access
from kairos.actions.withdraw_links import withdraw_links
from kairos.store.command import ACTIONS
from kairos.store.ids import new_id
from kairos.store.repositories import files
from kairos.store.repositories.people import Identity
from kairos.store.scope import scoped
from kairos.vocab.people import Role
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
