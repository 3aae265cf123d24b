from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from kairos.interop.calendar.ics import Appointment, to_ics

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
CLINICAL = (
    "ketamine",
    "infusion",
    "dose",
    "depress",
    "anxi",
    "psych",
    "mental",
    "session",
    "treatment",
    "clinic",
)


def an_appointment(starts_at: datetime, *, number: int = 1, **more) -> Appointment:
    return Appointment(UUID(int=number), starts_at, starts_at + timedelta(hours=2), **more)


def read(data: bytes):
    return Calendar.from_ical(data).walk("VEVENT")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (datetime(2026, 10, 30, 10, tzinfo=NEW_YORK), datetime(2026, 11, 3, 10, tzinfo=NEW_YORK)),
        (datetime(2027, 3, 12, 10, tzinfo=NEW_YORK), datetime(2027, 3, 16, 10, tzinfo=NEW_YORK)),
    ],
)
def test_ten_o_clock_stays_ten_o_clock_over_a_clock_change(before, after):
    appointments = [an_appointment(before.astimezone(UTC)), an_appointment(after.astimezone(UTC), number=2)]
    data = to_ics(appointments, zone=NEW_YORK, now=NOW)
    first, second = read(data)
    assert (first["dtstart"].dt.hour, second["dtstart"].dt.hour) == (10, 10)
    assert first["dtstart"].dt == before
    assert second["dtstart"].dt == after
    assert first["dtstart"].dt.utcoffset() != second["dtstart"].dt.utcoffset()
    assert b"BEGIN:VTIMEZONE" in data
    assert b"TZID=America/New_York" in data


def test_no_word_says_what_it_is_for():
    data = to_ics([an_appointment(NOW)], zone=NEW_YORK, now=NOW).decode().lower()
    assert not [word for word in CLINICAL if word in data]


def test_the_same_appointment_keeps_its_uid_when_it_moves():
    plan = an_appointment(NOW)
    moved = an_appointment(NOW + timedelta(days=1), revision=1)
    first, second = (read(to_ics([a], zone=NEW_YORK, now=NOW))[0] for a in (plan, moved))
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)


def test_a_cancelled_appointment_says_so_and_a_place_is_shown_where_wanted():
    event = read(
        to_ics([an_appointment(NOW, is_cancelled=True)], zone=NEW_YORK, now=NOW, place="3 Mill Lane")
    )[0]
    assert (event["status"], str(event["location"])) == ("CANCELLED", "3 Mill Lane")


def test_the_same_values_make_the_same_file():
    appointments = [an_appointment(NOW), an_appointment(NOW + timedelta(days=3), number=2)]
    assert to_ics(appointments, zone=NEW_YORK, now=NOW) == to_ics(appointments[::-1], zone=NEW_YORK, now=NOW)


def test_an_empty_course_is_an_empty_calendar():
    assert read(to_ics([], zone=NEW_YORK, now=NOW)) == []


@pytest.mark.parametrize(
    ("appointment", "fault"),
    [
        (Appointment(UUID(int=1), NOW, NOW), "ends after it starts"),
        (Appointment(UUID(int=1), NOW.replace(tzinfo=None), NOW), "starts_at has no time zone"),
    ],
)
def test_instants_that_make_no_sense_are_refused(appointment, fault):
    with pytest.raises(ValueError, match=fault):
        to_ics([appointment], zone=NEW_YORK, now=NOW)
