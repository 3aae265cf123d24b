"""A coach goes from the caseload to handing over; the patient walks through the days by phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.integration import coach, held, offered
from tests.support.running_session import make_floor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(screen, name):
    """Press a button, and wait for the page that follows."""
    screen.page.wait_for_load_state("load")
    with screen.page.expect_navigation(wait_until="load"):
        screen.page.get_by_role("button", name=name).first.click()


def follow(screen, name):
    """Follow a link, and wait for its page."""
    screen.page.wait_for_load_state("load")
    with screen.page.expect_navigation(wait_until="load"):
        screen.page.get_by_role("link", name=name).first.click()


def seen(screen, name):
    """Keep a picture, and look for faults."""
    screen.picture(name)
    screen.check()


def test_a_coach_hands_over_and_the_patient_walks_through_the_days(live_server, open_screen):
    floor = held(make_floor(timezone.now() - timedelta(hours=30)))
    offered(floor, coach(floor), hours=50, way="video")
    make_login(floor.clinic, Role.PATIENT, username="home", person_id=floor.person_id)
    make_login(floor.clinic, Role.COACH, username="coach")

    phone = open_screen("phone")
    phone.log_in(live_server.url, "home", PASSWORD)
    phone.page.get_by_role("heading", name="The days after your session").wait_for()
    seen(phone, "days-today")
    press(phone, "Write down what stayed with you")
    phone.page.get_by_role("heading", name="Next: Go outside").wait_for()
    seen(phone, "days-after")
    follow(phone, "Talk with your coach or therapist")
    press(phone, "Take it")
    phone.page.get_by_role("link", name="Open the video meeting").wait_for()
    seen(phone, "talks")
    phone.goto(f"{live_server.url}/my/cards/new/")
    phone.page.get_by_label("What came up").fill("The lake house, and that it did not hurt.")
    phone.page.get_by_label("One thing I want to do").fill("Call my sister")
    press(phone, "Save")
    phone.page.get_by_role("heading", name="Call my sister").wait_for()
    seen(phone, "cards")
    phone.goto(f"{live_server.url}/my/habits/")
    phone.page.get_by_label("What I want to do, most days").fill("A walk")
    press(phone, "Save")
    press(phone, "Done today")
    phone.page.get_by_text("Done on 1 of these days.").wait_for()
    seen(phone, "habits")

    desk = open_screen("desk")
    desk.log_in(live_server.url, "coach", PASSWORD)
    desk.page.get_by_role("heading", name="1 person had a session lately").wait_for()
    seen(desk, "caseload")
    follow(desk, "To a clinician")
    desk.page.get_by_label("Feels worse than before").check()
    desk.page.get_by_label("What I saw or heard, in a few words").fill("Cannot get up since Sunday.")
    seen(desk, "hand-over")
    press(desk, "Hand it over now")
    desk.page.get_by_text("A clinician is called now").wait_for()
    desk.page.get_by_text("Handed to a clinician", exact=True).wait_for()
