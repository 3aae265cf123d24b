"""The door: strangers, locked screens, undeclared routes, second factors."""


import pytest
from django.test import Client

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse(client: Client):
    account = make_login(make_clinic(), Role.NURSE)
    assert client.post("/log-in/", {"login": account.username, "password": PASSWORD}).status_code == 302
    return account


def test_a_stranger_is_sent_to_the_log_in_and_back(client):
    reply = client.get("/account/")
    assert reply.status_code == 302
    assert reply["Location"] == "/log-in/?next=%2Faccount%2F"


def test_log_in_opens_the_first_page(client, nurse):
    reply = client.get("/account/")
    assert reply.status_code == 200
    assert nurse.display_name in reply.content.decode()


def test_a_wrong_password_says_what_to_do_and_names_no_one(client):
    reply = client.post("/log-in/", {"login": "nobody", "password": "wrong"})
    assert reply.status_code == 200
    assert "There is one thing to fix" in reply.content.decode()
