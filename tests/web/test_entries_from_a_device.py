"""What a device sends that waited for the network: once, at its true time, refused with its reason."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kairos.domain.protocols.predose import CheckAnswer
from kairos.domain.sessions import events
from kairos.queries.dosing_sessions import session_page
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from kairos.web.lock import lock
from tests.support.accounts import make_login
from tests.support.running_session import BORN, NAME, infusing, make_floor, opened

pytestmark = pytest.mark.django_db
BACKEND = "kairos.web.accounts.backends.ByPassword"
SEVEN_MINUTES_S = 420
A_SECOND = timedelta(seconds=1)


def client_of(floor, **more):
    client = Client(**more)
    login = make_login(floor.clinic, Role.NURSE)
    client.force_login(get_user_model().objects.get(pk=login.id), BACKEND)
    return client


def send(client, name, *args, made_at, ahead_s=0.0, moved_s=0.0, seen="", kind="queued", **content):
    """Send an entry as a queue does; ``made_at`` is the true time, which the device's clock had wrong."""
    told = {
        "command_id": str(new_id()),
        "device_at": (made_at + timedelta(seconds=ahead_s)).isoformat(),
        "device_ahead_s": str(ahead_s),
        "device_moved_s": str(moved_s),
        "device_seen": str(seen),
        "device_id": "tablet",
    }
    reply = client.post(reverse(name, args=args), told | content, headers={"Kairos-Entry": kind})
    assert reply.status_code == 200
    return reply.json()


def entries(floor, session_id, kind):
    page = session_page(session_id=session_id, by=floor.nurse, now=timezone.now())
    return [each for each in page.entries if isinstance(each.event, kind)]


def test_a_clock_seven_minutes_wrong_misplaces_no_reading():
    floor = make_floor(timezone.now() - timedelta(minutes=30))
    session_id, client = infusing(floor), client_of(floor)
    so = timezone.now() - timedelta(minutes=12)
    first = send(client, "session_vitals", session_id, made_at=so, ahead_s=SEVEN_MINUTES_S, heart_rate="71")
    behind = {"ahead_s": -SEVEN_MINUTES_S, "moved_s": SEVEN_MINUTES_S, "heart_rate": "70"}
    second = send(client, "session_vitals", session_id, made_at=so - timedelta(minutes=5), **behind)
    assert (first["state"], second["state"]) == ("saved", "saved")
    assert first["said"][0].startswith("Saved")
    page = session_page(session_id=session_id, by=floor.nurse, now=timezone.now())
    assert [each.heart_rate for each in page.picture.state.readings][-2:] == [70, 71]
    assert abs(page.picture.state.readings[-1].true_at - so) < A_SECOND
    shown = client.get(reverse("session_record", args=[session_id])).content.decode()
    assert "7 min ahead; read as" in shown and "7 min behind; read as" in shown
    assert shown.count("set differently") == 1


def test_a_duplicate_counts_once_and_a_typed_time_is_of_the_day_it_was_made():
    floor = make_floor(timezone.now() - timedelta(minutes=30))
    session_id, client = infusing(floor), client_of(floor)
    so = timezone.now() - timedelta(minutes=9)
    same = {
        "made_at": so,
        "command_id": str(new_id()),
        "score": "5",
        "at": (so - timedelta(minutes=2)).strftime("%H:%M"),
    }
    before = len(entries(floor, session_id, events.SedationRated))
    told = [send(client, "session_sedation", session_id, kind=kind, **same) for kind in ("now", "queued")]
    assert [each["state"] for each in told] == ["saved", "saved"]
    assert told[0]["said"] == [] and told[0]["url"] == reverse("session_console", args=[session_id])
    made = entries(floor, session_id, events.SedationRated)[before:]
    assert len(made) == 1
    assert timedelta(minutes=1) < so - made[0].true_at < timedelta(minutes=4)
    assert made[0].made_on.id == "tablet"


def test_what_is_refused_says_why_and_what_cannot_be_now_says_so():
    floor = make_floor(timezone.now() - timedelta(minutes=30))
    session_id, client, now = infusing(floor), client_of(floor), timezone.now()
    refused = send(client, "session_vitals", session_id, made_at=now, systolic="879", diastolic="90")
    assert refused["state"] == "refused" and "look at the monitor again" in refused["page"]
    assert send(client, "session_pause", session_id, made_at=now)["state"] == "saved"
    again = send(client, "session_pause", session_id, made_at=now)
    assert again["state"] == "refused" and "paused" in again["reasons"][0]
    nowhere = send(client, "session_vitals", new_id(), made_at=now, heart_rate="70")
    assert nowhere["state"] == "refused"
    assert send(Client(), "session_pause", session_id, made_at=now)["state"] == "not_now"
    strict = client_of(floor, enforce_csrf_checks=True)
    assert send(strict, "session_note", session_id, made_at=now, note="calm")["state"] == "not_now"
    locked = client.session
    lock(locked, timezone.now())
    locked.save()
    assert send(client, "session_note", session_id, made_at=now, note="calm")["state"] == "not_now"
    assert client.get(reverse("device_standing")).status_code == 302


def test_a_device_that_says_nothing_readable_is_no_device():
    floor = make_floor(timezone.now() - timedelta(minutes=30))
    session_id, client = infusing(floor), client_of(floor)
    for at in ("yesterday", "2026-11-22T10:00:00"):
        told = send(client, "session_note", session_id, made_at=timezone.now(), note="calm", device_at=at)
        assert told["state"] == "saved"
    assert {each.made_on for each in entries(floor, session_id, events.NoteAdded)} == {None}


