"""A person's own version: the team's findings in plain words, and two ways to say that they are not right."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.facts import every_answer_no, yes
from tests.support.screened import keep, sign

pytestmark = pytest.mark.django_db
PAGE = "/my/may-i-start/"
RULE = "eligibility.aneurysm"


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    return make_person(clinic)


def logged_in(clinic, role, person_id=None):
    client = Client()
    account = make_login(clinic, role, person_id=person_id)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    return client


@pytest.fixture
def patient(clinic, person_id):
    return logged_in(clinic, Role.PATIENT, person_id)


def text_of(page):
    return re.sub(r"\s+", " ", page.content.decode())


def test_nothing_known_is_no_verdict(patient):
    page = text_of(patient.get(PAGE))
    assert "Nobody has decided yet" in page and "does not know enough yet" in page
    assert "eligibility." not in re.sub(r'href="[^"]*"', "", page)


def test_what_speaks_against_it_stands_in_plain_words_with_what_can_be_done(patient, clinic, person_id):
    keep(clinic, person_id, [*every_answer_no(), yes("aneurysm_or_malformation")])
    page = text_of(patient.get(PAGE))
    assert "A weak or malformed blood vessel" in page and "could tear the vessel" in page
    assert "Because of this it is not offered" in page
    assert "Ask for another clinician" in page


def test_thoughts_of_suicide_come_first_beside_people_who_answer(patient, clinic, person_id):
    keep(clinic, person_id, [*every_answer_no(), yes("cssrs.4", str(timezone.now().date()))])
    page = text_of(patient.get(PAGE))
    card = re.search(r'<section class="lampcard".*?</section>', page)[0]
    assert "You do not have to carry this alone" in card and 'href="/help/' in card
    assert page.index("lampcard") < page.index("Nobody has decided yet")


def test_a_signed_start_promises_nothing_while_something_is_open(patient, clinic, person_id):
    keep(clinic, person_id, every_answer_no())
    sign(staff(clinic), person_id)
    page = text_of(patient.get(PAGE))
    assert (
        "Something has to be cleared up first" in page and "Decided on Monday 1 June: You may start" in page
    )


def command_of(page):
    return re.search(r'name="command_id" value="([^"]+)"', page.content.decode())[1]


def test_not_right_makes_a_task_with_their_words_for_the_team(patient, clinic, person_id):
    keep(clinic, person_id, [*every_answer_no(), yes("aneurysm_or_malformation")])
    address = f"{PAGE}not-right/?rule={RULE}"
    form = patient.get(address)
    assert "answers you within 3 days" in text_of(form)
    sent = {"command_id": command_of(form), "words": "That was my brother"}
    page = text_of(patient.post(address, sent, follow=True))
    assert "Your team has it now" in page and "Somebody answers you by" in page
    again = patient.post(address, sent | {"command_id": command_of(patient.get(address))}, follow=True)
    assert "has this already" in text_of(again)
    prescriber = logged_in(clinic, Role.CLINICIAN)
    listed = text_of(prescriber.get("/inbox/"))
    task = re.search(r'href="(/inbox/[^"]+)">Look at an entry', listed)[1]
    opened = text_of(prescriber.get(task))
    assert "That was my brother" in opened and "Aneurysm or arteriovenous malformation" in opened


def test_another_clinician_is_asked_without_a_reason(patient, clinic):
    address = f"{PAGE}second-look/"
    form = patient.get(address)
    page = text_of(patient.post(address, {"command_id": command_of(form), "words": ""}, follow=True))
    assert "Somebody answers you by" in page and "second-look" not in page
    director = logged_in(clinic, Role.MEDICAL_DIRECTOR)
    task = re.search(r'href="(/inbox/[^"]+)">Look at the decision', text_of(director.get("/inbox/")))[1]
    assert "In their own words" not in text_of(director.get(task))


def test_too_many_words_and_rules_that_are_not_there_are_refused(patient):
    address = f"{PAGE}second-look/"
    sent = {"command_id": command_of(patient.get(address)), "words": "a" * 2001}
    assert patient.post(address, sent).status_code == 400
    assert patient.get(f"{PAGE}not-right/?rule=no.such.rule").status_code == 404
