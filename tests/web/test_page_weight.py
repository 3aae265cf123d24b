"""The first view of a page for patients or strangers weighs less than 100 KB, with all that it loads."""

import gzip
import re
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from kairos.vocab.people import Role
from kairos.web.public.aid.shown import STEPS
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic, make_person

pytestmark = pytest.mark.django_db

LIMIT = 100 * 1024
PUBLIC = (
    *(f"/aid/{step.slug}/" for step in STEPS if step.slug),
    "/aid/sheet/",
    "/help/",
    "/log-in/",
    "/learn/routes/",
    "/learn/mechanism/",
    "/journal/without-network/",
    *("/prices/", "/compare-offers/", "/your-time/", "/insurance/", "/choosing/", "/how-we-do/"),
)
OWN = (
    "/my/costs/",
    "/my/today/",
    "/my/journal/",
    "/my/journal/all/",
    "/my/sessions/",
    "/my/medicines/",
    "/my/messages/",
)
_LOADED = re.compile(r'(?:href|src)="/static/([^"#?]+)')
_IMPORT = re.compile(r'(?:from|import)\s+"(\./[^"]+)"')
_FONT = re.compile(r"url\(['\"]?\.\./([^)'\"]+\.woff2)")


def weight(client, address):
    """Return the bytes of the page and of all that it loads, as they travel."""
    reply = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert reply.status_code == 200, address
    assert reply["Content-Encoding"] == "gzip", address
    page = gzip.decompress(reply.content).decode()
    return len(reply.content) + sum(map(travels, loaded(page)))


def loaded(page):
    """Return the files of a page: those it names, and the fonts that its styles name."""
    named = {Path(finders.find(name)) for name in _LOADED.findall(page)}
    fonts = {
        (style.parent / ".." / font).resolve()
        for style in named
        if style.suffix == ".css"
        for font in _FONT.findall(style.read_text())
    }
    assert named
    return named | fonts | imported(file for file in named if file.suffix == ".js")


def imported(scripts):
    """Return the modules that scripts bring with them, and theirs."""
    found, open_ones = set(), set(scripts)
    while open_ones:
        script = open_ones.pop()
        found.add(script)
        modules = {(script.parent / name).resolve() for name in _IMPORT.findall(script.read_text())}
        open_ones |= modules - found
    return found


def travels(file):
    """Return how many bytes of a file travel; fonts are compressed already."""
    return file.stat().st_size if file.suffix == ".woff2" else len(gzip.compress(file.read_bytes(), 9))


def told(address, size):
    """Print what a page weighs; `pytest -s` or a failure shows it."""
    sys.stdout.write(f"{address} {size / 1024:.0f} KB\n")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_for_anyone(client, address):
    found = weight(client, address)
    told(address, found)
    assert found < LIMIT


def test_the_pages_of_a_patient():
    clinic = make_clinic()
    client = Client()
    account = make_login(clinic, Role.PATIENT, person_id=make_person(clinic))
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    found = {address: weight(client, address) for address in OWN}
    for address, size in found.items():
        told(address, size)
    assert max(found.values()) < LIMIT


def test_fonts_are_counted(client):
    page = client.get(reverse("aid_step", args=[STEPS[0].slug])).content.decode()
    assert any(file.suffix == ".woff2" for file in loaded(page))
