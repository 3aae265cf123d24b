"""A passkey, from adding it to logging in with it alone."""

import pytest

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import leaving
from tests.support.clinic import make_clinic

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_nurse_adds_a_passkey_and_logs_in_with_it(live_server, open_screen):
    nurse = make_login(make_clinic(), Role.NURSE)
    screen = open_screen("phone")
    page = screen.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    screen.log_in(live_server.url, nurse.username, PASSWORD)
    screen.goto(live_server.url + "/account/second-factor/keys/add/")
    page.get_by_label("Password").fill(PASSWORD)
    with leaving(page):
        page.get_by_role("button", name="Go on").click()
    screen.picture("passkey-add")
    screen.check()
    page.get_by_label("Log in with this key alone").check()
    page.get_by_role("button", name="Add this key").click()
    page.wait_for_url("**/codes/**")
    screen.goto(live_server.url + "/log-out/")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/log-in/**")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.get_by_role("link", name=nurse.display_name).wait_for()
    assert screen.complaints == []
