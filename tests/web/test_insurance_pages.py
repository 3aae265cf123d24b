"""Papers for an insurer: one PDF with letter, treatments tried, scores, ticked notes; the access is kept."""

from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from kairos.store.records.audit import AuditEvent
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.canaries import FAMILY
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.scores import add_score
from tests.support.screened import sign, well_known_person
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db

REQUEST = {"letter": "request", "insurer": "Alpine Mutual", "member": "M-17"}
APPEAL = REQUEST | {
    "letter": "appeal",
    "refused_on": "2026-02-14",
    "reference": "R-99",
    "reason": "Not needed.",
}


def words_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages]


@pytest.fixture
def known():
    clinic = make_clinic()
    person_id = well_known_person(clinic)
    add_score(clinic, person_id, "phq9", 19, days_ago=3)
    sign(staff(clinic), person_id)
    return clinic, person_id, signed_in(clinic, Role.CLINICIAN)


def accesses(clinic):
    with scoped(clinic.scope):
        rows = AuditEvent.objects.filter(action="record_access", details__what="insurance_pack")
        return sorted(rows.values_list("why", flat=True))


def test_the_pack_holds_ledger_scores_and_no_note_that_was_not_ticked(known):
    clinic, person_id, browser = known
    letter, trials, scores = words_of(browser.post(f"/people/{person_id}/insurance/", REQUEST))
    assert "Request for prior authorisation" in letter
    assert "Alpine Mutual" in letter and FAMILY in letter and "M-17" in letter
    assert "off-label" in letter
    assert "2 were adequate in dose and length" in letter
    for words in ("Sertraline", "10 %", "Counts: adequate, and it failed", "Judged by"):
        assert words.lower() in trials.lower(), words
    assert "19" in scores
    assert accesses(clinic) == ["request"]


def test_an_appeal_answers_the_letter_and_brings_the_ticked_note(known):
    clinic, person_id, browser = known
    page = browser.get(f"/people/{person_id}/insurance/").content.decode()
    note = UUID(page.split('name="notes" value="')[1][:36])
    sent = browser.post(
        f"/people/{person_id}/insurance/", APPEAL | {"notes": [str(note)], "more": "He is worse."}
    )
    letter, trials, _scores, notes = words_of(sent)
    for words in ("14 Feb 2026", "R-99", "Not needed.", "look at it again", "He is worse."):
        assert words in letter
    assert "Treatments tried" in trials
    assert "two trials failed" in notes
    bare = browser.post(f"/people/{person_id}/insurance/", REQUEST | {"letter": "appeal"})
    assert (bare.status_code, "An appeal needs it" in bare.content.decode()) == (400, True)
    assert accesses(clinic) == ["appeal"]


def test_a_person_without_a_record_has_a_pack_that_says_so(known):
    clinic, _person, browser = known
    letter, trials, scores = words_of(browser.post(f"/people/{make_person(clinic)}/insurance/", REQUEST))
    assert "Of 0 treatments" in letter
    assert "No treatment is on record" in trials
    assert "No score is on record" in scores


def test_no_estimate_without_a_course_and_who_may_not_see_charts_makes_no_pack(known):
    clinic, person_id, browser = known
    assert browser.post(f"/people/{person_id}/estimate/", {"diagnosis": "F33.2"}).status_code == 404
    desk = signed_in(clinic, Role.COORDINATOR)
    assert desk.post(f"/people/{person_id}/insurance/", REQUEST).status_code == 403
