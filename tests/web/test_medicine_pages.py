"""The pages about medicines: what they show, keep and refuse, and what the person reads of it."""

import re

import pytest
from django.urls import reverse

from kairos.queries.medicines import medicines_of
from kairos.store.ids import new_id
from kairos.vocab.codes import RXNORM, Code
from kairos.vocab.facts import FactKind
from kairos.vocab.people import Role
from tests.support.asking import real_now
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.facts import confirmed, drug, unread
from tests.support.screened import keep
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    return make_person(clinic)


def today(facts=()):
    day = real_now().date().isoformat()
    return [*facts, confirmed(FactKind.MEDICATION, day)]


def text_of(page):
    return re.sub(r"\s+", " ", page.content.decode())


def page_of(clinic, person_id):
    return medicines_of(person_id=person_id, by=staff(clinic, Role.CLINICIAN), now=real_now())


def command():
    return {"command_id": str(new_id())}


def test_the_list_shows_source_level_advice_and_what_is_open(clinic, person_id):
    keep(clinic, person_id, [drug("lorazepam"), unread(FactKind.MEDICATION)])
    shown = text_of(signed_in(clinic, Role.CLINICIAN).get(reverse("medicines", args=[person_id])))
    assert "MODERATE" in shown
    assert "Hold 12 hours to 24 hours before a session" in shown
    assert "From the record" in shown
    assert "Nobody has gone through the list" in shown
    assert "A plan is signed once the list is confirmed." in shown
    assert "Not understood" in shown


def test_by_a_lozenge_the_same_list_weighs_otherwise(clinic, person_id):
    keep(clinic, person_id, [drug("clarithromycin")])
    client, address = signed_in(clinic, Role.PHARMACIST), reverse("medicines", args=[person_id])
    assert "HIGH" not in text_of(client.get(address))
    shown = text_of(client.get(f"{address}?route=sl"))
    assert "HIGH" in shown
    assert "exposure 2.6 times that without it, peak 3.6 times" in shown
    assert client.get(f"{address}?route=rectal").status_code == 404


def test_what_is_said_added_and_corrected_is_kept(clinic, person_id):
    keep(clinic, person_id, [drug("lorazepam"), drug("sertraline"), unread(FactKind.MEDICATION)])
    nurse = signed_in(clinic, Role.NURSE)
    say = reverse("say_medicine", args=[person_id])
    nurse.post(say, {**command(), "line": "lorazepam", "informant": "person", "is_taken": "no"})
    nurse.post(say, {**command(), "line": "sertraline", "informant": "label", "is_taken": "yes"})
    add = reverse("add_medicine", args=[person_id])
    told = {"name": "St John's wort", "dosage": "one a day", "informant": "person"}
    assert nurse.get(add).status_code == 200
    assert nurse.post(add, {**command(), **told}).status_code == 302
    assert nurse.post(add, {**command(), "name": "", "informant": "person"}).status_code == 400
    unread_key = page_of(clinic, person_id).listed.open_lines[0].key
    correct = f"{reverse('correct_medicine', args=[person_id])}?line={unread_key}"
    assert nurse.get(correct).status_code == 200
    nurse.post(correct, {**command(), "name": "lithium", "dosage": "", "informant": "pharmacy"})
    found = {m.key: m.state for m in page_of(clinic, person_id).listed.medicines}
    assert found == {
        "lithium": "taking",
        "lorazepam": "ended",
        "sertraline": "taking",
        "st_johns_wort": "taking",
    }
    shown = text_of(nurse.get(reverse("medicines", args=[person_id])))
    assert "The label of the packet, written down by" in shown
    assert "one a day" in shown


def test_a_list_with_an_open_line_cannot_be_confirmed(clinic, person_id):
    keep(clinic, person_id, [unread(FactKind.MEDICATION)])
    nurse = signed_in(clinic, Role.NURSE)
    seen = page_of(clinic, person_id).listed.fingerprint
    say = {
        "line": page_of(clinic, person_id).listed.open_lines[0].key,
        "informant": "person",
        "is_taken": "yes",
    }
    nurse.post(reverse("say_medicine", args=[person_id]), {**command(), **say})
    nurse.post(reverse("confirm_medicine_list", args=[person_id]), {**command(), "seen": seen})
    shown = text_of(nurse.get(reverse("medicines", args=[person_id])))
    assert "no drug was recognised in this entry" in shown
    assert "1 of the lines are not settled" in shown
    assert page_of(clinic, person_id).listed.confirmed is None


