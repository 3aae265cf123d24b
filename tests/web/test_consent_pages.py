"""Consent on a phone and on the clinic's tablet: part by part, kept, taught back, signed, taken back."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from kairos.content.consent_in_force import consent_in_force
from kairos.content.release import load_release
from kairos.queries.consents import consent_page
from kairos.vocab.people import Role
from kairos.web.portal.consent.copy_of_consent import document_of
from kairos.web.portal.consent.words import language_words
from tests.support.accounts import PASSWORD, make_login
from tests.support.canaries import FAMILY, FREE_TEXT, GIVEN
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.courses import EXPECTED, document, give_consent

pytestmark = pytest.mark.django_db
TEXT = document()


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


@pytest.fixture
def patient(clinic, person_id):
    return signed_in(clinic, Role.PATIENT, person_id=person_id)


@pytest.fixture
def nurse(clinic):
    return signed_in(clinic, Role.NURSE)


def command_of(page):
    return re.search(r'name="command_id" value="([^"]+)"', page.content.decode())[1]


def post(client, address, **given):
    page = client.get(address)
    return client.post(address, {"command_id": command_of(page)} | given, follow=True)


@pytest.fixture
def consent_page_of(clinic):
    def ask(person_id):
        return consent_page(person_id=person_id, by=staff(clinic), now=timezone.now())

    return ask


def read_everything(client, root):
    for section in TEXT.sections:
        post(client, f"{root}read/{section.id}/", agreed="on")
    for question in TEXT.questions:
        right = next(answer.id for answer in question.answers if answer.is_right)
        post(client, f"{root}read/{question.id}/", chosen=right)
    post(client, f"{root}read/expectation/", **EXPECTED)


def sign(client, root, **more):
    address, told = f"{root}read/sign/", {"name": f"{GIVEN} {FAMILY}", **more}
    look = post(client, address, **told)
    given = {"command_id": command_of(look), "sure": "yes"} | told
    return look, client.post(address, given, follow=True)


def test_from_the_first_part_to_the_signature(patient):
    assert "Start reading" in patient.get("/my/consent/").content.decode()
    read_everything(patient, "/my/consent/")
    assert "Go on to the signature" in patient.get("/my/consent/").content.decode()
    look, done = sign(patient, "/my/consent/")
    assert "Look once more" in look.content.decode()
    assert f"Signed by {GIVEN} {FAMILY}" in done.content.decode()
    whole = patient.get("/my/consent/whole/").content.decode()
    assert whole.count('aria-label="Acknowledged"') == len(TEXT.sections)


def test_each_step_is_kept_and_back_loses_nothing(patient):
    first, second = TEXT.sections[:2]
    after = post(patient, f"/my/consent/read/{first.id}/", agreed="on")
    assert second.heading in after.content.decode()
    page = patient.get("/my/consent/").content.decode()
    assert "Go on where you stopped" in page
    assert "checked" in patient.get(f"/my/consent/read/{first.id}/").content.decode()


def test_a_sentence_not_ticked_is_not_acknowledged(patient):
    page = post(patient, f"/my/consent/read/{TEXT.sections[0].id}/")
    assert page.status_code == 400
    assert 'href="#id_agreed"' in page.content.decode()
    assert "Start reading" in patient.get("/my/consent/").content.decode()


def test_a_wrong_answer_explains_and_lets_choose_again(patient):
    question = TEXT.questions[0]
    wrong = next(answer for answer in question.answers if not answer.is_right)
    right = next(answer for answer in question.answers if answer.is_right)
    address = f"/my/consent/read/{question.id}/"
    page = post(patient, address, chosen=wrong.id).content.decode()
    assert "Not quite." in page
    assert wrong.explanation in page
    page = post(patient, address, chosen=right.id).content.decode()
    assert right.explanation in page
    assert "Go on" in page
    assert post(patient, address).status_code == 400


def test_nobody_signs_before_every_part_is_done(patient):
    sent = patient.get("/my/consent/read/sign/")
    assert sent["Location"] == "/my/consent/"


def test_a_part_that_does_not_exist_is_nothing(patient):
    assert patient.get("/my/consent/read/elsewhere/").status_code == 404


def test_a_signature_without_a_name_is_asked_again(patient):
    read_everything(patient, "/my/consent/")
    page = post(patient, "/my/consent/read/sign/", name="")
    assert 'href="#id_name"' in page.content.decode()


def test_taking_it_back_says_what_happens_and_ends_it(patient):
    assert patient.get("/my/consent/withdraw/")["Location"] == "/my/consent/"
    read_everything(patient, "/my/consent/")
    sign(patient, "/my/consent/")
    assert "no session opens" in patient.get("/my/consent/withdraw/").content.decode()
    after = post(patient, "/my/consent/withdraw/", said=FREE_TEXT).content.decode()
    assert "You have withdrawn your consent" in after
    assert "Start reading" in after


def test_on_the_clinics_tablet_everything_else_is_locked(nurse, person_id, clinic):
    root = f"/people/{person_id}/consent/"
    handed = nurse.post(f"{root}hand-over/", {"command_id": command_of(nurse.get(root))})
    assert handed["Location"] == f"{root}read/"
    assert nurse.get(root)["Location"].startswith("/account/unlock/")
    other = make_person(clinic)
    assert nurse.get(f"/people/{other}/consent/read/").status_code == 403
    read_everything(nurse, root)
    _, done = sign(nurse, root)
    assert "Nurse" not in done.content.decode()
    assert "Give the tablet back" in done.content.decode()
    nurse.post("/account/unlock/", {"password": PASSWORD})
    page = nurse.get(root).content.decode()
    assert f"{GIVEN} {FAMILY}</td>" in page
    assert "Current" in page


def test_a_locked_screen_that_was_not_handed_over_shows_nobody(nurse, person_id):
    nurse.post("/account/lock/")
    assert nurse.get(f"/people/{person_id}/consent/read/").status_code == 403


def test_handing_over_without_its_command_locks_nothing(nurse, person_id):
    nurse.post(f"/people/{person_id}/consent/hand-over/", {})
    assert nurse.get(f"/people/{person_id}/consent/").status_code == 200


def test_staff_record_a_withdrawal_that_was_said(nurse, person_id, clinic):
    root = f"/people/{person_id}/consent/"
    assert nurse.get(f"{root}withdraw/")["Location"] == root
    give_consent(clinic, person_id, now=timezone.now())
    page = post(nurse, f"{root}withdraw/", said=FREE_TEXT).content.decode()
    assert "Withdrawn" in page
    assert nurse.get(f"{root}whole/").status_code == 200


def test_other_staff_do_not_take_consent(clinic, person_id):
    coach = signed_in(clinic, Role.COACH)
    assert coach.get(f"/people/{person_id}/consent/read/").status_code == 403


def test_what_is_expected_is_answered_kindly_and_shown_to_staff(patient, clinic, person_id, nurse):
    address = "/my/consent/read/expectation/"
    assert post(patient, address).status_code == 400
    said = post(patient, address, **EXPECTED | {"benefit": "ends_illness"}, said=FREE_TEXT).content.decode()
    assert "So far nobody has shown it." in said
    assert "will talk with you about this" in said
    root = f"/people/{person_id}/consent/"
    shown = nurse.get(root).content.decode()
    assert "To talk about" in shown
    assert FREE_TEXT in shown


def test_one_tap_says_no_and_reading_on_takes_it_back(patient):
    page = patient.get("/my/consent/")
    done = patient.post("/my/consent/no/", {"command_id": command_of(page)}, follow=True).content.decode()
    assert "You said no on" in done
    assert "It has no price" in done
    assert "You said no" in patient.get("/my/today/").content.decode()
    post(patient, f"/my/consent/read/{TEXT.sections[0].id}/", agreed="on")
    assert "You said no" not in patient.get("/my/consent/").content.decode()
    assert patient.post("/my/consent/no/", {}).status_code == 302


def test_one_tap_stops(patient):
    read_everything(patient, "/my/consent/")
    sign(patient, "/my/consent/")
    page = patient.get("/my/consent/")
    done = patient.post("/my/consent/withdraw/", {"command_id": command_of(page)}, follow=True)
    assert "You have withdrawn your consent" in done.content.decode()


def test_a_no_on_the_tablet(nurse, person_id):
    root = f"/people/{person_id}/consent/"
    nurse.post(f"{root}hand-over/", {"command_id": command_of(nurse.get(root))})
    page = nurse.get(f"{root}read/")
    nurse.post(f"{root}no/", {"command_id": command_of(page)})
    nurse.post("/account/unlock/", {"password": PASSWORD})
    assert "The person said no" in nurse.get(root).content.decode()


def test_a_copy_to_take_away_holds_what_was_signed(patient, nurse, person_id, consent_page_of):
    unsigned = document_of(consent_page_of(person_id))
    assert unsigned.sheets[1].parts[-1].text == "Not signed"
    root = f"/people/{person_id}/consent/"
    told = {"command_id": command_of(nurse.get(root)), "capacity": "able"}
    assert nurse.post(f"{root}capacity/", told).status_code == 400
    nurse.post(f"{root}capacity/", told | {"note": FREE_TEXT})
    assert FREE_TEXT in nurse.get(root).content.decode()
    read_everything(patient, "/my/consent/")
    sign(patient, "/my/consent/", helper="interpreter", helper_name="Rosa")
    for client, address in ((patient, "/my/consent/copy/"), (nurse, f"{root}copy/")):
        given = client.get(address)
        assert (given["Content-Type"], given.content[:5]) == ("application/pdf", b"%PDF-")
    whole = document_of(consent_page_of(person_id))
    words = " ".join(part.text for sheet in whole.sheets for part in sheet.parts)
    for section in TEXT.sections:
        assert section.acknowledgement in words
    for said in ("an interpreter: Rosa", "English", "Able to decide about this", f"{GIVEN} {FAMILY}"):
        assert said in words
    shown = nurse.get(root).content.decode()
    assert "an interpreter: Rosa" in shown
    post(patient, "/my/consent/withdraw/")
    again = document_of(consent_page_of(person_id))
    assert "Taken back on" in again.sheets[1].parts[-1].text


def test_a_language_without_a_name_is_told_by_its_code():
    assert language_words("tlh") == "tlh"


def test_who_reads_spanish_reads_signs_and_keeps_the_spanish_document(patient, nurse, person_id):
    """The document that was signed is shown, whatever the page speaks later."""
    spanish = consent_in_force(load_release(), on=timezone.now().date(), language="es")
    assert spanish.title != TEXT.title
    patient.defaults["HTTP_ACCEPT_LANGUAGE"] = "es"
    assert spanish.title in patient.get("/my/consent/").content.decode()
    read_everything(patient, "/my/consent/")
    sign(patient, "/my/consent/")
    patient.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    done = patient.get("/my/consent/").content.decode()
    assert spanish.title in done
    assert "You have signed the current document." in done
    assert "stands in English only" not in done
    assert "español" in nurse.get(f"/people/{person_id}/consent/").content.decode()
