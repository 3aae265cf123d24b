"""The day page: opened by a check, arrivals noted at the desk, closed with nothing open."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from kairos.domain.protocols.clinic_day import RoomItem
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic_days import ON_FORM
from tests.support.running_session import make_floor, opened

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


def test_the_desk_names_who_is_there(floor):
    desk, watcher = signed_in(floor, Role.COORDINATOR), make_login(floor.clinic, Role.NURSE)
    address = f"/day/staff/{floor.planned_id}/"
    page = desk.get(address)
    kept = desk.post(address, {"command_id": command_of(page), "watcher": watcher.id}, follow=True)
    assert f"Watches: {watcher.display_name}" in kept.content.decode()
    again = desk.get(address)
    assert f'<option value="{watcher.id}" selected' in again.content.decode()
    strange = desk.post(address, {"command_id": command_of(again), "watcher": floor.person_id})
    assert strange.status_code == 400


def test_what_lacks_leads_to_where_it_is_mended_for_who_may(floor):
    nurse, desk = signed_in(floor, Role.NURSE), signed_in(floor, Role.COORDINATOR)
    session_id = opened(floor)
    said = nurse.get("/day/").content.decode()
    assert "No order is chosen at the chair yet" in said
    assert f'href="/sessions/{session_id}/check/"' in said
    assert "Session still open" in said
    assert f'href="/sessions/{session_id}/check/"' not in desk.get("/day/").content.decode()
