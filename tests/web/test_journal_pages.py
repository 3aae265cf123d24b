"""The pages of a journal: what is told before the first word, what a device may send, what a reader sees."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from kairos.domain.integration.journal import NOTICE
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from kairos.web.portal.journal import views
from tests.support.clinic import make_clinic, make_person
from tests.support.journal import Device
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db

FEW = 1000


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def device(clinic):
    return Device(make_person(clinic))


def post(client, route, *args, **given):
    told = {"command_id": str(new_id()), **given}
    return client.post(reverse(route, args=args), told, follow=True).content.decode()


def wrapped(device, way, **change):
    closed = device.wrap("otter lantern seven canal", way)
    return json.dumps(
        {"salt": closed.salt, "iv": closed.iv, "box": closed.box, "iterations": closed.iterations} | change
    )


def set_up(client, device, **change):
    ways = {way: wrapped(device, way) for way in ("passphrase", "recovery")}
    return post(client, "portal_journal_key", **({"key": device.key_id, "notice": NOTICE} | ways | change))


def send(client, device, entry_id, text, **change):
    closed = device.close(entry_id, text)
    at = timezone.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    told = {"entry_id": entry_id, "key": device.key_id, "iv": closed.iv, "box": closed.box, "written_at": at}
    return post(client, "portal_journal_entries", **(told | change))


def test_it_is_told_before_the_first_word_what_is_lost_and_who_reads(clinic, device):
    me = signed_in(clinic, Role.PATIENT, person_id=device.person_id)
    reply = me.get("/my/journal/")
    assert "no-store" in reply["Cache-Control"]
    first = reply.content.decode()
    assert "If you lose both, what you wrote is lost for good." in first
    assert "Your team cannot read it" in first
    assert 'id="write"' not in first
    assert "read what is lost" in set_up(me, device, notice="")
    assert "did not arrive as your device meant it" in set_up(me, device, passphrase="not json")
    assert "1000 repetitions" in set_up(me, device, recovery=wrapped(device, "recovery", iterations=FEW))
    assert 'id="write"' in set_up(me, device)
    assert "start again" in me.get("/my/journal/?anew").content.decode()


def test_a_device_sends_entries_a_share_and_its_end(clinic, device):
    me = signed_in(clinic, Role.PATIENT, person_id=device.person_id)
    coach = signed_in(clinic, Role.COACH)
    set_up(me, device)
    entry = new_id()
    page = send(me, device, entry, "the lake house")
    assert str(entry) in page
    assert "the lake house" not in page
    assert "did not arrive closed" in send(me, device, new_id(), "x", iv="plain")
    there = reverse("shared_journal", args=[device.person_id])
    assert "Nothing is shared with you now" in coach.get(there).content.decode()
    reader = coach.session["_auth_user_id"]
    assert "choose who may read it" in post(me, "portal_journal_share", entry, words="the lake house")
    assert "meant it" in post(me, "portal_journal_share", entry, words="the lake house", with_whom="somebody")
    shared = post(me, "portal_journal_share", entry, words="the lake house", with_whom=reader)
    assert "You can take it back at any time" in shared
    assert "the lake house" in coach.get(there).content.decode()
    assert "Only you can read it again" in post(me, "portal_journal_take_back", entry)
    assert "not shared now" in post(me, "portal_journal_take_back", entry)
    gone = coach.get(there).content.decode()
    assert "the lake house" not in gone
    assert "was taken back on" in gone


def test_older_entries_are_one_press_away(clinic, device, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 1)
    me = signed_in(clinic, Role.PATIENT, person_id=device.person_id)
    set_up(me, device)
    older, newer = new_id(), new_id()
    for entry in (older, newer):
        page = send(me, device, entry, "x")
    assert str(newer) in page
    assert str(older) not in page
    assert "Show older ones" in page
    assert str(older) in me.get("/my/journal/?older").content.decode()


def test_the_passphrase_is_changed_and_all_of_it_can_be_taken_away(clinic, device):
    me = signed_in(clinic, Role.PATIENT, person_id=device.person_id)
    assert "Nothing yet." in me.get("/my/journal/all/").content.decode()
    set_up(me, device)
    new = wrapped(device, "passphrase")
    said = post(me, "portal_journal_passphrase", key=device.key_id, passphrase=new)
    assert "Your new passphrase opens the journal" in said
    assert json.loads(new)["box"] in me.get("/my/journal/all/").content.decode()


def test_without_a_network_there_is_a_page_that_knows_nobody(client):
    page = client.get("/journal/without-network/").content.decode()
    assert "There is no network now" in page
    assert "data-owner" not in page
    assert "/journal/without-network/" in client.get("/sw.js").content.decode()
