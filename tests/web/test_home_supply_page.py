"""The order page of a course at home shows the sum of a supply, and refuses one dose too many with it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.home_sessions import make_home
from tests.support.running_session import make_floor

pytestmark = pytest.mark.django_db


def signed_in(floor, role):
    client, account = Client(), make_login(floor.clinic, role)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    return client


def command_of(page):
    return re.findall(r'name="command_id" value="([^"]+)"', page.content.decode())[-1]


def test_a_supply_is_ordered_up_to_the_next_review():
    yesterday = timezone.now() - timedelta(days=1)
    home = make_home(yesterday.replace(hour=9, minute=0, second=0, microsecond=0))
    prescriber = signed_in(home.floor, Role.CLINICIAN)
    page = prescriber.get(f"/planned/{home.planned_id}/order/")
    said = page.content.decode()
    assert "To take until the review after session 1" in said
    assert "1 − 0 = 1" in said
    address = f"/planned/{home.planned_id}/supply/"
    told = {"command_id": command_of(page), "doses": "2"}
    refused = prescriber.post(address, told)
    assert refused.status_code == 400
    assert "2 asked + 0 still at home = 2" in refused.content.decode()
    assert prescriber.post(address, told | {"doses": "many"}).status_code == 400
    ordered = prescriber.post(address, told | {"doses": "1"}, follow=True).content.decode()
    assert "The supply is ordered." in ordered
    assert "1 − 1 = 0" in ordered


def test_in_the_clinic_there_is_none():
    floor = make_floor(timezone.now())
    prescriber = signed_in(floor, Role.CLINICIAN)
    address = f"/planned/{floor.planned_id}/supply/"
    assert prescriber.post(address, {"doses": "1"}).status_code == 302
