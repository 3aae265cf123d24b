"""Readings of devices: counted once, joined, told in our time, and given to nobody who was not there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from kairos.domain.protocols.device_readings import (
    Occupancy,
    counted_once,
    in_our_time,
    joined,
    key_of,
    session_for,
)
from kairos.domain.protocols.readings import Reading

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ONE, OTHER = UUID(int=1), UUID(int=2)
CUFF = Reading(id="", true_at=NOON, systolic=131, diastolic=84)
TWO_MINUTES = timedelta(minutes=2)


def minutes(count):
    return NOON + timedelta(minutes=count)


def test_a_cuff_reading_repeated_every_second_counts_once():
    later = replace(CUFF, true_at=minutes(5))
    assert counted_once(ONE, [CUFF] * 60 + [later] * 60) == (CUFF, later)
    assert counted_once(ONE, []) == ()


def test_the_same_is_one_device_one_moment_and_the_same_values():
    elsewhere = replace(CUFF, true_at=NOON.astimezone(timezone(timedelta(hours=1))), id="another")
    assert key_of(ONE, elsewhere) == key_of(ONE, CUFF)
    others = [
        key_of(OTHER, CUFF),
        key_of(ONE, replace(CUFF, true_at=minutes(1))),
        key_of(ONE, replace(CUFF, systolic=132)),
        key_of(ONE, replace(CUFF, diastolic=None)),
        key_of(ONE, replace(CUFF, heart_rate=70)),
    ]
    assert len({key_of(ONE, CUFF), *others}) == 6


def test_what_a_monitor_sends_one_by_one_is_one_reading():
    heart = Reading(id="h", true_at=NOON, heart_rate=71)
    assert joined(CUFF, heart) == replace(CUFF, id="h", heart_rate=71)
    assert joined(CUFF, CUFF) == CUFF
    assert joined(CUFF, replace(heart, true_at=minutes(1))) is None
    assert joined(CUFF, replace(heart, systolic=140)) is None


@pytest.mark.parametrize(
    ("sent", "true", "ahead"),
    [(None, 0, None), (8, -7, 420), (-6, 7, -420), (2.5, 0, 90), (3, 0, 120), (1, 0, 0)],
)
def test_a_wrong_clock_is_measured_and_where_far_off_corrected(sent, true, ahead):
    sent_at = None if sent is None else minutes(sent)
    found = in_our_time(NOON, sent_at=sent_at, received_at=minutes(1), tolerance=TWO_MINUTES)
    assert (found.true_at, found.ahead_s) == (minutes(true), ahead)


@pytest.mark.parametrize(
    ("taken", "put", "until", "goes"),
    [
        (5, -60, None, True),
        (-1, -60, None, False),
        (5, 6, None, False),
        (5, -60, 4, False),
        (4, -60, 4, True),
    ],
)
def test_a_reading_goes_only_to_the_session_that_was_open_there_then(taken, put, until, goes):
    session = Occupancy(ONE, NOON, None if until is None else minutes(until))
    found = session_for(minutes(taken), put_there_at=minutes(put), sessions=[session])
    assert found == (session if goes else None)


def test_two_sessions_at_one_place_leave_a_reading_to_a_person():
    two = [Occupancy(ONE, NOON), Occupancy(OTHER, NOON)]
    assert session_for(minutes(1), put_there_at=NOON, sessions=two) is None
    assert session_for(minutes(1), put_there_at=NOON, sessions=[]) is None
