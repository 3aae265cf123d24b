"""The medical director reviews a value, sets another, looks for whom it matters, signs, and looks back."""

import pytest

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic, staff
from tests.support.content import LOWER_SYSTOLIC, SYSTOLIC, changed_source, register, sign_all
from tests.support.screened import sign, well_known_person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SCREENS = [("phone", "light"), ("phone", "dark"), ("desk", "light"), ("desk", "dark")]


@pytest.mark.parametrize(("size", "theme"), SCREENS)
def test_a_release_is_reviewed_and_signed(live_server, open_screen, size, theme):
    clinic = make_clinic()
    sign_all(clinic, staff(clinic, Role.MEDICAL_DIRECTOR))
    register(clinic, changed_source(*LOWER_SYSTOLIC))
    person_id = well_known_person(clinic)
    decision_id = sign(staff(clinic), person_id)
    screen = open_screen(size, theme)
    screen.log_in(live_server.url, make_login(clinic, Role.MEDICAL_DIRECTOR).username, PASSWORD)
    screen.goto(live_server.url + "/programme/sign-off/")
    page = screen.page
    page.get_by_text("The one person was asked.").wait_for()
    screen.picture("sign-off-open")
    screen.check()
    page.get_by_role("link", name="Before the dose", exact=True).click()
    page.get_by_role("heading", name="To look at").wait_for()
    page.get_by_label("I have looked at this value").check()
    own = page.locator(f"[id='id_{SYSTOLIC}']")
    own.fill("150")
    page.locator(f"[id='id_{SYSTOLIC}.reason']").fill("Most of our people are over 65")
    screen.picture("sign-off-values")
    screen.check()
    page.get_by_role("button", name="Keep what I decided").click()
    page.get_by_text("160 mmHg becomes 150 mmHg").wait_for()
    page.get_by_text("The one person was asked.").wait_for()
    page.get_by_label("Password").fill(PASSWORD)
    screen.picture("sign-off-ready")
    screen.check()
    page.get_by_role("button", name="Sign as").click()
    page.get_by_role("heading", name="What is in force is signed").wait_for()
    screen.picture("sign-off-signed")
    screen.check()
    screen.goto(f"{live_server.url}/people/{person_id}/eligibility/decisions/{decision_id}/")
    page.get_by_text("findings come out as they were signed").wait_for()
    screen.picture("decision-asked-again")
    screen.check()
