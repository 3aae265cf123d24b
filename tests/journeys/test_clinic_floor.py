"""A floor of six, two nurses, one pressure that rises: raised, seen, passed on, taken, acted on, over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.actions.complete_infusion import complete_infusion
from kairos.actions.rate_dissociation import rate_dissociation
from kairos.actions.rate_sedation import rate_sedation
from kairos.actions.record_vitals import record_vitals
from kairos.actions.session_alarms import UNANSWERED
from kairos.actions.vital_signs import VitalSigns
from kairos.actions.work_deadlines import WORK, work_deadlines
from kairos.domain.sessions.events import DissociationScale
from kairos.jobs.wiring import load_actions
from kairos.queries.accounts import actor_for
from kairos.store.repositories import people
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Role
from tests.support import canaries
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import jobs
from tests.support.running_session import BORN, WELL, beside, checked, infusing, make_floor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FIRST_HIGH = VitalSigns(systolic=182, diastolic=108, heart_rate=94, oxygen=97, breathing=15)
SECOND_HIGH = VitalSigns(systolic=184, diastolic=112, heart_rate=96, oxygen=96, breathing=15)
NAMES = ("Daniel", "Ines", "Tomasz", "Ruth", "Jonas")


def seen(floor, session_id, minute):
    """Everything at the chair was taken, and is well."""
    floor.do(record_vitals, minute, session_id=session_id, values=WELL)
    floor.do(rate_sedation, minute, session_id=session_id, score=5)
    scale = DissociationScale.NOUGHT_TO_TEN
    floor.do(rate_dissociation, minute, session_id=session_id, scale=scale, score=1)


def a_floor_of_six(first, second):
    """Six chairs: three watched by each nurse, one before its dose, two after it; all is well so far."""
    floors = [first]
    for place, name in enumerate(NAMES, start=3):
        told = {"preferred_name": name, "born_on": PartialDate.parse(BORN)}
        identity = people.Identity(canaries.FAMILY, canaries.GIVEN, **told)
        nurse = second if place in (4, 6, 7) else first.nurse
        floors.append(replace(beside(first, f"Chair {place}", identity), nurse=nurse))
    sessions = [(checked if place == 3 else infusing)(floor) for place, floor in enumerate(floors)]
    for place, (floor, session_id) in enumerate(zip(floors, sessions, strict=True)):
        if place != 3:
            seen(floor, session_id, 29)
        if place in (1, 4):
            floor.do(complete_infusion, 36, session_id=session_id)
    return floors, sessions


def nobody_came(floor):
    """Work what is due, as our own process does."""
    load_actions()
    work_deadlines(by=jobs(floor.clinic), now=timezone.now(), work={UNANSWERED: WORK[UNANSWERED]})


def test_a_floor_of_six_with_one_hypertensive_alarm(live_server, open_screen):
    base = make_floor(timezone.now() - timedelta(minutes=40))
    logins = [make_login(base.clinic, Role.NURSE, username=name) for name in ("sana", "marek")]
    first, second = (actor_for(login.id) for login in logins)
    floors, sessions = a_floor_of_six(replace(base, nurse=first), second)
    hot, session_id = floors[2], sessions[2]

    desk, phone = open_screen("desk"), open_screen("phone")
    for screen, login in ((desk, logins[0]), (phone, logins[1])):
        screen.log_in(live_server.url, login.username, PASSWORD)
        screen.goto(f"{live_server.url}/board/")
    assert desk.page.locator("section.alarms").count() == 0
    assert desk.page.get_by_text("Watched by Sana").count() == 3
    desk.picture("floor-quiet")

    # Raised by the second high reading, six minutes ago, and on both screens as soon as they hear of it.
    hot.do(record_vitals, 29.5, session_id=session_id, values=FIRST_HIGH)
    (alarm_id,) = hot.do(record_vitals, 34.5, session_id=session_id, values=SECOND_HIGH).raised
    for screen in (desk, phone):
        screen.hear("alarm")
        banner = screen.page.locator(f"[data-key='{alarm_id}']")
        banner.wait_for()
        assert "Prescriber: at the chair by" in banner.inner_text()
        screen.picture("floor-alarm")
        screen.check()

    # Nobody came: the next person is called, once.
    nobody_came(hot)
    nobody_came(hot)
    for screen in (desk, phone):
        screen.hear("alarm")
        screen.page.get_by_text("Medical director: at the chair by").first.wait_for()
    phone.picture("floor-escalated")

    # Taken by one key; the other screen says who is there.
    desk.page.keyboard.press("?")
    assert desk.page.locator("#keys-help dl").is_visible()
    desk.page.keyboard.press("ArrowRight")
    assert desk.page.evaluate("document.activeElement.id") == "tile-1"
    with desk.page.expect_navigation():
        desk.page.keyboard.press("a")
    phone.hear("alarm")
    phone.page.get_by_text("Sana is at the chair").first.wait_for()

    # Acted on: the infusion is paused; then a good reading, and it is over.
    desk.goto(f"{live_server.url}/sessions/{session_id}/")
    desk.page.get_by_role("button", name="Pause infusion").click()
    desk.page.get_by_text("Infusion paused").first.wait_for()
    desk.goto(f"{live_server.url}/sessions/{session_id}/vitals/")
    good = {"Systolic": "138", "Diastolic": "84", "Pulse": "80", "Oxygen": "98", "Breathing": "14"}
    for label, value in good.items():
        desk.page.get_by_label(label).first.fill(value)
    desk.page.get_by_role("button", name="Save the reading").click()
    desk.page.get_by_role("button", name="It is over").click()
    desk.page.get_by_text("Saved").first.wait_for()
    phone.hear("alarm")
    phone.page.locator("section.alarms").wait_for(state="detached")

    # The whole life stands in the ledger, and the figures count it as acted on.
    desk.goto(f"{live_server.url}/sessions/{session_id}/alarms/")
    told = desk.page.locator(".life", has_text="Nobody answered").inner_text()
    for word in ("Raised", "Nobody answered; passed on: Medical director", "Taken", "Acted on", "Closed"):
        assert word in told
    desk.picture("floor-ledger")
    desk.check()
    desk.goto(f"{live_server.url}/alarms/")
    assert "closed) acted on" in desk.page.locator("h1").inner_text()
    desk.picture("floor-figures")
    desk.check()

    # A board that is not live says so at once.
    assert phone.page.locator("#not-live").is_hidden()
    phone.hear("", event="error")
    phone.page.locator("#not-live b").wait_for(state="visible")
