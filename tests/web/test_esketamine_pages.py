"""A visit for esketamine by the screens: planned, ordered, checked, given, watched, sent home."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from kairos.actions.place_portion_order import place_portion_order
from kairos.domain.protocols.portion_doses import ForWhom
from kairos.domain.protocols.portion_orders import PortionRequest
from kairos.queries import portion_orders
from kairos.queries.portion_orders import first_choices
from kairos.store.ids import new_id
from kairos.store.repositories import orders
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.running_session import make_floor
from tests.web.test_session_pages import client_of, get
from tests.wired.sessions.test_esketamine_session import (
    EXPIRES,
    checked,
    mornings_after,
    ordered,
    planned,
    seen_well,
    signed_for_esketamine,
)

pytestmark = pytest.mark.django_db
AGO = 130


def a_visit():
    """Return a clinic with a session of esketamine planned, its first dose two hours and ten minutes ago."""
    floor = signed_for_esketamine(make_floor(timezone.now() - timedelta(minutes=AGO)))
    return floor, planned(floor, starts=mornings_after(floor.start))[0]


def post(client, name, *args, **given):
    return client.post(reverse(name, args=args), {"command_id": str(new_id()), **given})


def test_the_course_is_proposed_by_the_protocol_that_was_signed_for():
    floor = signed_for_esketamine(make_floor(timezone.now()))
    page = get(client_of(floor, Role.CLINICIAN), "course_plan", floor.person_id)
    assert "Twice a week for four weeks" in page
    assert "Drawn for 56 mg. Peak " in page
    assert "Published doses for this use and age: 56, 84 mg." in page
    assert "Ancestry is not known here" in page
    asked = {"person_id": floor.person_id, "by": floor.prescriber, "now": timezone.now()}
    assert first_choices(protocol="iv_racemic_clinic", **asked) is None


def test_an_order_is_placed_and_checked_by_the_screens():
    floor, session = a_visit()
    clinician, nurse = client_of(floor, Role.CLINICIAN), client_of(floor, Role.NURSE)
    page = get(clinician, "dose_order", session.id)
    assert "56 mg" in page
    assert "84 mg" not in page
    assert post(clinician, "dose_order_place", session.id, dose="84").status_code == 400
    assert post(clinician, "dose_order_place", session.id, dose="56").status_code == 302
    with scoped(floor.clinic.scope):
        order_id = orders.orders_of_session(floor.clinic.scope, session.id)[0].order.id
    assert "Drawn for 56 mg." in get(clinician, "dose_order", session.id)
    asks = get(nurse, "dose_order", session.id)
    assert "How many devices" in asks
    assert "Expected exposure" not in asks
    assert post(nurse, "dose_order_verify", order_id, dose_mg="84", portions="3").status_code == 400
    assert post(clinician, "dose_order_verify", order_id, dose_mg="56", portions="2").status_code == 400
    assert post(nurse, "dose_order_verify", order_id, dose_mg="56", portions="2").status_code == 302
    assert "Checked" in get(clinician, "dose_order", session.id)
    assert post(clinician, "dose_order_withdraw", order_id, reason="").status_code == 400
    assert post(clinician, "dose_order_withdraw", order_id, reason="another dose").status_code == 302
    assert "Withdrawn" in get(clinician, "dose_order", session.id)


@pytest.mark.parametrize(
    ("whom", "said"), [(ForWhom("other", ("us",), 46), "there is no dose for this use"), (None, "Order")]
)
def test_a_use_without_a_schedule_is_said_and_an_unknown_one_offers_no_dose(monkeypatch, whom, said):
    floor, session = a_visit()
    monkeypatch.setattr(portion_orders, "_whom", lambda *_: whom)
    page = get(client_of(floor, Role.CLINICIAN), "dose_order", session.id)
    assert said in page
    assert "56 mg" not in page


def test_an_order_that_stands_is_not_placed_twice():
    floor, session = a_visit()
    clinician = client_of(floor, Role.CLINICIAN)
    floor.do(
        place_portion_order,
        0,
        by=floor.prescriber,
        planned_session_id=session.id,
        request=PortionRequest(Decimal(56)),
    )
    assert post(clinician, "dose_order_place", session.id, dose="56").status_code == 400


def test_two_devices_are_given_from_the_console():
    floor, session = a_visit()
    session_id = checked(floor, session, ordered(floor, session))
    client = client_of(floor, Role.NURSE)
    assert "given as 28 + 28 mg" in get(client, "session_check", session_id)
    assert "Device 1 of 2, 28 mg" in get(client, "session_console", session_id)
    assert "Read lot and expiry" in get(client, "session_portion", session_id)
    at = (floor.start + timedelta(minutes=5)).astimezone().strftime("%H:%M")
    assert post(client, "session_portion", session_id, at=at).status_code == 400
    given = {"lot": "L1", "expires_on": EXPIRES.isoformat()}
    assert post(client, "session_portion", session_id, **given).status_code in (302, 400)


def test_the_session_after_its_first_device_on_every_page():
    from kairos.actions.give_portion import give_portion

    floor, session = a_visit()
    session_id = checked(floor, session, ordered(floor, session))
    client = client_of(floor, Role.CLINICIAN)
    floor.do(give_portion, 0, session_id=session_id, lot="L1", expires_on=EXPIRES)
    console = get(client, "session_console", session_id)
    assert "Part of the dose is given" in console
    assert "Expected exposure, 9 in 10 simulated people" in console
    assert "ng/mL in the typical person" in console
    assert "Give nothing more" in get(client, "session_stop_dosing", session_id)
    floor.do(give_portion, 5, session_id=session_id, lot="L1", expires_on=EXPIRES)
    seen_well(floor, session_id, 118)
    for name in ("session_console", "session_release", "session_record", "session_check"):
        assert "Device" in get(client, "session_record", session_id)
        get(client, name, session_id)
    page = get(client, "session_release", session_id)
    assert "First of the dose" in page
    assert "cannot be shortened" in page
    assert "Dosing" in get(client, "board") or "Dose given" in get(client, "board")


def test_asking_for_another_route():
    floor = make_floor(timezone.now())
    client = client_of(floor, Role.CLINICIAN)
    page = get(client, "eligibility", floor.person_id)
    assert "Esketamine nasal spray, in the clinic" in page
    about = {"indication": "trd", "use": "esketamine/clinic"}
    assert post(client, "ask_eligibility_for", floor.person_id, **about).status_code == 302
    assert 'value="esketamine/clinic" selected' in get(client, "eligibility", floor.person_id)
