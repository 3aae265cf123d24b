"""A symptom is pressed on the console, a hard hour is flagged, a medicine is given, and what comes after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.running_session import infusing, make_floor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(screen, name, role="button"):
    """Press something and wait for the page after it."""
    with screen.page.expect_navigation(wait_until="load"):
        screen.page.get_by_role(role, name=name, exact=True).first.click()


def seen(screen, name):
    screen.picture(name)
    screen.check()


def test_from_a_symptom_to_what_is_learned(live_server, open_screen):
    floor = make_floor(timezone.now() - timedelta(minutes=20))
    session_id = infusing(floor)
    make_login(floor.clinic, Role.CLINICIAN)
    screen = open_screen("phone")
    screen.log_in(live_server.url, make_login(floor.clinic, Role.NURSE).username, PASSWORD)
    screen.goto(f"{live_server.url}/sessions/{session_id}/")
    screen.page.locator("#sym-nausea > summary").click()
    screen.page.locator("#sym-nausea button[value=moderate]").click()
    screen.page.locator(".symthere b", has_text="Nausea").wait_for()
    press(screen, "Flag a difficult experience")
    seen(screen, "side-effects-console")
    screen.goto(f"{live_server.url}/sessions/{session_id}/medicine/")
    for label, value in {"Medicine": "Ondansetron", "Amount": "4", "Unit": "mg"}.items():
        screen.page.get_by_label(label).first.fill(value)
    screen.page.get_by_label("How it is given").select_option("iv")
    screen.page.get_by_label("On whose word").select_option(index=1)
    press(screen, "Check, and keep it as given")
    assert screen.page.get_by_text("nobody has recorded that they were asked for").count()
    screen.complaints.clear()  # the browser notes that the page answered with a refusal
    seen(screen, "side-effects-medicine")
    screen.page.locator("input[name=acknowledged]").first.check()
    press(screen, "Check, and keep it as given")
    press(screen, "Better")
    new_event = f"/people/{floor.person_id}/adverse-events/new/?session={session_id}&term=nausea"
    for address, name in {
        "/incidents/new/": "incident-new",
        "/incidents/": "incidents",
        "/adverse-events/": "adverse-events",
        new_event: "adverse-event-new",
        "/standing-orders/": "standing-orders",
        "/help/when-to-call/": "red-flags",
    }.items():
        screen.goto(f"{live_server.url}{address}")
        seen(screen, name)
