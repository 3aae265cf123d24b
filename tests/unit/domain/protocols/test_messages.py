"""When the team reads and by when it answers; whose task a message is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.content.release import load_release
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.messages import LONGEST, MessageKind, message_words, owner_of
from kairos.domain.protocols.reading_hours import ReadingHours, reading_hours
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Role

ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns")
START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def hours(zone="America/New_York", days=1, first=1, last=5):
    return ReadingHours(time(9), time(17), first, last, days, ZoneInfo(zone))


def at(text, zone="America/New_York"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("written", "read", "answered"),
    [
        ("2026-11-24T10:00", "2026-11-24T10:00", "2026-11-25T17:00"),  # within the hours of a Tuesday
        ("2026-11-24T08:59", "2026-11-24T09:00", "2026-11-25T17:00"),  # before they begin
        ("2026-11-24T17:00", "2026-11-25T09:00", "2026-11-26T17:00"),  # just when they end
        ("2026-11-27T16:59", "2026-11-27T16:59", "2026-11-30T17:00"),  # Friday: answered on Monday
        ("2026-11-27T18:00", "2026-11-30T09:00", "2026-12-01T17:00"),  # Friday evening
        ("2026-11-29T12:00", "2026-11-30T09:00", "2026-12-01T17:00"),  # Sunday
        ("2026-03-07T12:00", "2026-03-09T09:00", "2026-03-10T17:00"),  # over the night in which clocks go on
    ],
)
def test_when_a_message_is_read_and_answered(written, read, answered):
    assert hours().read_at(at(written)) == at(read)
    assert hours().answer_due(at(written)) == at(answered)


def test_an_answer_on_the_same_day_and_hours_on_every_day():
    assert hours(days=0).answer_due(at("2026-11-24T10:00")) == at("2026-11-24T17:00")
    assert hours(last=7).read_at(at("2026-11-29T12:00")) == at("2026-11-29T12:00")
    assert hours().closes_after(at("2026-11-28T12:00")) == at("2026-11-30T17:00")


@settings(max_examples=150)
@given(MOMENTS, st.sampled_from(ZONES), st.integers(0, 3))
def test_what_is_declared_holds_over_the_week_and_the_clocks_changes(written, zone, days):
    kept = hours(zone, days)
    read, due = kept.read_at(written), kept.answer_due(written)
    local = due.astimezone(kept.zone)
    assert written <= read < due
    assert kept.is_open(read)
    assert (local.time(), local.isoweekday() <= 5) == (time(17), True)
    assert not kept.is_open(due)
    assert read - written < timedelta(days=3)


@settings(max_examples=100)
@given(MOMENTS, st.integers(0, 10_000), st.sampled_from(ZONES))
def test_who_writes_later_is_not_answered_earlier(written, minutes, zone):
    later = written + timedelta(minutes=minutes)
    assert hours(zone).answer_due(written) <= hours(zone).answer_due(later)


def test_the_content_says_the_hours():
    limits = LimitsInForce(load_release().parameters, date(2026, 11, 24))
    kept = reading_hours(limits, ZoneInfo("UTC"))
    assert kept.opens < kept.closes
    assert kept.first_weekday <= kept.last_weekday


@pytest.mark.parametrize("kind", list(MessageKind))
def test_what_is_urgent_is_a_clinicians_whatever_it_is_about(kind):
    assert owner_of(kind, is_urgent=True) is Role.CLINICIAN
    assert owner_of(kind, is_urgent=False) is kind.owner


def test_appointments_are_the_front_desks_and_what_is_hard_to_say_a_clinicians():
    assert MessageKind.APPOINTMENT.owner is Role.COORDINATOR
    assert MessageKind.HARD_TO_SAY.owner is Role.CLINICIAN
    assert MessageKind.QUESTION.owner is Role.NURSE


def test_nothing_and_too_much_are_refused():
    assert message_words("  hello ") == "hello"
    with pytest.raises(InvalidInput, match="write your message"):
        message_words("  ")
    with pytest.raises(InvalidInput, match="at most 4000"):
        message_words("a" * (LONGEST + 1))
