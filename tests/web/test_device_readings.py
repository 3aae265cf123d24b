"""Devices over HTTP: a reading posted by the device's key, and the page on which a person sorts the rest."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import orjson
import pytest
from django.test import Client
from django.utils import timezone

from kairos.actions.open_session import open_session
from kairos.actions.register_device import register_device
from kairos.queries.devices import devices_page, digest_of_key
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic, staff
from tests.support.devices import heart_rate, part, pressure
from tests.support.running_session import make_floor

pytestmark = pytest.mark.django_db

ADDRESS = "/fhir/R4/Observation"
KEY = "the-key-of-monitor-two"


@pytest.fixture
def clinic():
    clinic = make_clinic()
    register_in(clinic)
    return clinic


def register_in(clinic):
    register_device(
        site_id=clinic.site_id,
        name="Monitor 2",
        key_digest=digest_of_key(KEY),
        command_id=new_id(),
        by=staff(clinic, Role.ADMINISTRATOR),
        now=datetime.now(UTC),
    )


def signed_in(clinic, role):
    client, account = Client(), make_login(clinic, role)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    return client


def post(document, *, key=KEY, **headers):
    given = {"Authorization": f"Bearer {key}"} if key else {}
    body = document if isinstance(document, bytes) else orjson.dumps(document)
    client = Client(enforce_csrf_checks=True)
    return client.post(ADDRESS, body, content_type="application/fhir+json", headers={**given, **headers})


def read(address, key=KEY):
    return Client().get(address, headers={"Authorization": f"Bearer {key}"})


def waiting(clinic):
    return devices_page(by=staff(clinic, Role.NURSE)).waiting


def told(reply):
    assert reply.json()["resourceType"] == "OperationOutcome"
    return " ".join(issue["diagnostics"] for issue in reply.json()["issue"])


def test_a_reading_is_kept_once_and_can_be_read_back(clinic):
    document = pressure(131, 84, identifier=[{"system": "urn:monitor", "value": "17"}])
    reply = post(document)
    assert (reply.status_code, reply["Content-Type"]) == (201, "application/fhir+json")
    kept = reply.json()
    assert reply["Location"] == f"http://testserver{ADDRESS}/{kept['id']}"
    for again in (document, pressure(131, 84)):
        repeat = post(again)
        assert (repeat.status_code, repeat.json()["id"]) == (200, kept["id"])
    assert [str(each.id) for each in waiting(clinic)] == [kept["id"]]
    found = read(reply["Location"])
    assert found.status_code == 200
    assert found.json()["identifier"] == [{"system": "urn:monitor", "value": "17"}]
    assert [each["valueQuantity"]["value"] for each in found.json()["component"]] == [131, 84]
    assert found.json()["device"] == {"display": "Monitor 2"}
    assert read(f"{ADDRESS}/{new_id()}").status_code == 404


def test_the_device_s_clock_is_noted_beside_ours(clinic):
    ahead = datetime.now(UTC) + timedelta(minutes=7)
    document = heart_rate(71, effectiveDateTime=ahead.isoformat())
    assert post(document, Date=format_datetime(ahead)).status_code == 201
    (kept,) = waiting(clinic)
    assert kept.ahead_s == pytest.approx(420, abs=5)
    assert kept.true_at < kept.device_at
    assert post(heart_rate(72), Date="yesterday").status_code == 201
    assert waiting(clinic)[-1].ahead_s is None
    naive = format_datetime(datetime.now(UTC)).replace("+0000", "-0000")
    assert post(heart_rate(73), Date=naive).status_code == 201


def test_a_command_id_serves_one_reading(clinic):
    command = str(new_id())
    assert post(heart_rate(71), **{"Kairos-Command-Id": command}).status_code == 201
    other = post(heart_rate(72), **{"Kairos-Command-Id": command})
    assert (other.status_code, "already used" in told(other)) == (422, True)
    assert post(heart_rate(73), **{"Kairos-Command-Id": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (heart_rate(900), "900 /min was sent; it must be 15 to 300 /min"),
        (pressure(80, 120), "80 mm[Hg] was sent; it must exceed diastolic"),
        (heart_rate(71, valueQuantity=part("8867-4", 71, "kg")["valueQuantity"]), "71 kg cannot be read"),
        (heart_rate(71, effectiveDateTime="2999-01-01T00:00:00Z"), "set the device's clock"),
        (b"{", "no JSON"),
        (b"[]", "no resource"),
        (b" " * 70_000, "larger than 64 kB"),
    ],
)
def test_a_fault_says_what_value_and_limit(clinic, document, words):
    reply = post(document)
    assert reply.status_code == 422
    assert words in told(reply)
    assert waiting(clinic) == ()


@pytest.mark.parametrize("key", ["", "another"])
def test_without_the_device_s_key_nothing_is_taken(clinic, key):
    reply = post(heart_rate(71), key=key)
    assert (reply.status_code, reply["WWW-Authenticate"]) == (401, "Bearer")
    assert "key" in told(reply)


def test_a_person_says_whose_a_reading_is_and_where_the_device_stands():
    floor = make_floor(timezone.now() - timedelta(minutes=10))
    register_in(floor.clinic)
    floor.do(open_session, 0, planned_session_id=floor.planned_id, place_id=floor.places[0])
    nurse = signed_in(floor.clinic, Role.NURSE)
    assert "No reading waits" in nurse.get("/devices/").content.decode()
    for value in (71, 72):
        assert post(heart_rate(value)).status_code == 201
    page = devices_page(by=floor.nurse)
    said = nurse.get("/devices/").content.decode()
    assert "2 readings wait" in said
    assert "Chair 1" in said
    first, second = (f"/devices/readings/{each.id}" for each in page.waiting)
    given = {"session_id": page.sessions[0].id, "command_id": new_id()}
    assert "on that session" in nurse.post(f"{first}/assign/", given, follow=True).content.decode()
    again = nurse.post(f"{first}/assign/", {**given, "command_id": new_id()}, follow=True)
    assert "already" in again.content.decode()
    unknown = {"command_id": new_id(), "reason": "boredom"}
    assert "Choose one" in nurse.post(f"{second}/aside/", unknown, follow=True).content.decode()
    aside = {"command_id": new_id(), "reason": "test"}
    assert "Set aside." in nurse.post(f"{second}/aside/", aside, follow=True).content.decode()
    put = {"command_id": new_id(), "place_id": floor.places[1]}
    stands = nurse.post(f"/devices/{page.devices[0].device}/place/", put, follow=True)
    assert f'value="{floor.places[1]}" selected' in stands.content.decode()
    nowhere = nurse.post(f"/devices/{new_id()}/place/", {"command_id": new_id()}, follow=True)
    assert "This device is not there" in nowhere.content.decode()
