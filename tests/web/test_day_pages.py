"""The day page: opened by a check, arrivals noted at the desk, closed with nothing open."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from kairos.domain.protocols.clinic_day import RoomItem
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic_days import ON_FORM
from tests.support.running_session import make_floor

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor():
    return make_floor(timezone.now())


def signed_in(floor, role):
    client, account = Client(), make_login(floor.clinic, role)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    client.account = account
    return client


def command_of(page):
    return re.findall(r'name="command_id" value="([^"]+)"', page.content.decode())[-1]


def test_the_desk_notes_who_came_and_the_nurse_closes_the_day(floor):
    desk, nurse = signed_in(floor, Role.COORDINATOR), signed_in(floor, Role.NURSE)
    page = desk.get("/day/")
    said = page.content.decode()
    assert "The day is open" in said
    assert "Not here yet" in said
    assert "Close the day" not in said
    arrive = {"command_id": command_of(page), "arrival": "no_show"}
    noted = desk.post(f"/day/arrivals/{floor.planned_id}/", arrive, follow=True).content.decode()
    assert "Did not come" in noted
    desk.post(f"/day/arrivals/{floor.planned_id}/", {"arrival": "away"})
    closing = f"/day/{floor.clinic.site_id}/close/"
    given = {"command_id": command_of(nurse.get("/day/"))}
    first = re.findall(r'name="command_id" value="([^"]+)"', nurse.get("/day/").content.decode())[0]
    assert "The day is closed" in nurse.post(closing, {"command_id": first}, follow=True).content.decode()
    assert "nothing to close" in nurse.post(closing, given, follow=True).content.decode()
    assert nurse.post(closing, {}).status_code == 302


def test_the_day_opens_on_a_whole_check(floor):
    nurse, prescriber = signed_in(floor, Role.NURSE), make_login(floor.clinic, Role.CLINICIAN)
    address = f"/day/{floor.clinic.site_id}/open/"
    given = {"command_id": command_of(nurse.get(address)), "oxygen": "no"}
    refused = nurse.post(address, given)
    assert refused.status_code == 400
    said = refused.content.decode()
    assert "oxygen is not ready" in said.lower()
    assert "name the prescriber" in said
    ready = {item.value: "yes" for item in RoomItem}
    people = {"prescriber": prescriber.id, "resuscitator": nurse.account.id}
    opened = nurse.post(address, given | ready | ON_FORM | people, follow=True).content.decode()
    assert "The day is open. Doses may start here." in opened
