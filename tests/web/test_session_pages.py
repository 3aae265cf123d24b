"""The screens of a session, with the database behind them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kairos.actions.rate_sedation import rate_sedation
from kairos.queries.dosing_sessions import session_page
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.running_session import checked, infusing, make_floor, opened, releasable

pytestmark = pytest.mark.django_db
BACKEND = "kairos.web.accounts.backends.ByPassword"
PAGES = (
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
)


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
def test_every_page_in_every_part_of_a_session(build):
    floor = floor_now(ago=130)
    session_id = build(floor)
    client = client_of(floor, Role.CLINICIAN)
    answered = {name: client.get(reverse(name, args=[session_id])).status_code for name in PAGES}
    assert answered == dict.fromkeys(PAGES, 200)


def test_the_console_asks_the_database_a_handful_of_times_however_long_the_session():
    floor = floor_now(ago=130)
    session_id = releasable(floor)
    page = {"session_id": session_id, "by": floor.nurse, "now": timezone.now()}
    with CaptureQueriesContext(connection) as few:
        session_page(**page)
    for minute in range(111, 125):
        floor.do(rate_sedation, minute, session_id=session_id, score=5)
    with CaptureQueriesContext(connection) as many:
        session_page(**page)
    reads = [q["sql"] for q in many if "store_" in q["sql"]]
    assert len(many) == len(few)
    assert len(reads) <= 12


def test_entries_by_their_forms_and_what_is_said_after():
    floor = floor_now(ago=20)
    session_id = infusing(floor)
    client = client_of(floor, Role.CLINICIAN)

    def send(name, *args, **content):
        address = reverse(name, args=[session_id, *args])
        return client.post(address, {"command_id": str(new_id()), **content}, follow=True)

    said = send(
        "session_vitals", systolic="150", diastolic="90", heart_rate="80", oxygen="97", breathing="14"
    )
    assert "Saved" in said.content.decode() and "Next:" in said.content.decode()
    refused = send("session_vitals", systolic="879", diastolic="90")
    assert refused.status_code == 400 and "look at the monitor again" in refused.content.decode()
    assert "150/90" in send("session_sedation", score="5").content.decode()
    assert "Detached: 4" in send("session_dissociation", scale="nrs10", score="4").content.decode()
    send("session_symptoms", codes=["nausea"], state="present")
    send("session_no_symptoms")
    send("session_note", note="resting")
    send("session_rate", rate_mL_per_h="40")
    assert "at most" in send("session_rate", rate_mL_per_h="60").content.decode()
    assert "Infusion paused" in send("session_pause").content.decode()
    assert "is not possible while paused" in send("session_pause").content.decode()
    send("session_resume")
    assert "Watching after" in send("session_stop", reason="patient_wish").content.decode()
    assert "Steady" in send("session_criterion", "mobility", answer="steady").content.decode()
    assert "Emergency" in send("session_emergency").content.decode()
    record = get(client, "session_record", session_id)
    assert "resting" in record and "Correct" in record


def test_a_symptom_is_logged_in_two_presses_and_said_to_be_gone_with_a_third():
    floor = floor_now(ago=30)
    session_id = infusing(floor)
    client = client_of(floor)
    log = reverse("session_log_symptom", args=[session_id])

    def press(**told):
        return client.post(log, {"command_id": str(new_id()), "code": "nausea"} | told, follow=True)

    assert "Press what is there" in get(client, "session_console", session_id)
    shown = press(state="present", grade="moderate").content.decode()
    assert "<b>Nausea</b>, moderate" in shown
    shown = press(state="resolved").content.decode()
    assert "Nausea, moderate at its worst" in shown
    assert "Nothing was noted" in press(state="present", code="unheard_of").content.decode()
    assert "leave it out" in press(state="resolved", grade="mild").content.decode()
    assert "Nausea, moderate" in get(client, "session_record", session_id)


def test_a_medicine_is_checked_before_it_is_kept_and_its_effect_is_asked_for():
    floor = floor_now(ago=30)
    session_id = infusing(floor)
    client = client_of(floor)
    prescriber = make_login(floor.clinic, Role.CLINICIAN)
    page = reverse("session_medicine", args=[session_id])
    told = {
        "medicine": "Ondansetron",
        "dose": "4",
        "unit": "mg",
        "route": "iv",
        "word": f"by:{prescriber.id}",
    }

    def send(**more):
        return client.post(page, {"command_id": str(new_id())} | told | more, follow=True)

    assert "Remembered, not read again" in get(client, "session_medicine", session_id)
    refused = send()
    assert refused.status_code == 400
    assert "nobody has recorded that they were asked for" in refused.content.decode()
    shown = send(acknowledged=["giving.allergy"]).content.decode()
    assert "Effect of Ondansetron 4 mg" in shown
    kept = session_page(session_id=session_id, by=floor.nurse, now=timezone.now()).entries
    given = next(entry.seq for entry in kept if entry.event.type == "medicine_given")
    effect = reverse("session_effect", args=[session_id, given])
    shown = client.post(effect, {"command_id": str(new_id()), "effect": "better"}, follow=True)
    assert "Effect: Better" in shown.content.decode()
    nothing = reverse("session_effect", args=[session_id, 1])
    wrong = client.post(nothing, {"command_id": str(new_id()), "effect": "better"}, follow=True)
    assert "names no medicine" in wrong.content.decode()
    record = get(client, "session_record", session_id)
    assert "not cleared: giving.allergy" in record
    assert "Effect of the medicine" in record


def test_a_difficult_experience_is_flagged_from_the_console():
    floor = floor_now(ago=30)
    session_id = infusing(floor)
    client = client_of(floor)
    flag = reverse("session_flag_difficult", args=[session_id])
    assert "Flag a difficult experience" in get(client, "session_console", session_id)
    shown = client.post(flag, {"command_id": str(new_id())}, follow=True).content.decode()
    assert "Flagged as a difficult experience" in shown
    assert "Words you can say" in shown
    assert "Source: 5.1" in shown