def test_a_plan_is_signed_and_the_person_reads_it(clinic, person_id):
    keep(clinic, person_id, [drug("lorazepam"), drug("sertraline")])
    prescriber = signed_in(clinic, Role.CLINICIAN)
    seen = page_of(clinic, person_id).listed.fingerprint
    prescriber.post(reverse("confirm_medicine_list", args=[person_id]), {**command(), "seen": seen})
    page = prescriber.get(reverse("medicines", args=[person_id]))
    assert "Sign this plan" in text_of(page)
    listed = page_of(clinic, person_id).listed
    given = {
        "seen": listed.fingerprint,
        "route": "iv",
        "line-0": "hold",
        "from-0": "12",
        "line-1": "continue",
    }
    sign = reverse("sign_medicine_plan", args=[person_id])
    refused = prescriber.post(sign, {**command(), **given})
    assert refused.status_code == 400
    assert "needs a reason" in text_of(refused)
    stale = prescriber.post(sign, {**command(), **given, "seen": "other", "reason-0": "taken at need only"})
    assert "has changed since you opened the page" in text_of(stale)
    assert prescriber.post(sign, {**command(), "line-0": "hold"}).status_code == 400
    done = prescriber.post(sign, {**command(), **given, "reason-0": "taken at need only"})
    assert done.status_code == 302
    assert "Every medicine has a signed plan." in text_of(
        prescriber.get(reverse("medicines", args=[person_id]))
    )
    own = signed_in(clinic, Role.PATIENT, person_id=person_id).get(reverse("portal_medicines"))
    read = text_of(own)
    assert "Agreed with you: do not take it for 12 hours before your session" in read
    assert "Take it as usual, also on the day of your session." in read
    assert "Do not stop, skip or change a medicine on your own." in read
    assert "Ask them before you change anything." in read


def test_without_a_plan_nobody_reads_that_they_should_stop(clinic, person_id):
    keep(clinic, person_id, today([drug("lorazepam"), drug("theophylline")]))
    own = signed_in(clinic, Role.PATIENT, person_id=person_id)
    read = text_of(own.get(reverse("portal_medicines")))
    assert "Take it as usual; your clinic will tell you" in read
    assert "Ask your clinic about this medicine before your session." in read
    assert "do not take it" not in read
    assert reverse("portal_medicines") in text_of(own.get(reverse("portal_today")))


def test_nothing_on_an_unknown_list_is_no_medicine(clinic, person_id):
    own = signed_in(clinic, Role.PATIENT, person_id=person_id)
    assert "Nothing is on it yet." in text_of(own.get(reverse("portal_medicines")))
    shown = text_of(signed_in(clinic, Role.NURSE).get(reverse("medicines", args=[person_id])))
    assert "That says nothing until somebody has gone through it" in shown


def test_a_code_from_memory_is_marked_until_somebody_confirms_it(clinic, person_id):
    keep(clinic, person_id, [drug("escitalopram", code=Code(RXNORM, "321988", "escitalopram 10 MG"))])
    address = reverse("medicines", args=[person_id])
    assert "I looked it up" not in text_of(signed_in(clinic, Role.NURSE).get(address))
    pharmacist = signed_in(clinic, Role.PHARMACIST)
    shown = text_of(pharmacist.get(address))
    assert "Unverified code: rxnorm 321988 is taken to mean escitalopram, matched by name." in shown
    given = {"system": "rxnorm", "code": "321988", "concept": "escitalopram"}
    code = reverse("confirm_drug_code", args=[person_id])
    assert pharmacist.post(code, {**command(), **given, "concept": "lithium"}).status_code == 400
    pharmacist.post(code, {**command(), **given})
    pharmacist.post(code, {**command(), **given})
    assert "Unverified code" not in text_of(pharmacist.get(address))
