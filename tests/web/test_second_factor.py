"""Authenticator apps: set up, wanted at log-in and at a take-over, closed in the database."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic

pytestmark = pytest.mark.django_db


def code_for(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def clinician(clinic):
    return make_login(clinic, Role.CLINICIAN)


@pytest.fixture
def secret(client, clinician):
    """Set an app up as people do, and return its secret."""
    client.post("/log-in/", {"login": clinician.username, "password": PASSWORD})
    assert client.get("/account/second-factor/app/")["Location"].startswith("/account/confirm/")
    client.post("/account/confirm/", {"password": PASSWORD})
    page = client.get("/account/second-factor/app/").content.decode()
    secret = re.search(r'<b class="num">([A-Z2-7]+)</b>', page)[1]
    assert client.post("/account/second-factor/app/", {"code": code_for(secret)}).status_code == 302
    return secret


def test_the_secret_is_closed_in_the_database(secret, clinician):
    kept = Authenticator.objects.get(user_id=clinician.id, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)


def test_recovery_codes_are_shown_once(client, secret):
    first = client.get("/account/second-factor/codes/").content.decode()
    assert "shown this once" in first
    assert first.count("<li>") == 10


def test_a_log_in_wants_the_code(secret, clinician):
    screen = Client()
    first = screen.post("/log-in/", {"login": clinician.username, "password": PASSWORD})
    assert first["Location"].startswith("/log-in/second-factor/")
    assert screen.get("/account/")["Location"].startswith("/log-in/")
    assert screen.post("/log-in/second-factor/", {"code": "000000"}).status_code == 200
    _forget_used_codes()
    assert screen.post("/log-in/second-factor/", {"code": code_for(secret)}).status_code == 302
    assert screen.get("/account/").status_code == 200


def test_a_take_over_wants_the_code_too(secret, clinician, clinic):
    nurse, screen = make_login(clinic, Role.NURSE), Client()
    screen.post("/log-in/", {"login": nurse.username, "password": PASSWORD})
    given = {"next-username": clinician.username, "next-password": PASSWORD, "next-code": "000000"}
    refused = screen.post("/account/take-over/", given)
    assert refused.status_code == 400
    assert "This code does not fit" in refused.content.decode()
    _forget_used_codes()
    assert screen.post("/account/take-over/", given | {"next-code": code_for(secret)}).status_code == 302
    assert clinician.display_name in screen.get("/account/").content.decode()


def test_with_a_second_factor_the_doors_open(client, secret, settings):
    settings.KAIROS_SECOND_FACTOR = True
    assert client.get("/accounts/").status_code == 403


def _forget_used_codes():
    """A code works once; the tests cannot wait half a minute for the next."""
    from django.core.cache import cache

    cache.clear()
