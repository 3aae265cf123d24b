"""The programme's own figures: from the records, small counts hidden, every version for anyone to read."""

import re

import pytest

from kairos.domain.eligibility.decision import Decision
from kairos.vocab.people import Role
from tests.support.clinic import make_clinic, make_person
from tests.support.courses import keep_decision
from tests.support.scores import add_course, add_score
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db


def cells(page, heading):
    """Return the counts of a table of the page, by row."""
    table = page.split(f"<caption>{heading}</caption>")[1].split("</table>")[0]
    found = re.findall(r'<th scope="row">([^<]*)</th><td class="num">([^<]*)</td>', table)
    return dict(found)


def decided(clinic, *decisions):
    for decision in decisions:
        keep_decision(clinic, make_person(clinic), decision)


def publish(browser, clinic):
    page = browser.get("/programme/figures/").content.decode()
    command = re.findall(r'name="command_id" value="([^"]*)"', page)[-1]
    address = f"/programme/{clinic.programme_id}/figures/publish/"
    return browser.post(address, {"command_id": command}, follow=True).content.decode()


def test_a_lead_publishes_what_the_records_say_and_anyone_reads_it(client):
    clinic = make_clinic()
    lead = signed_in(clinic, Role.PROGRAMME_LEAD)
    assert "No programme here has told its figures" in client.get("/how-we-do/").content.decode()
    decided(clinic, *[Decision.START] * 7, *[Decision.NO] * 5)
    dashboard = cells(lead.get("/programme/figures/").content.decode(), "Who was checked, and who may start")
    assert "Published" in publish(lead, clinic)
    public = client.get("/how-we-do/").content.decode()
    read = cells(public, "Who was checked, and who may start")
    assert (
        read
        == dashboard
        == {"May start": "7", "Turned away, or not now": "5", "Not decided yet": "0", "All": "12"}
    )
    assert "58 %" in public
    decided(clinic, Decision.START)
    assert "A reader" not in public and "could tell who they are" in publish(lead, clinic)
    decided(clinic, *[Decision.START] * 5)
    assert "Published" in publish(lead, clinic)
    assert "Before: version 1" in client.get("/how-we-do/").content.decode()
    address = f"/programme/{clinic.programme_id}/figures/publish/"
    assert lead.post(address, {}).status_code == 302


def test_few_are_hidden_from_anyone_and_from_whoever_may_not_see_people(client):
    clinic = make_clinic()
    decided(clinic, Decision.START, Decision.START, Decision.NO)
    lead, auditor = signed_in(clinic, Role.PROGRAMME_LEAD), signed_in(clinic, Role.AUDITOR)
    page = lead.get("/programme/figures/").content.decode()
    shown, whole = page.split("In full, for those")
    assert cells(shown, "Who was checked, and who may start")["All"] == "too few to show"
    assert cells(whole, "Who was checked, and who may start")["All"] == "3"
    seen = auditor.get("/programme/figures/").content.decode()
    assert "In full" not in seen
    assert "Publish these" not in seen
    publish(lead, clinic)
    read = cells(client.get("/how-we-do/").content.decode(), "Who was checked, and who may start")
    assert read == {row: "hidden" for row in read if row != "All"} | {"All": "too few to show"}


def test_each_one_treated_stands_in_one_row_by_their_newest_answers(client):
    """Six with a session three weeks ago: half fell by more than half, one answered nothing afterwards."""
    clinic = make_clinic()
    for later in (10, 10, 10, 16, 16, None):
        person = make_person(clinic)
        add_course(clinic, person, 21, 14)
        add_score(clinic, person, "phq9", 20, days_ago=22)
        if later is not None:
            add_score(clinic, person, "phq9", later, days_ago=2)
    page = signed_in(clinic, Role.PROGRAMME_LEAD).get("/programme/figures/").content.decode()
    full = page.split("In full, for those")[1]
    assert cells(full, "Did low mood get less") == {
        "Almost no signs left": "0",
        "Half as many signs, or fewer": "3",
        "Less change, none, or worse": "2",
        "Too few signs at the start to tell": "0",
        "Not measured": "1",
        "All": "6",
    }
    assert cells(full, "Was someone watching")["Not known"] == "12"
    assert cells(full, "Was there more than the drug")["None of them"] == "6"
    assert cells(full, "Who was harmed or felt unwell")["Nothing was reported"] == "6"
