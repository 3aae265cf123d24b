"""The screens of a session, with the database behind them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.running_session import checked, infusing, make_floor, opened, releasable

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def client_of(floor, *roles):
    from django.contrib.auth import get_user_model

    client = Client()
    login = make_login(floor.clinic, *(roles or (Role.NURSE,)))
    client.force_login(get_user_model().objects.get(pk=login.id), BACKEND)
    return client


def floor_now(ago=0):
    return make_floor(timezone.now() - timedelta(minutes=ago))


def get(client, name, *args):
    reply = client.get(reverse(name, args=args))
    assert reply.status_code == 200
    return reply.content.decode()


def test_pages_of_a_session_in_each_of_its_parts():
    floor = floor_now()
    client = client_of(floor)
    assert "Open the session" in get(client, "board")
    assert "Chair 1" in get(client, "session_open", floor.planned_id)
    session_id = opened(floor)
    assert "who is at the chair" in get(client, "session_check", session_id)
    assert "Go to the check" in get(client, "session_console", session_id)


@pytest.mark.parametrize("build", [checked, infusing, releasable])
@pytest.mark.parametrize(
    "name",
    [
        "session_console",
        "session_check",
        "session_release",
        "session_record",
        "session_vitals",
        "session_sedation",
        "session_dissociation",
        "session_symptoms",
        "session_note",
        "session_medicine",
        "session_stop",
        "session_rate",
        "session_hand_over",
        "session_cancel",
        "session_transfer",
        "session_leave",
        "session_console_live",
        "session_check_live",
        "session_release_live",
    ],
)
def test_every_page_in_every_part_of_a_session(build, name):
    floor = floor_now(ago=130)
    session_id = build(floor)
    get(client_of(floor, Role.CLINICIAN), name, session_id)
