"""A patient's own pages: the next step first, nothing invented, nothing of anyone else's."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.canaries import GIVEN
from tests.support.clinic import make_clinic, make_person
from tests.support.courses import give_consent, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    return make_person(clinic)


@pytest.fixture
def patient(clinic, person_id):
    client = Client()
    account = make_login(clinic, Role.PATIENT, person_id=person_id)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    return client


def plan(clinic, person_id):
    today = timezone.now().date()
    first = today + timedelta(days=7 - today.weekday())
    return make_course(clinic, person_id, first=first, now=timezone.now())


def test_a_patient_opens_on_today_and_the_consent_comes_first(patient):
    assert patient.get("/")["Location"] == "/my/today/"
    page = patient.get("/my/today/").content.decode()
    assert f"Hello {GIVEN}" in page
    assert "Read and sign the consent document" in page
    assert "None planned yet." in page


def test_signed_and_planned_the_next_session_comes_first(patient, clinic, person_id):
    give_consent(clinic, person_id, now=timezone.now())
    assert "Nothing for you to do now" in patient.get("/my/today/").content.decode()
    first = plan(clinic, person_id)[0]
    page = patient.get("/my/today/").content.decode()
    assert f"Session on {first.starts_at:%A} {first.starts_at.day}" in page
    assert patient.get("/my/consent/read/before/").status_code == 200


def test_sessions_and_their_calendar(patient, clinic, person_id):
    assert "No session is planned" in patient.get("/my/sessions/").content.decode()
    assert patient.get("/my/sessions/calendar.ics").status_code == 200
    plan(clinic, person_id)
    page = patient.get("/my/sessions/").content.decode()
    assert page.count("<li") >= 6
    text = patient.get("/my/sessions/calendar.ics").content.decode()
    assert text.count("SUMMARY:Appointment") == 6
    assert not re.search("ketamin|infusion|clinic", text, re.I)


def test_the_team_names_who_treats(patient, clinic):
    make_login(clinic, Role.NURSE, username="sana")
    make_login(clinic, Role.CLINICIAN, username="vale")
    make_login(clinic, Role.AUDITOR, username="hidden")
    page = patient.get("/my/team/").content.decode()
    assert page.index("Vale") < page.index("Sana")
    assert "Hidden" not in page


def test_the_red_flag_card_needs_no_log_in_and_names_the_emergency_number():
    from django.test import Client

    page = Client().get("/help/when-to-call/").content.decode()
    assert page.index("Emergency: call now") < page.index("Call us today") < page.index("Expected: it passes")
    assert "They cannot be woken" in page
    assert "tel:911" in page
    assert "when-to-call" in Client().get("/help/").content.decode()