def test_the_key_is_the_makers_alone():
    floor = make_floor()
    clients = [client_of(floor), client_of(floor)]
    one, other = (client.get(reverse("device_standing")) for client in clients)
    assert "no-store" in one.headers["Cache-Control"]
    assert one.json()["key"] != other.json()["key"]
    assert one.json()["key"] == clients[0].get(reverse("device_standing")).json()["key"]
    assert Client().get(reverse("device_standing")).status_code == 302


def test_a_question_answered_differently_is_open_and_shown_side_by_side():
    floor = make_floor(timezone.now() + timedelta(minutes=5))
    session_id = opened(floor, -6)
    clients = [client_of(floor), client_of(floor)]
    clients[0].post(
        reverse("session_identity", args=[session_id]),
        {"command_id": str(new_id()), "name": NAME, "born_on": BORN},
    )
    page = session_page(session_id=session_id, by=floor.nurse, now=timezone.now())
    item = next(each for each in page.picture.protocol.checks if len(each.answers) > 1)
    now, seen = timezone.now(), page.picture.state.seq
    for client, word in zip(clients, list(item.answers), strict=False):
        given = {"made_at": now, "seen": seen, "answer": word}
        assert send(client, "session_check_item", session_id, item.id, **given)["state"] == "saved"
    page = session_page(session_id=session_id, by=floor.nurse, now=timezone.now())
    assert item.id not in page.picture.state.answers
    shown = clients[0].get(reverse("session_check", args=[session_id])).content.decode()
    assert "Two entries disagree" in shown and "Ask and answer again" in shown
    settled = {"made_at": now, "seen": page.picture.state.seq, "answer": next(iter(item.answers))}
    send(clients[0], "session_check_item", session_id, item.id, **settled)
    page = session_page(session_id=session_id, by=floor.nurse, now=timezone.now())
    assert isinstance(page.picture.state.answers[item.id], CheckAnswer)
    assert (
        "Two entries disagree"
        not in clients[0].get(reverse("session_check", args=[session_id])).content.decode()
    )


def test_two_readings_of_one_time_and_two_rates_wait_for_a_person():
    floor = make_floor(timezone.now() - timedelta(minutes=30))
    session_id, clients = infusing(floor), [client_of(floor), client_of(floor)]
    seen = session_page(session_id=session_id, by=floor.nurse, now=timezone.now()).picture.state.seq
    now = timezone.now()
    for client, pulse, rate in zip(clients, ("70", "95"), ("40", "45"), strict=True):
        send(client, "session_vitals", session_id, made_at=now, seen=seen, heart_rate=pulse)
        send(client, "session_rate", session_id, made_at=now, seen=seen, rate_mL_per_h=rate)
    address = reverse("session_console", args=[session_id])
    assert clients[0].get(address).content.decode().count("Two entries disagree</h2>") == 2
    second = entries(floor, session_id, events.RateChanged)[-1].seq
    both = reverse("session_both_stand", args=[session_id, second])
    assert clients[0].post(both, {"command_id": str(new_id())}).status_code == 302
    assert clients[0].get(address).content.decode().count("Two entries disagree</h2>") == 1
    unsent = clients[0].post(
        reverse("session_both_stand", args=[session_id, 999]), {"command_id": str(new_id())}
    )
    assert unsent.status_code == 302
    start = entries(floor, session_id, events.InfusionStarted)[0]
    before = {
        "command_id": str(new_id()),
        "reason": "late",
        "at": (start.true_at - timedelta(minutes=9)).strftime("%H:%M"),
    }
    refused = clients[0].post(reverse("session_correct", args=[session_id, second]), before)
    assert "beyond another change of the infusion" in refused.content.decode()


def test_every_kind_of_entry_on_the_console_is_amended_and_shows_both():
    floor = make_floor(timezone.now() - timedelta(minutes=30))
    session_id, client = infusing(floor), client_of(floor)
    send(client, "session_note", session_id, made_at=timezone.now(), note="calm")
    send(client, "session_rate", session_id, made_at=timezone.now(), rate_mL_per_h="40")
    changes = {
        events.VitalsRecorded: {"heart_rate": "66"},
        events.SedationRated: {"score": "4"},
        events.DissociationRated: {"score": "2"},
        events.NoteAdded: {"is_withdrawn": "on"},
        events.RateChanged: {"rate_mg_per_h": "35"},
    }
    for kind, change in changes.items():
        entry = entries(floor, session_id, kind)[-1]
        address = reverse("session_correct", args=[session_id, entry.seq])
        assert ("is_withdrawn" in client.get(address).content.decode()) is (kind is not events.RateChanged)
        content = {"command_id": str(new_id()), "reason": "misread"} | change
        assert client.post(address, content).status_code == 302, kind
    record = client.get(reverse("session_record", args=[session_id])).content.decode()
    assert record.count("amended by entry") == len(changes)
    page = session_page(session_id=session_id, by=floor.nurse, now=timezone.now())
    assert page.picture.state.infusion.controls[-1].mg_per_h == 35


def test_the_service_worker_is_at_the_root_and_keeps_nothing_of_anyone():
    worker = Client().get("/sw.js")
    assert worker.status_code == 200 and worker.headers["Content-Type"].startswith("text/javascript")
    assert "js/offline_worker.js" in worker.content.decode()
    assert finders.find("js/offline_worker.js")
    page = Client().get(reverse("out_of_reach")).content.decode()
    assert "Nothing of this step was sent" in page and "data-owner" not in page
