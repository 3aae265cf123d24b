from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kairos.content.release import load_release
from kairos.domain.outcomes.schedule import (
    Moment,
    after_session,
    asked_now,
    before_session,
    kind_of,
    remind_at,
)

NEW_YORK = ZoneInfo("America/New_York")
BOOK = load_release().parameters


def test_three_askings_follow_a_session():
    ended = datetime(2026, 11, 24, 17, tzinfo=UTC)
    after = after_session(ended, book=BOOK)
    assert [m.moment for m in after] == [Moment.HOUR_24, Moment.HOUR_72, Moment.DAY_7]
    assert [m.due_at - ended for m in after] == [timedelta(hours=h) for h in (24, 72, 168)]
    assert all(m.opens_at == m.due_at < m.closes_at for m in after)


@pytest.mark.parametrize("day", [datetime(2026, 10, 31, 12), datetime(2026, 3, 7, 12)])  # noqa: DTZ001
def test_elapsed_hours_hold_over_both_clock_changes(day):
    ended = day.replace(tzinfo=NEW_YORK)
    first = after_session(ended, book=BOOK)[0]
    assert first.due_at - ended.astimezone(UTC) == timedelta(hours=24)
    assert first.due_at.astimezone(NEW_YORK).hour != 12


def test_the_asking_before_closes_when_the_session_starts():
    starts = datetime(2026, 11, 24, 15, tzinfo=UTC)
    before = before_session(starts, book=BOOK)
    assert before.closes_at == before.due_at == starts
    assert before.is_open(now=starts - timedelta(hours=1))
    assert not before.is_open(now=starts)
    assert not before.is_open(now=before.opens_at - timedelta(minutes=1))


@pytest.mark.parametrize("ask", [after_session, before_session])
def test_an_instant_without_a_zone_is_refused(ask):
    with pytest.raises(ValueError, match="has no time zone"):
        ask(datetime(2026, 1, 1), book=BOOK)  # noqa: DTZ001


def test_one_reminder_comes_while_it_is_still_open():
    sent = datetime(2026, 11, 1, 9, tzinfo=UTC)
    asked = asked_now(sent, book=BOOK)
    assert kind_of(asked.moment) == "measure.asked_now"
    assert remind_at(sent, closes_at=asked.closes_at, book=BOOK) is not None
    assert remind_at(sent, closes_at=sent + timedelta(minutes=5), book=BOOK) is None
