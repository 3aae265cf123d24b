"""The price list: staff put a version in force, anyone reads every version, the estimator begins with it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.cli.demo_clinic.house import open_house
from kairos.cli.demo_clinic.prices import publish_demo_prices
from kairos.store.records.published import Publication
from kairos.vocab.people import Role
from tests.support.clinic import make_clinic
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db

PRICES = {
    "currency": "usd",
    "name": "Lindenhof",
    "evaluation": "250",
    "tests": "120.50",
    "visit.iv_racemic_clinic": "485.50",
    "visit.iv_racemic_clinic.includes": "the medicine and the watching",
    "visit.iv_racemic_clinic.code": "96365",
}


def put(browser, clinic, **more):
    """Send the form of a new list, as it stands on the page, with what was filled in."""
    address = f"/programme/{clinic.programme_id}/prices/new/"
    page = browser.get(address).content.decode()
    hidden = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("command_id", "newest")}
    return browser.post(address, hidden | {"from_day": timezone.localdate().isoformat()} | PRICES | more)


def test_a_list_is_public_with_all_its_versions_and_fills_the_estimator(client):
    clinic = make_clinic()
    lead = signed_in(clinic, Role.PROGRAMME_LEAD)
    assert "No programme here has told its prices" in client.get("/prices/").content.decode()
    assert put(lead, clinic).status_code == 302
    later = (timezone.localdate() + timedelta(days=30)).isoformat()
    assert put(lead, clinic, from_day=later, **{"visit.iv_racemic_clinic": "500"}).status_code == 302
    read = client.get("/prices/").content.decode()
    for words in ("485.50 USD", "250 USD", "500 USD", "the medicine and the watching", "96365", "Version 2"):
        assert words in read
    here = f"/aid/what-it-costs/?prices={clinic.programme_id}&visit=iv_racemic_clinic"
    form = client.get(here).content.decode()
    assert 'value="485.50"' in form
    assert 'value="370.50"' in form
    assert 'name="coaching"' in form and "not on it: ask" in form
    assert 'value="485.50"' not in client.get(here.replace("iv_", "im_")).content.decode()
    assert "Version 1" in lead.get("/programme/prices/").content.decode()


def test_what_is_refused_is_said_and_puts_nothing_in_force():
    clinic = make_clinic()
    lead = signed_in(clinic, Role.PROGRAMME_LEAD)
    for more, said in (
        ({"from_day": "2020-01-01"}, "earlier prices stay"),
        ({"currency": "U2D"}, "three capital letters"),
        ({"newest": "7"}, "came in between"),
        ({"tests": "-1"}, "greater than or equal"),
    ):
        refused = put(lead, clinic, **more)
        assert (refused.status_code, said in refused.content.decode()) == (400, True), more
    assert Publication.objects.count() == 0
    assert lead.get(f"/programme/{clinic.site_id}/prices/new/").status_code == 404
    auditor = signed_in(clinic, Role.AUDITOR)
    assert "Put a new list" not in auditor.get("/programme/prices/").content.decode()


def test_the_demonstration_has_an_invented_list_once(client):
    house, now = open_house(now=timezone.now()), timezone.now()
    publish_demo_prices(house, now=now)
    publish_demo_prices(house, now=now)
    page = client.get("/prices/").content.decode()
    assert "465.50 USD" in page
    assert "Version 2" not in page
