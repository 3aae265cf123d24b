"""The first view of a page for patients or strangers weighs less than 100 KB, with all that it loads."""

import gzip
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from kairos.vocab.people import Role
from kairos.web.public.aid.shown import STEPS
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic, make_person
from tests.support.patient_pages import pages

pytestmark = pytest.mark.django_db

LIMIT = 100 * 1024
KNOWN = ("/help/", "/aid/sheet/", "/log-in/", "/my/today/", "/my/journal/", "/my/record/", "/prices/")
_LOADED = re.compile(r'(?:href|src)="/static/([^"#?]+)')
_IMPORT = re.compile(r'(?:from|import)\s+"(\./[^"]+)"')
_FONT = re.compile(r"url\(['\"]?\.\./([^)'\"]+\.woff2)")


def weight(content):
    """Return the bytes of the page and of all that it loads, as they travel."""
    return len(content) + sum(map(travels, loaded(gzip.decompress(content).decode())))


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


@cache
def travels(file):
    """Return how many bytes of a file travel; fonts and pictures are compressed already."""
    return (
        file.stat().st_size if file.suffix in (".woff2", ".png") else len(gzip.compress(file.read_bytes(), 9))
    )


def test_the_first_view_of_each_page_for_patients_and_strangers():
    clinic = make_clinic()
    client = Client(raise_request_exception=False)
    strangers = pages(client)
    account = make_login(clinic, Role.PATIENT, person_id=make_person(clinic))
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    found = {address: weight(content) for address, content in {**strangers, **pages(client)}.items()}
    for address, size in sorted(found.items(), key=lambda each: -each[1]):
        sys.stdout.write(f"{size / 1024:5.0f} KB {address}\n")
    assert set(KNOWN) <= set(found), "the walk over the routes lost pages"
    assert {address: size for address, size in found.items() if size >= LIMIT} == {}


def test_fonts_are_counted(client):
    page = client.get(reverse("aid_step", args=[STEPS[0].slug])).content.decode()
    assert any(file.suffix == ".woff2" for file in loaded(page))
