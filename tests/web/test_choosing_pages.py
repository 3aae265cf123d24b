"""Choosing: what one would prefer stands with the course; a talk is prepared on a sheet that nobody keeps."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kairos.actions.prefer_place import prefer_place
from kairos.content.release import load_release
from kairos.domain.evidence.preference import PreferredPlace
from kairos.store.ids import new_id
from kairos.vocab.errors import Missing
from kairos.vocab.people import Role
from kairos.web.portal.choosing.talk import TalkPart, paper_of
from tests.support.accounts import PASSWORD, make_login
from tests.support.canaries import FREE_TEXT
from tests.support.clinic import NOW, make_clinic, make_person, staff
from tests.support.courses import make_course

pytestmark = pytest.mark.django_db
QUESTION = next(iter(load_release().aid["en"].questions.values()))[0]


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    return make_person(clinic)


def signed_in(clinic, *roles, person_id=None):
    client = Client()
    account = make_login(clinic, *roles, person_id=person_id)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    return client


def command_of(page):
    return re.search(r'name="command_id" value="([^"]+)"', page.content.decode())[1]


def test_s_026_the_worksheet_is_saved_with_the_course(clinic, person_id):
    patient, doctor = signed_in(clinic, Role.PATIENT, person_id=person_id), signed_in(clinic, Role.CLINICIAN)
    address, course = "/my/home-or-clinic/", f"/people/{person_id}/course/"
    page = patient.get(address)
    for side in ("for home", "against home", "for a clinic", "against a clinic"):
        assert f"What speaks {side}" in page.content.decode()
    assert "would prefer" not in doctor.get(course).content.decode()
    given = {
        "command_id": command_of(page),
        "place": "clinic",
        "matters": ["near", "cost"],
        "said": FREE_TEXT,
    }
    again = patient.post(address, given, follow=True).content.decode()
    assert "Saved with your course on" in again
    assert FREE_TEXT in again
    shown = doctor.get(course).content.decode()
    assert "In a clinic" in shown
    assert FREE_TEXT in shown
    assert "Somebody beside me the whole time matters to me" in shown
    assert FREE_TEXT not in signed_in(clinic, Role.COORDINATOR).get(course).content.decode()
    assert patient.post(address, {"command_id": str(new_id())}).status_code == 400


def test_staff_have_no_preference_of_their_own(clinic):
    with pytest.raises(Missing, match="no record of your own"):
        by = staff(clinic, Role.PATIENT)
        prefer_place(place=PreferredPlace.HOME, command_id=new_id(), by=by, now=NOW)


def test_s_036_the_sheet_holds_what_was_ticked_and_nothing_else(clinic, person_id):
    make_course(clinic, person_id, first=timezone.now().date() + timedelta(days=7), now=timezone.now())
    patient = signed_in(clinic, Role.PATIENT, person_id=person_id)
    offered = patient.get("/my/talk/").content.decode()
    assert "My next session" in offered
    given = {"tell": ["next", "elsewhere"], "goals": FREE_TEXT, "ask": [QUESTION.id], "own": "And my dog?"}
    sheet = patient.post("/my/talk/", given).content.decode()
    for said in ("My next session", FREE_TEXT, QUESTION.text, "And my dog?"):
        assert said in sheet
    bare = patient.post("/my/talk/", {"goals": "Sleep"}).content.decode()
    assert "My next session" not in bare
    assert QUESTION.text not in bare
    assert "Nothing is ticked yet." in patient.post("/my/talk/", {}).content.decode()
    paper = patient.post("/my/talk/", given | {"pdf": "yes"})
    assert (paper["Content-Type"], paper["Cache-Control"]) == ("application/pdf", "no-store")
    assert paper.content.startswith(b"%PDF-")


def test_a_sheet_for_paper_holds_its_parts():
    (sheet,) = paper_of([TalkPart("Ask", ("Why?",))]).sheets
    assert [part.text for part in sheet.parts] == ["Ask", "Why?"]
    assert paper_of([]).sheets[0].parts[0].text == "Nothing is ticked yet."


@pytest.mark.parametrize("address", ["/learn/pain/", "/learn/already-using/"])
def test_the_pages_beside_the_aid_are_open_to_anyone(address):
    assert Client().get(address).status_code == 200


def test_s_025_the_pain_page_is_marked_and_shows_how_sure_anyone_is():
    page = Client().get("/learn/pain/").content.decode()
    assert "Outside this programme" in page
    claim = load_release().claims["C-064"]
    assert claim.better in page
    assert "Low" in page[page.index(claim.better) : page.index(claim.better) + 600]


def test_s_156_the_page_for_people_who_use_it_is_linked_from_the_intake(clinic, person_id):
    doctor = signed_in(clinic, Role.CLINICIAN)
    intake = doctor.get(f"/people/{person_id}/eligibility/").content.decode()
    assert "Is ketamine misused?" in intake
    patient = signed_in(clinic, Role.PATIENT, person_id=person_id).get("/my/may-i-start/").content.decode()
    aid = Client().get("/aid/what-could-rule-me-out/").content.decode()
    assert all('href="/learn/already-using/"' in page for page in (intake, patient, aid))
