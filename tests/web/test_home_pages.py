"""The pages of a session at home: by link without an account, at the desk, and the programme's switch."""

import pytest
from django.test import Client
from django.urls import reverse

from kairos.actions.make_home_link import make_home_link
from kairos.domain.sessions.home_links import HomeLink
from kairos.queries.home_links import fresh_address
from tests.support.home_sessions import dosed, make_home

pytestmark = pytest.mark.django_db


def link(home, kind, minute=-35):
    """Make a link and return its address."""
    address = fresh_address()
    about = {"person_id": home.floor.person_id, "kind": kind, "address": address}
    planned = None if kind is HomeLink.TRAINING else home.planned_id
    home.floor.do(make_home_link, minute, planned_session_id=planned, **about)
    return address


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets what the pages take for now."""

    def to(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return to


def test_both_screens_by_link(clock):
    home = make_home()
    dosed(home)
    clock(home.floor.at(40))
    for kind, words in ((HomeLink.PATIENT, "You can rest"), (HomeLink.SUPPORT, "14 Larch Road")):
        page = Client().get(reverse("home_link", args=[link(home, kind)]))
        assert page.status_code == 200
        assert words in page.content.decode()
