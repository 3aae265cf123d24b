"""One rule of the book, and who it concerns: read by many, names for those who may see them alone."""

import re

import pytest
from django.test import Client

from kairos.actions.screen_person import screen_person
from kairos.content.release import load_release
from kairos.domain.rules.target import Indication
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.canaries import FAMILY
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.facts import every_answer_no, yes
from tests.support.screened import NOW, keep

pytestmark = pytest.mark.django_db
RULE = "eligibility.aneurysm"


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    person_id = make_person(clinic)
    keep(clinic, person_id, [*every_answer_no(), yes("aneurysm_or_malformation")])
    given = {"person_id": person_id, "by": staff(clinic), "now": NOW, "command_id": new_id()}
    screen_person(**given, indication=Indication.TRD, definition="")
    return person_id


def logged_in(clinic, role):
    client = Client()
    client.post("/log-in/", {"login": make_login(clinic, role).username, "password": PASSWORD})
    return client


def text_of(page):
    return re.sub(r"\s+", " ", page.content.decode())


def test_every_rule_has_a_page_that_is_found_by_searching(clinic):
    client = logged_in(clinic, Role.CONTENT_EDITOR)
    assert f'href="/content/rules/{RULE}/"' in text_of(client.get("/content/?q=aneurysm"))
    for rule in load_release().rules:
        page = client.get(f"/content/rules/{rule}/")
        assert page.status_code == 200 and "Whom it touched" not in text_of(page)
    assert client.get("/content/rules/no.such.rule/").status_code == 404


def test_a_rule_says_its_sentences_condition_numbers_sources_and_guards(clinic):
    page = text_of(logged_in(clinic, Role.CONTENT_EDITOR).get("/content/rules/eligibility.blood_pressure/"))
    for said in (
        "To a clinician",
        "To the person",
        "mean blood pressure",
        "mmHg",
        "from 1 January 2026",
        "H-01",
    ):
        assert said in page


def test_whom_it_touched_is_named_to_who_may_see_people_and_charts(clinic, person_id):
    nurse = text_of(logged_in(clinic, Role.NURSE).get(f"/content/rules/{RULE}/"))
    assert "Whom it touched" in nurse and f"/people/{person_id}/eligibility/" in nurse
    desk = text_of(logged_in(clinic, Role.COORDINATOR).get(f"/content/rules/{RULE}/"))
    assert "Whom it touched" not in desk and FAMILY not in desk


def test_a_programme_lead_asks_who_is_affected_today(clinic, person_id):
    make_person(clinic)
    lead = logged_in(clinic, Role.PROGRAMME_LEAD)
    page = text_of(lead.get(f"/content/rules/{RULE}/affected/"))
    assert "2 of 2 people asked about" in page and FAMILY in page
    assert re.search(r"Speaks against it</span></span><b class=\"num\">1</b>", page)
    auditor = text_of(logged_in(clinic, Role.AUDITOR).get(f"/content/rules/{RULE}/affected/"))
    assert "2 of 2 people" in auditor and FAMILY not in auditor


def test_a_rule_that_is_not_asked_there_says_so(clinic, person_id):
    lead = logged_in(clinic, Role.PROGRAMME_LEAD)
    address = "/content/rules/eligibility.home_support/affected/"
    assert "This rule is not asked for this route" in text_of(lead.get(address))
    at_home = text_of(lead.get(address, {"route": "sl", "setting": "home", "indication": "trd"}))
    assert "1 of 1 people asked about" in at_home
    assert "Nobody is on the way" in text_of(logged_in(make_clinic(), Role.AUDITOR).get(address))
    assert lead.get("/content/rules/no.such.rule/affected/").status_code == 404
