"""Pages on a home screen: a name that tells nothing, icons, and what stays in reach without a network."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic, make_person

TELLING = re.compile(
    r"ketamin|esketamin|kairos|clinic|depress|therap|psych|medic|treat|dose|patient", re.IGNORECASE
)


def test_the_name_on_a_home_screen_tells_neither_medicine_nor_illness_nor_clinic(client):
    reply = client.get("/manifest.webmanifest")
    told = reply.json()
    assert reply["Content-Type"] == "application/manifest+json"
    shown = [told["name"], told["short_name"], told.get("description", "")]
    assert not [words for words in shown if TELLING.search(words)]
    assert not [icon["src"] for icon in told["icons"] if TELLING.search(icon["src"])]
    assert told["display"] == "standalone" and told["start_url"].startswith("/my/")


def test_the_icons_are_there_in_the_sizes_that_phones_ask_for(client):
    icons = client.get("/manifest.webmanifest").json()["icons"]
    for icon in icons:
        content = Path(finders.find(icon["src"].removeprefix("/static/"))).read_bytes()
        width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
        assert content[1:4] == b"PNG" and icon["sizes"] == f"{width}x{height}"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in icons}
    assert "maskable" in {icon["purpose"] for icon in icons}


def test_the_worker_keeps_the_emergency_pages_for_everybody(client):
    kept = json.loads(re.search(r"const KAIROS = (\{.*?\});", client.get("/sw.js").content.decode())[1])
    assert {"/help/", "/help/when-to-call/"} <= set(kept["open"])
    for address in (*kept["open"], kept["patient"], kept["offline"], kept["journal"]):
        assert client.get(address).status_code == 200, f"{address} is kept without a log-in"


def test_without_a_network_a_patient_reads_what_works(client):
    page = client.get("/device/without-network/").content.decode()
    assert 'href="/help/"' in page and "What works now" in page


@pytest.mark.django_db
def test_a_patient_can_install_it_and_keeps_their_own_pages():
    clinic, client = make_clinic(), Client()
    account = make_login(clinic, Role.PATIENT, person_id=make_person(clinic))
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    page = client.get("/my/today/").content.decode()
    assert 'rel="manifest" href="/manifest.webmanifest"' in page
    kept = re.search(r'data-keep="([^"]*)"', page)[1].split()
    assert "/my/today/" in kept and "/my/home/" in kept
    assert [client.get(address).status_code for address in kept] == [200] * len(kept)
