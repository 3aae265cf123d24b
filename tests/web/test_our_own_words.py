"""What the library for log-ins says, it says in our words."""

import pytest
from django.test import Client

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic

pytestmark = pytest.mark.django_db

ITS_WORDS = (
    "Username",
    "Passwordless",
    "passwordless operation",
    "Master key",
    "Authenticator code",
    "Current Password",
    "New Password",
    "Successfully",
    "specified are not correct",
)
PAGES = (
    "/account/password/",
    "/account/second-factor/",
    "/account/second-factor/app/",
    "/account/second-factor/keys/add/",
    "/log-out/",
)


@pytest.fixture
def nurse(client):
    account = make_login(make_clinic(), Role.NURSE)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    client.post("/account/confirm/", {"password": PASSWORD})
    return account


def test_no_page_of_ones_own_account_shows_its_words(client, nurse):
    for address in PAGES:
        page = client.get(address)
        assert page.status_code == 200, address
        assert [words for words in ITS_WORDS if words in page.content.decode()] == [], address


def test_the_way_in_and_its_refusals(nurse):
    stranger = Client()
    assert "User name" in stranger.get("/log-in/").content.decode()
    refused = stranger.post("/log-in/", {"login": nurse.username, "password": "wrong"}).content.decode()
    assert "Name and password do not fit" in refused
    assert [words for words in ITS_WORDS if words in refused] == []


def test_a_new_password_in_our_words(client, nurse):
    given = {"oldpassword": "wrong", "password1": "a long way home 7", "password2": "a long way home 7"}
    assert "not the password you have now" in client.post("/account/password/", given).content.decode()
    done = client.post("/account/password/", given | {"oldpassword": PASSWORD}, follow=True).content.decode()
    assert "Your password is changed" in done


def test_a_key_is_proposed_a_plain_name(client, nurse):
    page = client.get("/account/second-factor/keys/add/").content.decode()
    assert 'value="Key 1"' in page
    assert "Log in with this key alone" in page
