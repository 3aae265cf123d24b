"""The medical director reviews values, sees for whom something changes, and signs; others read."""

import re

import pytest
from django.urls import reverse

from kairos.domain.evidence.review import ParameterDecision
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD
from tests.support.clinic import make_clinic, staff
from tests.support.content import (
    LOWER_SYSTOLIC,
    STRICTER_PRESSURE,
    SYSTOLIC,
    changed_source,
    register,
    review,
    sign_all,
)
from tests.support.running_session import make_floor
from tests.support.screened import sign, well_known_person
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/programme/sign-off/"


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def director(clinic):
    return staff(clinic, Role.MEDICAL_DIRECTOR)


@pytest.fixture
def browser(clinic):
    return signed_in(clinic, Role.MEDICAL_DIRECTOR)


def text(answer):
    return " ".join(answer.content.decode().split())


def hidden(page, name):
    return re.search(f'name="{name}" value="([^"]*)"', page)[1]


def test_before_the_first_signature_the_page_says_so_and_names_every_chapter(clinic, browser):
    register(clinic)
    page = text(browser.get(ADDRESS))
    assert "Nobody answers yet for the content in force here" in page
    assert "let sessions run all the same" in page
    assert "Before the dose" in page
    assert "Nobody has signed yet" in page
    assert 'name="password"' not in page


def test_production_says_that_nobody_is_dosed(clinic, browser, settings):
    settings.KAIROS_REFUSES_UNSIGNED = True
    register(clinic)
    assert "No order is placed, no session opens" in text(browser.get(ADDRESS))


def test_looking_at_values_is_kept_and_counted(clinic, browser, director):
    sign_all(clinic, director)
    register(clinic, changed_source(*LOWER_SYSTOLIC))
    chapter = f"{ADDRESS}values/predose/"
    page = text(browser.get(chapter))
    assert "Signed last: 160 mmHg" in page
    assert f'name="{SYSTOLIC}.seen"' in page
    given = {name: hidden(page, name) for name in ("command_id", "version")}
    assert browser.post(chapter, given | {f"{SYSTOLIC}.seen": "on"}).status_code == 302
    page = text(browser.get(ADDRESS))
    assert "Kept. Every value is looked at." in page
    assert "Ready to sign" in page


def test_an_own_value_outside_its_range_is_refused_beside_its_field_and_kept_as_typed(clinic, browser):
    register(clinic)
    chapter = f"{ADDRESS}values/predose/"
    page = text(browser.get(chapter))
    given = {name: hidden(page, name) for name in ("command_id", "version")}
    answer = browser.post(chapter, given | {SYSTOLIC: "170", f"{SYSTOLIC}.reason": "ours"})
    assert answer.status_code == 400
    assert "170 mm[Hg] is outside 140 to 160 mm[Hg]; choose a value inside" in text(answer)
    assert 'value="170"' in text(answer)
    old = browser.post(chapter, given | {"version": "0" * 64, f"{SYSTOLIC}.seen": "on"})
    assert "A newer release is on offer" in text(old)
    assert browser.get(f"{ADDRESS}values/nothing/").status_code == 404


def test_signing_asks_for_proof_and_brings_into_force(clinic, browser, director):
    register(clinic)
    sign_all(clinic, director)
    newer = register(clinic, changed_source(*LOWER_SYSTOLIC))
    review(clinic, director, ParameterDecision(SYSTOLIC, 150, "ours are older"))
    page = text(browser.get(ADDRESS))
    assert "160 mmHg becomes 150 mmHg" in page
    given = {name: hidden(page, name) for name in ("command_id", "seen")}
    wrong = browser.post(f"{ADDRESS}sign/", given | {"password": "wrong"})
    assert (wrong.status_code, "do not fit" in text(wrong)) == (400, True)
    early = browser.post(f"{ADDRESS}sign/", given | {"password": PASSWORD, "seen": "other"})
    assert "not ready to sign, or it has changed" in text(early)
    assert browser.post(f"{ADDRESS}sign/", given | {"password": PASSWORD}).status_code == 302
    page = text(browser.get(ADDRESS))
    assert "What is in force is signed" in page
    assert newer[:12] in page
    assert "150 mmHg, released 155 mmHg" in page


def test_people_are_asked_by_both_and_a_long_list_goes_on(clinic, browser, director, monkeypatch):
    sign_all(clinic, director)
    register(clinic, changed_source(*LOWER_SYSTOLIC))
    for _ in range(2):
        well_known_person(clinic)
    assert 'hx-get="/programme/sign-off/whom/' in text(browser.get(ADDRESS))
    whole = text(browser.get(f"{ADDRESS}whom/?start=x"))
    assert "All 2 people were asked" in whole
    monkeypatch.setattr("kairos.queries.what_changes.AT_ONCE", 1)
    part = text(browser.get(f"{ADDRESS}whom/", headers={"HX-Request": "true"}))
    assert "1 of 2 people asked" in part
    assert "start=1" in part
    assert "<html" not in part


def test_others_read_and_cannot_review(clinic, director):
    register(clinic)
    lead = signed_in(clinic, Role.PROGRAMME_LEAD)
    page = text(lead.get(ADDRESS))
    assert "The medical director reviews and signs" in page
    assert lead.get(f"{ADDRESS}values/predose/").status_code == 403
    assert lead.get(f"{ADDRESS}whom/").status_code == 403
    assert lead.get(f"{ADDRESS}?programme={clinic.organisation_id}").status_code == 404


def test_a_past_decision_is_asked_again_on_its_own_page(clinic, director):
    sign_all(clinic, director)
    person_id = well_known_person(clinic)
    decision_id = sign(staff(clinic), person_id)
    browser = signed_in(clinic, Role.CLINICIAN)
    address = f"/people/{person_id}/eligibility/decisions/{decision_id}/"
    assert address in text(browser.get(f"/people/{person_id}/eligibility/"))
    page = text(browser.get(address))
    assert "findings come out as they were signed" in page
    assert "That content is still in force" in page
    assert browser.get(f"/people/{person_id}/eligibility/decisions/{person_id}/").status_code == 404
    register(clinic, changed_source(*STRICTER_PRESSURE))
    sign_all(clinic, director)
    assert "One rule would answer otherwise today" in text(browser.get(address))


def test_pages_that_lead_to_a_dose_say_that_nobody_signed(settings):
    floor = make_floor()
    register(floor.clinic)
    nurse, prescriber = (signed_in(floor.clinic, role) for role in (Role.NURSE, Role.CLINICIAN))
    opening, order = (reverse(name, args=[floor.planned_id]) for name in ("session_open", "dose_order"))
    words = "Nobody answers yet for the content in force here"
    assert words in text(nurse.get(opening))
    assert words in text(prescriber.get(order))
    settings.KAIROS_REFUSES_UNSIGNED = True
    assert "no session opens and no infusion starts" in text(nurse.get(opening))
    sign_all(floor.clinic, staff(floor.clinic, Role.MEDICAL_DIRECTOR))
    assert words not in text(nurse.get(opening))
    assert words not in text(prescriber.get(order))
