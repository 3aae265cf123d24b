"""Every route and place side by side: what each answers, where a finding holds, what changed since."""

import re

import pytest

from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.facts import drug, every_answer_no, yes
from tests.support.screened import keep, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    return make_person(clinic)


@pytest.fixture
def as_role(client, clinic):
    def log_in(role):
        client.post("/log-in/", {"login": make_login(clinic, role).username, "password": PASSWORD})
        return client

    return log_in


def text_of(page):
    return re.sub(r"\s+", " ", page.content.decode())


def uses(client, person_id, **query):
    return text_of(client.get(f"/people/{person_id}/eligibility/uses/", query))


def test_home_and_clinic_answer_each_for_itself_with_status_and_evidence(as_role, clinic, person_id):
    keep(clinic, person_id, [*every_answer_no(), yes("past_psychosis")])
    page = uses(as_role(Role.NURSE), person_id)
    at_home, in_clinic = (
        re.search(rf'id="use-sl-{place}".*?</li> ?(?=<li class="rcard|</ul></section>)', page)[0]
        for place in ("home", "clinic")
    )
    assert "Excluded" in at_home and "Past psychosis" in at_home
    assert "Excluded" not in in_clinic
    assert "off-label" in at_home and "How sure anyone is that it helps" in at_home
    card = re.search(r'id="finding-eligibilitypsychosis_past".*?</article>', page)[0]
    assert re.search("Excludes:</b> .*at home", card) and re.search("reason:</b> .*in the clinic", card)


def test_the_question_is_chosen_and_what_is_not_offered_is_taken_as_not_asked(as_role, person_id):
    client = as_role(Role.CLINICIAN)
    one = uses(client, person_id, route="im", setting="clinic", indication="pain", jurisdiction="gb")
    assert "For Chronic pain, under the law of the United Kingdom." in one
    assert one.count('<li class="rcard') == 1 and "Show every route and place" in one
    odd = uses(client, person_id, route="odd", setting="odd", indication="odd", jurisdiction="odd")
    assert odd.count('<li class="rcard') == 12 and "the United States" in odd
    assert "Nothing known speaks against it. First to ask:" in odd


def test_what_changed_since_the_signature_is_named_and_acknowledged(as_role, clinic, person_id):
    keep(clinic, person_id, every_answer_no())
    client = as_role(Role.CLINICIAN)
    assert "What changed since" not in uses(client, person_id)
    sign(staff(clinic), person_id)
    keep(clinic, person_id, [drug("lorazepam", "2026-05-30")])
    page = uses(client, person_id)
    assert "What changed since" in page and "nothing on record" in page
    address = f"/people/{person_id}/eligibility/changes/"
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    stale = client.post(address, {"command_id": new_id(), "seen": "another"}, follow=True)
    assert "New answers came in since you opened the page" in text_of(stale)
    kept = client.post(address, {"command_id": new_id(), "seen": seen}, follow=True)
    assert "Kept that you have seen what changed" in text_of(kept)
    client.post(address, {"seen": seen})
