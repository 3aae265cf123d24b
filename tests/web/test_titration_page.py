"""The order page shows the doses before, drawn and as a table, and asks why a dose changes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kairos.actions.record_vitals import record_vitals
from kairos.actions.release_patient import release_patient
from kairos.actions.vital_signs import VitalSigns
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.running_session import infusing, make_floor, plan_session, releasable
from tests.support.scores import add_score

pytestmark = pytest.mark.django_db


def signed_in(floor, role):
    client, account = Client(), make_login(floor.clinic, role)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    return client


def command_of(said):
    return re.findall(r'name="command_id" value="([^"]+)"', said)[-1]


def test_a_changed_dose_is_explained_by_one_and_read_by_another():
    floor = make_floor(timezone.now() - timedelta(days=1, hours=3))
    session_id = releasable(floor)
    floor.do(release_patient, 112, session_id=session_id)
    add_score(floor.clinic, floor.person_id, "phq9", 19, at=floor.at(-60))
    add_score(floor.clinic, floor.person_id, "phq9", 12, at=floor.at(600))
    with scoped(floor.clinic.scope):
        planned = plan_session(floor.clinic, floor.person_id, timezone.now() + timedelta(days=3))
    prescriber, nurse = signed_in(floor, Role.CLINICIAN), signed_in(floor, Role.NURSE)
    address = f"/planned/{planned.id}/order/"
    said = prescriber.get(address).content.decode()
    assert "The dose before" in said
    assert "34 mg, 0.5 mg/kg" in said
    assert "120/80 to 120/80 mmHg" in said
    assert "19 to 12 (-7)" in said
    assert "Why the dose changes" in said
    on = timezone.now().date().isoformat()
    asked = {"weight": "68", "weighed_on": on, "height": "176", "dose": "0.6", "over": "40"}
    asked |= {"concentration": "1", "command_id": command_of(said)}
    refused = prescriber.post(f"{address}place/", asked)
    assert "0.6 mg/kg is not the last dose, 0.5 mg/kg; say why it changes" in refused.content.decode()
    placed = prescriber.post(
        f"{address}place/", asked | {"reason": "little effect", "sure": "yes"}, follow=True
    )
    told = placed.content.decode()
    assert "Changed from 0.5 mg/kg to 0.6 mg/kg" in told
    checking = nurse.get(address).content.decode()
    assert "This is not the last dose, 0.5 mg/kg." in checking
    (order_id,) = set(re.findall(r"/orders/([0-9a-f-]{36})/verify/", checking))
    numbers = {"dose_mg": "40.8", "concentration_mg_per_mL": "1", "command_id": command_of(checking)}
    not_read = nurse.post(f"/orders/{order_id}/verify/", numbers)
    assert "read why it changes" in not_read.content.decode()
    numbers |= {"change_seen": "on"}
    assert (
        "The order is checked."
        in nurse.post(f"/orders/{order_id}/verify/", numbers, follow=True).content.decode()
    )


def test_what_was_not_measured_is_said_so():
    floor = make_floor(timezone.now() - timedelta(days=1, hours=3))
    session_id = infusing(floor)
    said = signed_in(floor, Role.CLINICIAN).get(f"/planned/{floor.planned_id}/order/").content.decode()
    assert "not measured" in said
    assert "not rated" in said
    assert "no score after it" in said
    half = VitalSigns(systolic=150, heart_rate=80, oxygen=97, breathing=14)
    floor.do(record_vitals, 12, session_id=session_id, values=half)
    said = signed_in(floor, Role.CLINICIAN).get(f"/planned/{floor.planned_id}/order/").content.decode()
    assert "120/80 to 150/? mmHg" in said
