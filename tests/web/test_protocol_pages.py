"""The medical director asks more in a protocol, sees what differs, and puts it in force; others only read."""

import re

import pytest

from kairos.store.records.content import OwnProtocol
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD
from tests.support.clinic import make_clinic
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db

LIST = "/programme/protocols/"
ONE = "/programme/protocols/iv_racemic_clinic/"
TEXT = """checks:
  - {id: sleep, ref: S-060, kind: choice, answers: {rested: pass, poor: %s}, source: cite:kairos-default}
"""


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def browser(clinic):
    return signed_in(clinic, Role.MEDICAL_DIRECTOR)


def given(browser, **more):
    """Return what the form sends."""
    page = browser.get(ONE).content.decode()
    command = re.search('name="command_id" value="([^"]*)"', page)[1]
    return {"command_id": command, "newest": "0", "reason": "came up twice", **more}


def test_comparing_shows_what_differs_and_puts_nothing_in_force(browser):
    reply = browser.post(ONE, given(browser, text=TEXT % "defer", look="1"))
    assert "checks.sleep.poor" in reply.content.decode()
    assert OwnProtocol.objects.count() == 0


def test_put_in_force_it_stands_on_the_list_with_name_and_reason(browser):
    reply = browser.post(ONE, given(browser, text=TEXT % "defer", password=PASSWORD))
    assert reply.status_code == 302, reply.content.decode()
    page = browser.get(LIST).content.decode()
    assert "own copy 1001" in page
    assert "came up twice" in page
    assert "checks.sleep.poor" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": TEXT % "pass", "password": PASSWORD}, "asks less"),
        ({"text": TEXT % "defer", "password": "wrong"}, "do not fit"),
        ({"text": TEXT % "defer"}, "required"),
        ({"text": TEXT % "defer", "password": PASSWORD, "reason": ""}, "say why"),
        ({"text": TEXT % "defer", "password": PASSWORD, "newest": "7"}, "Another copy came in between"),
    ],
)
def test_what_is_refused_is_said_and_changes_nothing(browser, more, said):
    reply = browser.post(ONE, given(browser, **more))
    assert reply.status_code == 400
    assert said in reply.content.decode()
    assert OwnProtocol.objects.count() == 0


def test_who_may_not_sign_reads_and_is_offered_no_change(clinic):
    lead = signed_in(clinic, Role.PROGRAMME_LEAD)
    page = lead.get(LIST).content.decode()
    assert "As released" in page
    assert "Ask more here" not in page
    assert lead.get(ONE).status_code == 403
    assert signed_in(clinic, Role.MEDICAL_DIRECTOR).get("/programme/protocols/by_post/").status_code == 404
