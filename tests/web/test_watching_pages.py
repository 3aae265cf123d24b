"""Who watches, on the board and the console; the ledger of alarms, and their figures."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kairos.actions.close_alarm import close_alarm
from kairos.actions.offer_watch import offer_watch
from kairos.actions.pause_infusion import pause_infusion
from kairos.actions.record_vitals import record_vitals
from kairos.actions.take_alarm import take_alarm
from kairos.actions.vital_signs import VitalSigns
from kairos.actions.watchers import SILENCE, sign_subject
from kairos.store.ids import new_id
from kairos.store.repositories import deadlines
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.running_session import WELL, infusing, make_floor

pytestmark = pytest.mark.django_db
BACKEND = "kairos.web.accounts.backends.ByPassword"
ALERT = VitalSigns(systolic=170, diastolic=95, heart_rate=80, oxygen=97, breathing=14)


def client_of(login_id):
    client = Client()
    client.force_login(get_user_model().objects.get(pk=login_id), BACKEND)
    return client


def get(client, name, *args, **query):
    reply = client.get(reverse(name, args=args), query)
    assert reply.status_code == 200
    return reply.content.decode()


@pytest.fixture
def floor():
    return make_floor(timezone.now() - timedelta(minutes=20))


def test_the_watch_goes_from_one_to_the_other_by_both(floor):
    session_id = infusing(floor)
    second = make_login(floor.clinic, Role.NURSE)
    theirs = client_of(second.id)
    assert "I take the watch" not in get(theirs, "session_console", session_id)
    floor.do(offer_watch, 10, session_id=session_id, to=second.id, until=floor.at(40))
    for name, args in (("board", ()), ("session_console", (session_id,))):
        assert "I take the watch" in get(theirs, name, *args)
    address = reverse("board_take_watch", args=[session_id])
    assert theirs.post(address, {"command_id": str(new_id())}).status_code == 302
    said = get(theirs, "session_console", session_id)
    assert "You watch this session." in said
    assert "Covers the break of" in said
    offered = theirs.post(
        reverse("session_hand_over", args=[session_id]),
        {"command_id": str(new_id()), "to": str(floor.nurse.id), "minutes": "400"},
    )
    assert offered.status_code == 400


def test_a_page_is_a_sign_of_life_and_signing_out_ends_it(floor):
    session_id = infusing(floor)
    second = make_login(floor.clinic, Role.NURSE)
    client = client_of(second.id)
    floor.do(offer_watch, 10, session_id=session_id, to=second.id)
    client.post(reverse("session_take_watch", args=[session_id]), {"command_id": str(new_id())})

    def sign():
        with scoped(floor.clinic.scope):
            subject = sign_subject(floor.clinic.programme_id, second.id)
            found = deadlines.deadlines_of(floor.clinic.scope, subject)
        return next((each for each in found if each.kind == SILENCE), None)

    assert sign() is None
    assert client.post(reverse("watching_life")).status_code == 204
    assert sign().due_at > timezone.now()
    client.post(reverse("account_logout"))
    assert sign().details["signed_out"] is True
    assert sign().due_at <= timezone.now()


def test_the_ledger_and_the_figures_say_what_was_acted_on(floor):
    session_id = infusing(floor)
    (alarm_id,) = floor.do(record_vitals, 5, session_id=session_id, values=ALERT).raised
    here = {"session_id": session_id, "alarm_id": alarm_id}
    client = client_of(make_login(floor.clinic, Role.MEDICAL_DIRECTOR).id)
    assert "Still open." in get(client, "session_alarms", session_id)
    floor.do(take_alarm, 6, **here)
    floor.do(pause_infusion, 7, session_id=session_id)
    floor.do(record_vitals, 12, session_id=session_id, values=WELL)
    floor.do(close_alarm, 13, **here)
    told = get(client, "session_alarms", session_id)
    assert "Acted on: infusion paused" in told
    assert "Closed: it was over" in told
    figures = get(client, "alarm_figures")
    assert "1 alarm: 100 % (1 of 1 closed) acted on" in figures
    assert "systolic alert: 160 mmHg" in figures
    assert reverse("sign_off_chapter", args=["monitoring"]) in figures
    assert "Acted on means" in figures
    assert "No alarm in this time" in get(client, "alarm_figures", since="2020-01-01", until="2020-01-02")
    assert "1 alarm:" in get(client, "alarm_figures", since="never", until="2020-01-02")


def test_the_board_of_one_site_is_that_site_s(floor):
    session_id = infusing(floor)
    client = client_of(floor_login := make_login(floor.clinic, Role.NURSE).id)
    assert floor_login
    assert reverse("session_console", args=[session_id]) in get(
        client, "board", site=str(floor.clinic.site_id)
    )
    assert reverse("session_console", args=[session_id]) not in get(client, "board", site=str(new_id()))
    assert reverse("session_console", args=[session_id]) in get(client, "board", site="all")
