"""The administrator opens an account; its owner sets a password by the link, once."""

import re

import pytest
from django.test import Client

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def admin(client, clinic):
    account = make_login(clinic, Role.ADMINISTRATOR)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    return client


def command_of(page):
    return re.search(r'name="command_id" value="([^"]+)"', page.content.decode())[1]


def new_account(admin, clinic, **given):
    page = admin.get("/accounts/new/")
    wanted = {"username": "sana", "display_name": "Sana Iqbal", "programme_id": clinic.programme_id}
    return admin.post("/accounts/new/", {"command_id": command_of(page), **wanted, "role": "nurse", **given})


def test_the_administrator_opens_on_the_accounts(admin):
    assert admin.get("/")["Location"] == "/accounts/"


def test_from_a_new_account_to_its_own_password(admin, clinic):
    link_page = new_account(admin, clinic)["Location"]
    made = admin.post(link_page, {"command_id": command_of(admin.get(link_page))}).content.decode()
    link = re.search(r"http://testserver(/set-up/[^<]+)", made)[1]
    owner = Client()
    form = owner.get(link, follow=True)
    chosen = {"new_password1": "a long way home 7", "new_password2": "a long way home 7"}
    assert owner.post(form.request["PATH_INFO"], chosen)["Location"] == "/log-in/"
    entered = owner.post("/log-in/", {"login": "sana", "password": "a long way home 7"})
    assert entered.status_code == 302
    assert "no longer works" in Client().get(link, follow=True).content.decode()


def test_a_name_that_is_taken_is_said_at_its_field(admin, clinic):
    new_account(admin, clinic)
    page = new_account(admin, clinic).content.decode()
    assert 'href="#id_username"' in page
    assert "this user name is taken" in page


def test_sent_twice_an_account_is_opened_once(admin, clinic):
    given = {"username": "sana", "display_name": "Sana", "programme_id": clinic.programme_id, "role": "nurse"}
    given["command_id"] = command_of(admin.get("/accounts/new/"))
    assert admin.post("/accounts/new/", given)["Location"] == admin.post("/accounts/new/", given)["Location"]


def test_closing_and_opening_again(admin, clinic):
    nurse = make_login(clinic, Role.NURSE)
    for step, state in (("close", "Closed"), ("reopen", "Open again")):
        page = admin.get("/accounts/")
        given = {"command_id": command_of(page)}
        after = admin.post(f"/accounts/{nurse.id}/{step}/", given, follow=True).content.decode()
        assert ("Closed</td>" in after) is (step == "close"), state


def test_a_form_without_its_command_changes_nothing(admin, clinic):
    nurse = make_login(clinic, Role.NURSE)
    after = admin.post(f"/accounts/{nurse.id}/close/", {}, follow=True).content.decode()
    assert "Closed</td>" not in after
