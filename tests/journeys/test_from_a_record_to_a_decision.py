"""A clinician brings in a real record, resolves what is open, and signs; on each device, light and dark."""

import pytest

from kairos.interop.fhir.reading import read_files
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import THEMES
from tests.support.clinic import make_clinic
from tests.support.real_data import real_data_folder

pytestmark = [pytest.mark.journey, pytest.mark.real_data, pytest.mark.django_db(transaction=True)]


def a_record():
    """Return the smallest real record of one living adult."""
    files = sorted(real_data_folder().glob("synthea*/*.json*"), key=lambda path: path.stat().st_size)
    return next(path for path in files if is_living_adult(path))


def is_living_adult(path):
    (person,) = read_files([path]).patients
    said = {f.concept: f for f in person.facts if f.concept in ("deceased", "birth_date")}
    return "deceased" not in said and person.identity.birth_date.year < 2000


def test_from_upload_to_signature(live_server, open_screen):
    clinic = make_clinic()
    prescriber = make_login(clinic, Role.CLINICIAN)
    screen = open_screen("desk", "light")
    page = screen.page
    screen.log_in(live_server.url, prescriber.username, PASSWORD)
    screen.goto(live_server.url + "/people/")
    screen.picture("people-empty")
    screen.check()
    page.get_by_role("link", name="Bring in a record").first.click()
    page.get_by_label("Files").set_input_files(str(a_record()))
    page.get_by_role("button", name="Import these files").click()
    page.get_by_role("heading", name="What was imported").wait_for()
    screen.picture("import-report")
    screen.check()
    page.get_by_role("link", name="start?").click()
    page.get_by_role("heading", name="Ask first").wait_for()
    screen.picture("eligibility-open")
    screen.check()
