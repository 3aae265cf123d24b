"""What is decided about a person, seen by a prescriber and by the person: every size, light and dark."""

import pytest
from django.utils import timezone

from kairos.domain.eligibility.decision import Decision
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import leaving
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.facts import drug, every_answer_no, yes
from tests.support.screened import keep, sign

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_every_way_side_by_side_and_the_persons_own_version(live_server, open_screen, size):
    clinic = make_clinic()
    person_id = make_person(clinic)
    told = [yes("past_psychosis"), yes("cssrs.2", str(timezone.now().date()))]
    keep(clinic, person_id, every_answer_no())
    sign(staff(clinic), person_id)
    keep(clinic, person_id, [*told, drug("lorazepam", "2026-05-30")])
    screen = open_screen(size)
    screen.log_in(live_server.url, make_login(clinic, Role.CLINICIAN).username, PASSWORD)
    pages = {"uses": "", "uses-one-way": "?route=sl&setting=home"}
    for name, query in pages.items():
        screen.goto(f"{live_server.url}/people/{person_id}/eligibility/uses/{query}")
        screen.picture(name)
        screen.check()
    patient = make_login(clinic, Role.PATIENT, person_id=person_id)
    screen = open_screen(size)
    screen.log_in(live_server.url, patient.username, PASSWORD)
    screen.goto(f"{live_server.url}/my/may-i-start/")
    screen.picture("may-i-start")
    screen.check()
    with leaving(screen.page):
        screen.page.get_by_role("link", name="This is not right").first.click()
    screen.picture("not-right")
    screen.check()
    screen.page.get_by_label("In your own words").fill("That was my brother, not me")
    screen.page.get_by_role("button", name="Tell my team").click()
    screen.page.get_by_text("Your team has it now").wait_for()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_rule_book_and_who_is_affected(live_server, open_screen, size):
    clinic = make_clinic()
    person_id = make_person(clinic)
    keep(clinic, person_id, [*every_answer_no(), yes("past_psychosis")])
    sign(staff(clinic), person_id, Decision.NOT_NOW)
    screen = open_screen(size)
    screen.log_in(live_server.url, make_login(clinic, Role.PROGRAMME_LEAD).username, PASSWORD)
    screen.goto(f"{live_server.url}/content/?q=past")
    screen.picture("rule-book")
    screen.check()
    with leaving(screen.page):
        screen.page.get_by_role("link", name="Past psychosis").click()
    screen.picture("rule")
    screen.check()
    screen.page.get_by_role("link", name="Who is affected today?").click()
    screen.page.get_by_role("heading", name="1 of 1 people asked about").wait_for()
    screen.picture("rule-affected")
    screen.check()
