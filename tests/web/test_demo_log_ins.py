"""Production refuses the log-ins of a demonstration, before and within a session."""

from dataclasses import replace

import pytest

from kairos.store.ids import new_id
from kairos.store.repositories import accounts
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, give_roles, make_login
from tests.support.clinic import make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def demo_nurse(clinic):
    account = replace(accounts.Account(new_id(), "demo-nurse", "Demo Nurse", "en", True, False), is_demo=True)
    with scoped(clinic.scope):
        accounts.add_account(clinic.scope, account, PASSWORD)
        give_roles(clinic, clinic.scope, account.id, [Role.NURSE])
    return account


def enters(client, account):
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    return client.get("/board/").status_code == 200


def test_a_demonstration_lets_its_log_ins_in(client, demo_nurse):
    assert enters(client, demo_nurse)


def test_production_refuses_them_at_the_door(client, demo_nurse, settings):
    settings.KAIROS_REFUSES_DEMO = True
    assert not enters(client, demo_nurse)


def test_production_ends_a_session_of_theirs(client, demo_nurse, settings):
    assert enters(client, demo_nurse)
    settings.KAIROS_REFUSES_DEMO = True
    assert client.get("/board/").status_code != 200


def test_production_lets_others_in(client, clinic, settings):
    settings.KAIROS_REFUSES_DEMO = True
    assert enters(client, make_login(clinic, Role.NURSE))
