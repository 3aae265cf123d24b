"""The pages of adverse events and standing orders."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.running_session import infusing, make_floor
from tests.web.test_session_pages import client_of, get

pytestmark = pytest.mark.django_db


def post(client, name, *args, **given):
    return client.post(reverse(name, args=args), {"command_id": str(new_id()), **given})


def test_an_event_is_recorded_changed_reviewed_and_drafted():
    floor = make_floor(timezone.now() - timedelta(minutes=30))
    session_id = infusing(floor)
    nurse, director = client_of(floor, Role.NURSE), client_of(floor, Role.MEDICAL_DIRECTOR)
    told = {
        "term": "syncope",
        "onset_on": floor.start.date().isoformat(),
        "severity": "moderate",
        "criteria": ["hospitalisation"],
        "relatedness": "possible",
        "action": "not_changed",
        "outcome": "recovering",
    }
    new = f"{reverse('adverse_event_new', args=[floor.person_id])}?session={session_id}&term=syncope"
    assert "Nervous system" in nurse.get(new).content.decode()
    refused = nurse.post(new, {"command_id": str(new_id())} | told)
    assert refused.status_code == 400
    assert "described in words" in refused.content.decode()
    kept = nurse.post(new, {"command_id": str(new_id())} | told | {"told": "Fainted on the way out."})
    key = re.search(r"adverse-events/([0-9a-f-]{36})/", kept["Location"]).group(1)
    assert "One adverse event reported" in get(nurse, "adverse_events")
    assert "to be reviewed" in get(nurse, "adverse_event", key)
    assert "Open the event" in _task(nurse, director)
    changed = told | {"told": "Fainted; home the same day.", "criteria": ["important_medical_event"]}
    assert post(nurse, "adverse_event_change", key, **changed).status_code == 400
    assert post(nurse, "adverse_event_change", key, **changed, reason="Not kept there").status_code == 302
    review = {"expectedness": "expected", "decision": "no_report"}
    assert post(director, "adverse_event_review", key, **review).status_code == 400
    assert post(director, "adverse_event_review", key, **review, account="Read it all.").status_code == 302
    page = get(nurse, "adverse_event", key)
    assert "Read it all." in page
    assert "Not kept there" in page
    report = get(nurse, "adverse_event_report", key)
    assert "Not known: not inferred; ask who treated" in report
    drafted = nurse.get(reverse("adverse_event_report_file", args=[key])).json()
    assert drafted["blocks"]["B2"]["value"] == "Other serious (important medical events)"
    assert drafted["blocks"]["C5"] == {
        "field": "Event abated after use stopped or dose reduced",
        "value": None,
        "why_empty": "not inferred; ask who treated",
    }


def _task(nurse, director):
    inbox = director.get(reverse("inbox")).content.decode()
    key = re.search(r"/inbox/(?:tasks/)?([0-9a-f-]{36})/", inbox).group(1)
    return get(director, "task", key)


def test_a_standing_order_is_signed_chosen_and_ended():
    floor = make_floor(timezone.now() - timedelta(minutes=30))
    nurse, prescriber = client_of(floor, Role.NURSE), client_of(floor, Role.CLINICIAN)
    assert "There is none" in get(nurse, "standing_orders")
    assert "Remembered, not read again" in get(prescriber, "standing_order_new")
    today = timezone.now().date()
    told = {
        **{"drug": "ondansetron", "dose": "4", "unit": "mg", "route": "iv", "most": "8", "finding": "nausea"},
        **{"effect_after_min": "15", "starts_on": today.isoformat(), "ends_on": today.isoformat()},
    }
    assert post(prescriber, "standing_order_new", **(told | {"most": "2"})).status_code == 400
    assert post(prescriber, "standing_order_new", **told).status_code == 302
    page = get(prescriber, "standing_orders")
    assert "Ondansetron 4 mg, into the vein, for: nausea" in page
    key = re.search(r"standing-orders/([0-9a-f-]{36})/end", page).group(1)
    assert "Ondansetron 4 mg, into the vein" in get(nurse, "session_medicine", infusing(floor))
    assert "End it" in get(prescriber, "standing_order_end", key)
    assert post(prescriber, "standing_order_end", key).status_code == 400
    assert post(prescriber, "standing_order_end", key, reason="New supply").status_code == 302
    assert "New supply" in get(nurse, "standing_orders")
