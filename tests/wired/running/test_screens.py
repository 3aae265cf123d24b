"""What an open screen is told, and when."""

import asyncio
import json
from uuid import uuid4

import pytest

from kairos.live.screens import GATHER_SECONDS, Change, Screen, Screens, read_change
from tests.support.loops import run_apart

OURS, THEIRS = uuid4(), uuid4()


def screen(*topics: str) -> Screen:
    """Return a screen that has caught up."""
    made = Screen(frozenset({OURS}), frozenset(topics))
    assert made.take(0.0) == b"event: catch-up\ndata: {}\n\n"
    return made


def change(topic: str = "board", subject: str = "1", *, is_urgent: bool = False) -> Change:
    return Change(OURS, topic, subject, is_urgent)


def test_ordinary_changes_are_gathered_to_one_message_a_second() -> None:
    watching = screen()
    watching.tell(change(subject="1"))
    assert watching.take(10.0).count(b"event: changed") == 1
    for subject in ("2", "3", "3"):
        watching.tell(change(subject=subject))
    assert watching.take(10.0 + GATHER_SECONDS / 2) == b""
    assert watching.take(10.0 + GATHER_SECONDS).count(b"event: changed") == 2


def test_alarms_go_at_once() -> None:
    watching = screen()
    watching.tell(change())
    watching.take(10.0)
    watching.tell(change("alarms", is_urgent=True))
    said = watching.take(10.0 + GATHER_SECONDS / 10)
    assert json.loads(said.split(b"data: ")[1]) == {"topic": "alarms", "id": "1", "urgent": True}


def test_catching_up_stands_for_all_that_waited() -> None:
    watching = screen()
    watching.tell(change())
    watching.catch_up()
    assert watching.take(10.0) == b"event: catch-up\ndata: {}\n\n"
    assert watching.take(20.0) == b""


def test_a_screen_hears_of_its_programmes_and_topics_only() -> None:
    screens = Screens()
    board, session, everything = screen("board"), screen("session:1"), screen()
    for each in (board, session, everything):
        screens.add(each)
    screens.tell(change("board", "7"))
    screens.tell(change("session", "1"))
    screens.tell(change("session", "2"))
    screens.tell(Change(THEIRS, "board", "7"))
    heard = [each.take(10.0).count(b"event: changed") for each in (board, session, everything)]
    assert heard == [1, 1, 3]
    for each in (board, session, everything):
        screens.remove(each)
    assert len(screens) == 0


def test_a_screen_wakes_for_the_first_change_and_for_the_heartbeat() -> None:
    async def story() -> None:
        watching = screen()
        watching.tell(change())
        await asyncio.wait_for(watching.wait(float("inf")), 5)
        await watching.wait(0.0)  # the heartbeat is due: no waiting
        watching.close()
        assert watching.is_closed

    run_apart(story())


@pytest.mark.parametrize("payload", ["", "[]", "{}", '{"programme": "x", "topic": "t", "id": 1}'])
def test_what_is_not_ours_is_left_out(payload: str) -> None:
    assert read_change(payload) is None
