"""A session as a nurse and a prescriber walk it, at the chair and across the room."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from kairos.actions.complete_infusion import complete_infusion
from kairos.actions.offer_device_reading import offer_device_reading
from kairos.actions.record_vitals import record_vitals
from kairos.actions.vital_signs import VitalSigns
from kairos.domain.sessions.events import Source
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import jobs
from tests.support.running_session import WELL, infusing, make_floor, opened

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HIGH = VitalSigns(systolic=184, diastolic=112, heart_rate=96, oxygen=96, breathing=15)
FIRST_HIGH = VitalSigns(systolic=181, diastolic=110, heart_rate=94, oxygen=97, breathing=15)
SIZES = ("phone", "tablet", "desk")
ONE_ROW_PX = 20


def running_hot(floor):
    """A session in which the second high reading has just been taken, and the monitor shows a third."""
    session_id = infusing(floor)
    floor.do(record_vitals, 18, session_id=session_id, values=WELL)
    floor.do(record_vitals, 26, session_id=session_id, values=FIRST_HIGH)
    floor.do(record_vitals, 31, session_id=session_id, values=HIGH)
    offered = VitalSigns(
        systolic=178,
        diastolic=108,
        heart_rate=95,
        oxygen=97,
        breathing=14,
        source=Source.DEVICE,
        device="Monitor 2",
    )
    floor.do(
        offer_device_reading,
        33,
        by=jobs(floor.clinic),
        session_id=session_id,
        values=offered,
        true_at=floor.at(33),
    )
    return session_id


def screen_of(open_screen, live_server, floor, role, size):
    screen = open_screen(size)
    screen.log_in(live_server.url, make_login(floor.clinic, role).username, PASSWORD)
    return screen


@pytest.mark.parametrize("size", SIZES)
def test_every_screen_of_a_session(live_server, open_screen, size):
    floor = make_floor(timezone.now() - timedelta(minutes=33))
    screen = screen_of(open_screen, live_server, floor, Role.NURSE, size)
    url = live_server.url
    session_id = running_hot(floor)
    for name, address in {
        "board": "/board/",
        "console": f"/sessions/{session_id}/",
        "vitals": f"/sessions/{session_id}/vitals/",
        "awake": f"/sessions/{session_id}/awake/",
        "symptoms": f"/sessions/{session_id}/symptoms/",
        "record": f"/sessions/{session_id}/record/",
    }.items():
        screen.goto(url + address)
        screen.picture(f"session-{name}")
        screen.check()
    floor.do(complete_infusion, 33, session_id=session_id)
    screen.goto(f"{url}/sessions/{session_id}/release/")
    screen.picture("session-release")
    screen.check()


@pytest.mark.parametrize("size", ["phone", "tablet"])
def test_the_check_and_the_opening(live_server, open_screen, size):
    floor = make_floor(timezone.now() + timedelta(minutes=5))
    screen = screen_of(open_screen, live_server, floor, Role.NURSE, size)
    screen.goto(live_server.url + "/board/")
    screen.picture("session-board-waiting")
    screen.check()
    screen.goto(f"{live_server.url}/sessions/open/{floor.planned_id}/")
    screen.picture("session-open")
    screen.check()
    session_id = opened(floor, -6)
    screen.goto(f"{live_server.url}/sessions/{session_id}/check/")
    screen.picture("session-check-first")
    screen.check()


@pytest.mark.parametrize("size", SIZES)
def test_an_urgent_alarm_on_board_and_console(live_server, open_screen, size):
    """The repeat is what is next; chips are whole; the bar is one row that covers nothing it need not."""
    floor = make_floor(timezone.now() - timedelta(minutes=33))
    screen = screen_of(open_screen, live_server, floor, Role.NURSE, size)
    session_id = running_hot(floor)
    screen.goto(live_server.url + "/board/")
    tile = screen.page.locator("li.tile.urgent")
    assert "Repeat blood pressure" in tile.locator(".next").inner_text()
    assert tile.locator("header").evaluate("e => e.scrollWidth <= e.clientWidth")
    same = "e => getComputedStyle(e).color === getComputedStyle(e.closest('header')).color"
    assert tile.locator("a.nm").evaluate(same)
    screen.picture("session-board-urgent")
    screen.check()
    screen.goto(f"{live_server.url}/sessions/{session_id}/")
    assert "Repeat blood pressure" in screen.page.locator(".nextcard h2").inner_text()
    if size == "tablet":
        screen.page.locator("#dock-more > summary").click()
        assert screen.page.locator("#dock-more a", has_text="Symptom").is_visible()
    screen.picture("session-console-urgent")
    screen.check()
    if size != "phone":
        assert _rows(screen, ".dock > form, .dock > a, .dock > .more:visible") == 1
    assert _rows(screen, ".lastv .vt") == {"desk": 1, "tablet": 2, "phone": 3}[size]


def _rows(screen, selector):
    """Return in how many rows the parts stand, by their middles."""
    boxes = [part.bounding_box() for part in screen.page.locator(selector).all()]
    middles = sorted(box["y"] + box["height"] / 2 for box in boxes if box)
    return 1 + sum(after - before > ONE_ROW_PX for before, after in pairwise(middles))
