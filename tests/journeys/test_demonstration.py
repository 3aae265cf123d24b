"""The day at the chairs of the demonstration: its board, what goes on there, a new day after a stale one."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.cli.demo_clinic import readiness, seeding, stock_room
from kairos.cli.demo_clinic.cast import Cast
from kairos.cli.demo_clinic.feeding import feeder_of
from kairos.cli.demo_clinic.house import PASSWORD, open_house, told_of
from kairos.domain.sessions.phases import Phase
from kairos.queries.board import board

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told():
    """A clinic with nothing but a day at the chairs, as ``demo.json`` tells of it."""
    now = timezone.now()
    house = open_house(now=now)
    stock_room.fill(house, now=now)
    readiness.be_live(house, now=now)
    cast = Cast(house, now.date())
    today = seeding._open_today(cast, timezone.now())
    return {
        "logins": house.logins,
        "patients": {},
        "house": told_of(house),
        "began_on": cast.began_on.isoformat(),
        "next_person": cast.next_number,
        "today": today,
    }


def seats(told, now):
    house = feeder_of(told).house
    return {str(seat.session_id): seat for seat in board(by=house.nurse, now=now).seats}


def test_the_board_of_the_day(live_server, open_screen, told):
    screen = open_screen("desk", "light")
    screen.log_in(live_server.url, "nurse", PASSWORD)
    screen.goto(f"{live_server.url}/board/")
    screen.page.get_by_text("Urgent: Chair 3").wait_for()
    screen.picture("board")
    shown = seats(told, timezone.now())
    phases = {part: shown[each["session"]].picture.state.phase for part, each in told["today"].items()}
    assert phases == {
        "running": Phase.INFUSING,
        "alarm": Phase.INFUSING,
        "to_release": Phase.OBSERVING,
        "checking": Phase.CHECKING,
    }
    waiting = [a for seat in shown.values() for a in seat.picture.state.open_alarms if a.waits]
    assert [alarm.raised.level for alarm in waiting] == ["urgent"]
    assert shown[told["today"]["to_release"]["session"]].picture.readiness.is_ready


def test_a_nurse_keeps_up_where_she_sits_and_monitors_show_everywhere(told):
    feeder, now = feeder_of(told), timezone.now()
    for _ in range(20):
        now += timedelta(minutes=1)
        feeder.turn(now)
    shown = seats(told, now)
    running = shown[told["today"]["running"]["session"]].picture
    assert running.state.phase is Phase.OBSERVING
    assert now - running.state.readings[-1].true_at <= timedelta(minutes=15)
    assert running.state.open_alarms == ()
    assert set(feeder.shown_at) == {feeder.sittings[key][1].session_id for key in feeder.sittings} - {
        next(k for k in feeder.sittings if feeder.sittings[k][0] == "checking")
    }


def test_a_stale_day_is_ended_and_a_new_one_opened(told):
    soon = timezone.now() + timedelta(minutes=5)
    assert seeding.refresh(told, now=soon) is told
    tomorrow = timezone.now() + timedelta(days=1)
    anew = seeding.refresh(told, now=tomorrow)
    assert set(seats(anew, tomorrow)) == {each["session"] for each in anew["today"].values()}
    assert not {each["session"] for each in told["today"].values()} & set(seats(anew, tomorrow))
    assert anew["next_person"] == told["next_person"] + len(told["today"])
    assert asdict(feeder_of(anew).house)["programme_id"] == feeder_of(told).house.programme_id
